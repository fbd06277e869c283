import { z } from 'zod';
import type { CopyPlace } from './copy.ts';
import { ask, read, type Service } from './http.ts';

const cases = z.object({ cases: z.array(z.object({ caseId: z.string() })) });
const callBacks = z.object({ callBacks: z.array(z.object({ callBackId: z.string() })) });

/** The cases and call-backs that came from the call: enrichment's, and those that were opened while it lasted. */
export function backendCopies(service: Service, callId: string): CopyPlace {
  const query = `?callId=${encodeURIComponent(callId)}`;
  return {
    place: 'backend',
    what: `cases and call-backs of ${callId}`,
    purge: async () => {
      const opened = await read(await ask(service, 'GET', `/cases${query}`), cases);
      const booked = await read(await ask(service, 'GET', `/call-backs${query}`), callBacks);
      const paths = [
        ...opened.cases.map(({ caseId }) => `/cases/${encodeURIComponent(caseId)}`),
        ...booked.callBacks.map(({ callBackId }) => `/call-backs/${encodeURIComponent(callBackId)}`),
      ];
      for (const path of paths) await ask(service, 'DELETE', path, [404]);
      return paths.length === 0 ? undefined : { what: paths.join(', ') };
    },
  };
}
