import type { Access, CopyErasure } from '@vestibule/record';
import type { SystemEnvironment } from '../../../environment.ts';
import { backendCopies } from './backend.ts';
import type { CopyPlace } from './copy.ts';
import { fhirCopies } from './fhir.ts';
import { logStoreCopy } from './log-store.ts';
import { searchCopy } from './search.ts';

/**
 * Where a call's data may be besides the archive (docs/compliance/copies.md). A place that the environment does not name is left, and said to
 * be; without a FHIR server in the configuration, or on the call's enrichment, there is none to look at.
 */
export function copyPlaces(
  environment: SystemEnvironment,
  { callId, fhir, access }: { callId: string; fhir: string | undefined; access: readonly Access[] },
): (CopyPlace | CopyErasure)[] {
  const { OPENSEARCH_URL, VESTIBULE_BACKEND_URL, VESTIBULE_FHIR_URL = fhir, VESTIBULE_LOG_URL } = environment;
  return [
    given(VESTIBULE_LOG_URL, 'log-store', 'VESTIBULE_LOG_URL', (url) => logStoreCopy(url, callId)),
    given(OPENSEARCH_URL, 'search', 'OPENSEARCH_URL', (url) => searchCopy({ url }, callId)),
    given(VESTIBULE_BACKEND_URL, 'backend', 'VESTIBULE_BACKEND_URL', (url) =>
      backendCopies({ url, token: environment.VESTIBULE_BACKEND_TOKEN }, callId),
    ),
    ...(VESTIBULE_FHIR_URL === undefined
      ? []
      : [fhirCopies({ url: bare(VESTIBULE_FHIR_URL), token: environment.VESTIBULE_FHIR_TOKEN }, callId)]),
    ...exportsOf(callId, access),
  ];
}

const bare = (url: string) => url.replace(/\/+$/, '');

function given(
  url: string | undefined,
  place: string,
  variable: string,
  make: (url: string) => CopyPlace,
): CopyPlace | CopyErasure {
  if (url !== undefined) return make(bare(url));
  return { place, what: 'whatever it holds of the call', state: 'left', detail: `${variable} is not set` };
}

/** What was exported with the caller's data: who did it must see to it. */
function exportsOf(callId: string, access: readonly Access[]): CopyErasure[] {
  return access
    .filter((one) => one.action === 'export' && one.callId === callId && one.granted)
    .filter(({ detail }) => detail !== 'redacted')
    .map(({ who, at }) => ({
      place: 'export',
      what: `folder exported by ${who} at ${at}`,
      state: 'elsewhere',
    }));
}
