import type { Config } from '@vestibule/config';
import { codecFlags, codecStep, transcodes } from './codecs.ts';
import { recallMedia } from './media-sets.ts';
import { referStep } from './outward.ts';
import { type EdgeSettings, groups } from './settings.ts';
import { mediaFlags } from './srtp.ts';

/** A re-INVITE of the carrier's may offer them again; LiveKit SIP's offer is what it speaks. */
const inDialogCodecs = (config: Config) =>
  transcodes(config)
    ? `${codecStep(config, '    ')}    if (!isflagset(FROM_CARRIER)) $var(codecs) = "";\n`
    : '';

/** Requests inside a call. */
export function dialogSection({ config }: EdgeSettings): string {
  return String.raw`####### 5. Inside a call

# Only between the carrier and LiveKit SIP, each way, whatever the Route headers say: a forged request from a known
# source goes nowhere else. It needs no memory of the call, so a BYE is still relayed after Kamailio was restarted.
route[IN_DIALOG] {
    if (!has_totag()) return;

    if (!loose_route()) {
        if (is_method("ACK")) {
            if (t_check_trans()) t_relay();     # to a final answer of our own
            exit;
        }
        $var(code) = 481; $var(reason) = "Call/Transaction Does Not Exist";
        route(REFUSE);
    }
    if (isflagset(FROM_CARRIER)) $var(towards) = allow_address("${groups.livekitSip}", "$nh(d)", "$nh(p)");
    else $var(towards) = allow_address("${groups.carriers}", "$nh(d)", "$nh(p)");
    # Its keys must not leave by UDP either: the Contact says what the next hop speaks.
    if ($var(towards) < 0
            || (isflagset(FROM_LIVEKIT) && $sht(transport=>$avp(carrier)) == "tls" && $nh(P) != "tls")) {
        $var(code) = 403; $var(reason) = "Forbidden";
        route(REFUSE);
    }
    route(KEEP_SRTP);

${referStep(config)}${recallMedia(config)}    if (isflagset(FROM_CARRIER)) $var(side) = "direction=pub direction=priv RTP/AVP";
    else if (isflagset(ENCRYPTED)) $var(side) = "direction=priv direction=pub RTP/SAVP";
    else $var(side) = "direction=priv direction=pub RTP/AVP";
${inDialogCodecs(config)}    if (is_method("BYE")) {
        rtpengine_delete();
    } else if (has_body("application/sdp")
            && !rtpengine_manage("$var(side) ${mediaFlags} SUITE_FLAGS${codecFlags(config)}")) {
        $var(code) = 500; $var(reason) = "No Media";
        route(REFUSE);
    }
    t_on_reply("MEDIA");
    if (!t_relay()) sl_reply_error();
    exit;
}
`;
}
