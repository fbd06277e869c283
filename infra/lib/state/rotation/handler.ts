import { systemClock } from '@vestibule/core';
import { awsCalls } from './aws-call.ts';
import { rotate, type RotationEvent } from './rotate.ts';

/** The Lambda that Secrets Manager calls. Its credentials are those that Lambda puts into the environment. */
export const handler = async (event: RotationEvent): Promise<void> => {
  const {
    AWS_REGION = '',
    AWS_ACCESS_KEY_ID = '',
    AWS_SECRET_ACCESS_KEY = '',
    AWS_SESSION_TOKEN,
  } = process.env;
  const credentials = {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  };
  await rotate(awsCalls(AWS_REGION, credentials), systemClock, event);
};
