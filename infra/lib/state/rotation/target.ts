import { z } from 'zod';

/** Where a password is set: the token of a replication group, or the password of a user. */
export interface Target {
  kind: 'elasticache-group' | 'elasticache-user' | 'memorydb-user';
  /** Id of the group or user. */
  id: string;
}

export const secretSchema = z.object({
  kind: z.enum(['elasticache-group', 'elasticache-user', 'memorydb-user']),
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  password: z.string().min(16).max(128),
});

/** What a secret of a store's password holds. */
export type StoreSecret = z.infer<typeof secretSchema>;
