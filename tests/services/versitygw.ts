import { type S3Server, startS3 as start } from '@vestibule/record/testing';

export type S3Service = S3Server;

/** A real S3 server on a free port with one bucket under Object Lock; `webhook` gets its events. */
export const startS3 = (webhook: string): Promise<S3Service> => start({ lock: true, webhook });
