import { admissionSection } from './admission.ts';
import { coreSection } from './core.ts';
import { dialogSection } from './dialog.ts';
import { modulesSection } from './modules.ts';
import { newCallSection } from './new-call.ts';
import { isOutbound, outwardSection } from './outward.ts';
import { relaySection } from './relay.ts';
import type { EdgeSettings } from './settings.ts';
import { tablesSection } from './tables.ts';
import { srtpDefinitions } from './srtp.ts';
import { encryptionRoute } from './tls.ts';

/** The routing script for Kamailio 5.6, in the order of a request's life. */
export function kamailioScript(settings: EdgeSettings): string {
  const { edge } = settings.config;
  return [
    `#!KAMAILIO
#
# Edge of zone ${edge.zone}, for Kamailio 5.6. Rendered from vestibule.yaml: change it there, not here.
#
#   1 Core   2 Modules   3 Tables   4 A request arrives   5 Inside a call   6 A new call   7 Inward   8 Answers${isOutbound(settings.config) ? '   9 Outward' : ''}
#
# Beside it: address.list (who is who), dispatcher.list (LiveKit SIP services), ${edge.public.tls === undefined ? '' : 'tls.cfg (certificates), '}rtpengine.conf.

${srtpDefinitions}
`,
    coreSection(settings),
    modulesSection(settings),
    tablesSection(settings),
    admissionSection(settings) + encryptionRoute(settings.config),
    dialogSection(settings),
    newCallSection(settings),
    relaySection(settings),
    outwardSection(settings),
  ]
    .filter((section) => section !== '')
    .join('\n');
}
