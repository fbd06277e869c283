import { chooseMedia, mediaRoute } from './media-sets.ts';
import { codecFlags } from './codecs.ts';
import { isOversized } from './grammar.ts';
import { count, setupEnds, setupRoute } from './metrics.ts';
import { type EdgeSettings, groups, livekitSet } from './settings.ts';
import { encryptedBit, mediaFlags, notSrtp } from './srtp.ts';

/** From the carrier to the app tier. */
const offerFlags = `direction=pub direction=priv RTP/AVP ${mediaFlags} SUITE_FLAGS`;

/** Media, the LiveKit SIP services, and what comes back from them. */
export function relaySection({ config, timers }: EdgeSettings): string {
  const { private: inner } = config.edge;
  const choose = (indent: string) => chooseMedia(config, indent);
  const fr = `t_set_fr(${timers.silence}, ${timers.noAnswer});`;
  return String.raw`####### 7. Inward

${mediaRoute(config, `${offerFlags}${codecFlags(config)}`)}
route[DISPATCH] {
    # 8: in the order of the list, dead ones left out.
    if (!ds_select_dst("${livekitSet}", "8")) route(UNAVAILABLE);
    record_route();
    t_on_reply("MEDIA");
    t_on_failure("LIVEKIT_FAILED");
    # Any answer within ${timers.noAnswer} ms, or the next target. Then a 180 at least every ${timers.silence} ms: LiveKit SIP repeats it every
    # second while it rings, and never sends a final answer to an INVITE that it refuses.
    ${fr}
    if (!t_relay()) route(UNAVAILABLE);
    exit;
}

route[UNAVAILABLE] {
${choose('    ')}    rtpengine_delete();
    $var(code) = 503; $var(reason) = "Service Unavailable";
    route(REFUSE);
}

failure_route[LIVEKIT_FAILED] {
${choose('    ')}    if (t_is_canceled()) {
        rtpengine_delete();
        exit;
    }
    # It rang and fell silent. 480 rather than 404: it may have died, then the carrier's next URI still helps.
    if (t_branch_timeout() && t_branch_replied()) {
        rtpengine_delete();
        ${count('silent')}
        xlog("L_WARN", "{\"event\":\"silent\",\"decision\":\"$avp(decision)\",\"target\":\"$du\"}\n");
        t_reply("480", "Temporarily Unavailable");
        exit;
    }
    if (t_check_status("408|5[0-9][0-9]")) {
        ${count('target-failed')}
        xlog("L_WARN", "{\"event\":\"target-failed\",\"decision\":\"$avp(decision)\",\"target\":\"$du\",\"code\":$T_reply_code}\n");
        if (t_branch_timeout()) ds_mark_dst("ip");
        if (ds_next_dst()) {
            t_on_reply("MEDIA");
            t_on_failure("LIVEKIT_FAILED");
            ${fr}
            t_relay();
            exit;
        }
        rtpengine_delete();
        t_reply("503", "Service Unavailable");
        exit;
    }
    rtpengine_delete();     # 400, 486 and the like go to the carrier as they are
}

####### 8. Answers

# Every reply, before tm: only what answers a request of ours, and only from who was asked. Without a transaction it
# would be relayed by its second Via: a stranger's to anywhere, and LiveKit SIP's with its own SDP.
onreply_route {
    if ($Ri == "${inner.address}") $var(known) = allow_source_address("${groups.livekitSip}");
    else $var(known) = allow_source_address("${groups.carriers}");
    if ($var(known) < 0 || !t_check_trans()) drop;
    if ($Ri != "${inner.address}" && $sht(transport=>$avp(carrier)) == "tls" && $proto != "tls") drop;
    # An answer of the carrier's in clear, in an encrypted call: the agent would be heard. Here, because tm's own
    # onreply_route cannot keep back a final answer.
    $var(encrypted) = $T_req($mf) & ${encryptedBit};
    if ($Ri != "${inner.address}" && $var(encrypted) != 0 && has_body("application/sdp")
            && ${notSrtp}) drop;
    # One that would choke RTPEngine, and with it all calls.
    if ($Ri != "${inner.address}" && ${isOversized}) drop;

    remove_hf_re("^X-Vestibule-");
    remove_hf("Server");
    remove_hf("User-Agent");
    return 1;       # or "nothing removed" would count as an error of the route, and the reply be lost
}

onreply_route[MEDIA] {
${setupEnds}
    if (status =~ "(18[0-9])|(2[0-9][0-9])" && has_body("application/sdp")) {
${choose('        ')}        # No direction here: the offer has said it. An answer that could not be rewritten would show the carrier a
        # private address and carry no audio.
        if (!rtpengine_manage("${mediaFlags}")) drop;
    }
}

${setupRoute}`;
}
