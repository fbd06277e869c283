import { hostname } from 'node:os';
import { CodedError } from './coded-error.ts';
import { type Fault, formatFaults } from './faults.ts';

/** What a zod schema has, as far as it is needed here. */
interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
}

/** Variables as a schema has them, frozen. @throws CodedError `invalid-environment`, all faults in one and no value. */
export function parseEnvironment<T extends object>(schema: Schema<T>, env: NodeJS.ProcessEnv): Readonly<T> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return Object.freeze(parsed.data);
  const faults = parsed.error.issues.map(({ path, message }): Fault => ({ path: path.join('.'), message }));
  throw new CodedError('invalid-environment', formatFaults('environment', faults));
}

/** A name that no other process of a deployment has: kind, host, process. Containers' processes have alike numbers. */
export const processName = (kind: string): string =>
  `${kind}-${hostname().replace(/[^\w-]/g, '-')}-${process.pid}`;
