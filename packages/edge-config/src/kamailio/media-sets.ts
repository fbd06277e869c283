import type { Config } from '@vestibule/config';
import { codecStep } from './codecs.ts';
import { count } from './metrics.ts';
import { mediaSets } from './settings.ts';

/** What further zones add to the script: which zone's RTPEngine has a call's media. Nothing at all when there is one zone. */

const others = (config: Config) => mediaSets(config).slice(1);

const comment = `    # SRTP ends here. Nothing is learned from packets: RTPEngine takes RTP only from where the SDP says. Not by
    # rtpengine_offer: only rtpengine_manage marks the transaction, so that manage on the reply is an answer.
`;

/** The offer: `flags` as rtpengine_manage takes them. */
export function mediaRoute(config: Config, flags: string): string {
  const refusal = String.raw`$var(code) = 503; $var(reason) = "No Media";
        route(REFUSE);`;
  const codecs = codecStep(config, '    ');
  if (others(config).length === 0)
    return String.raw`route[MEDIA] {
${codecs}${comment}    if (!rtpengine_manage("${flags}")) {
        ${refusal}
    }
}
`;
  return String.raw`route[MEDIA] {
${codecs}${comment}    # The own zone's RTPEngine is 1. When it does not answer, another zone's takes the media.
    $avp(media) = 1;
    while ($avp(media) <= ${mediaSets(config).length}) {
        route(MEDIA_SET);
        if (rtpengine_manage("${flags}")) {
            if ($avp(media) > 1) {
                add_rr_param(";media=$avp(media)");
                ${count('media-elsewhere')}
                xlog("L_WARN", "{\"event\":\"media-elsewhere\",\"decision\":\"$avp(decision)\",\"set\":$avp(media)}\n");
            }
            return;
        }
        $avp(media) = $avp(media) + 1;
    }
    $var(code) = 503; $var(reason) = "No Media";
    route(REFUSE);
}

# Before each word to RTPEngine.
route[MEDIA_SET] {
    set_rtpengine_set("$avp(media)");
}
`;
}

/** The line before a word to RTPEngine. */
export const chooseMedia = (config: Config, indent: string): string =>
  others(config).length === 0 ? '' : `${indent}route(MEDIA_SET);\n`;

/** Inside a call its Record-Route tells where the media is: that holds over a restart of Kamailio. */
export const recallMedia = (config: Config): string =>
  others(config).length === 0
    ? ''
    : [
        '',
        '    $avp(media) = 1;',
        ...others(config).map(
          ({ set }) => `    if (check_route_param("media=${set}$")) $avp(media) = ${set};`,
        ),
        '    route(MEDIA_SET);',
        '',
      ].join('\n');
