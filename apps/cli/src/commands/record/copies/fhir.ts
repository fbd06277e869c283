import { fhirCopySearch, fhirCopyTypes } from '@vestibule/record';
import { z } from 'zod';
import { type CopyPlace, LeftBehind } from './copy.ts';
import { ask, read, type Service } from './http.ts';

const searchset = z.object({
  resourceType: z.literal('Bundle'),
  link: z.array(z.object({ relation: z.string(), url: z.string() })).default([]),
  entry: z.array(z.object({ resource: z.object({ resourceType: z.string(), id: z.string() }) })).default([]),
});

/** Servers keep versions of what is deleted: a deletion is no purge, and each has its own way to one. */
const history =
  'a server with history still holds older versions: purge them there ($expunge, $purge, $erase)';

/** The call's resources, those that refer to others first, as servers refuse to delete what is referred to. */
export function fhirCopies(service: Service, callId: string): CopyPlace {
  return {
    place: 'fhir',
    what: `${fhirCopyTypes.join(', ')} tagged ${callId}`,
    purge: async () => {
      const deleted: string[] = [];
      for (const type of fhirCopyTypes) {
        for (const id of await idsOf(service, type, callId)) {
          await ask(service, 'DELETE', `/${type}/${id}`, [404, 410]);
          deleted.push(`${type}/${id}`);
        }
      }
      return deleted.length === 0 ? undefined : { what: deleted.join(', '), detail: history };
    },
  };
}

/** Page by page. @throws LeftBehind when a page lies elsewhere: our token is for this server alone */
async function idsOf(service: Service, type: string, callId: string): Promise<string[]> {
  const ids: string[] = [];
  let path: string | undefined = `/${type}${fhirCopySearch(callId)}`;
  while (path !== undefined) {
    const page: z.infer<typeof searchset> = await read(await ask(service, 'GET', path), searchset);
    ids.push(...page.entry.flatMap(({ resource }) => (resource.resourceType === type ? [resource.id] : [])));
    const next = page.link.find(({ relation }) => relation === 'next')?.url;
    if (next !== undefined && !next.startsWith(service.url))
      throw new LeftBehind('its pages lie on another server');
    path = next?.slice(service.url.length);
  }
  return ids;
}
