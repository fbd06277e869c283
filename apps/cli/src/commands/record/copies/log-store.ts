import { RedisLogStore } from '@vestibule/record';
import { type CopyPlace, LeftBehind } from './copy.ts';

/** What the log store still holds of a sealed call in its time of grace: payloads, and the wrapped key that opens them. */
export function logStoreCopy(url: string, callId: string): CopyPlace {
  const what = `log and wrapped key of ${callId}`;
  return {
    place: 'log-store',
    what,
    purge: async () => {
      const store = await RedisLogStore.connect(url, () => undefined);
      try {
        if ((await store.holder(callId)) !== undefined) throw new LeftBehind('a worker still holds the call');
        if ((await store.read(callId)).length === 0) return undefined;
        await store.expire(callId, 0);
        return { what };
      } finally {
        await store.close();
      }
    },
  };
}
