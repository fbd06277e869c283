import { copyNames } from '@vestibule/record';
import type { CopyPlace } from './copy.ts';
import { ask, type Service } from './http.ts';

/** The call's document in OpenSearch. Snapshots of the cluster keep it until they are deleted themselves. */
export function searchCopy(service: Service, callId: string): CopyPlace {
  const what = `index ${copyNames.searchAlias}, document ${callId}`;
  return {
    place: 'search',
    what,
    purge: async () => {
      const path = `/${copyNames.searchAlias}/_doc/${encodeURIComponent(callId)}?refresh=true`;
      const { status } = await ask(service, 'DELETE', path, [404]);
      return status === 404 ? undefined : { what, detail: 'snapshots, if any are made, still hold it' };
    },
  };
}
