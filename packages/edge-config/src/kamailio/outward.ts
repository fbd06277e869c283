import type { Config, Rate } from '@vestibule/config';
import { callBackRoutes, kindOfGrant } from './call-back.ts';
import { count } from './metrics.ts';
import type { EdgeSettings } from './settings.ts';
import { markEncrypted, mediaFlags } from './srtp.ts';

/** Calls of LiveKit SIP to staff and call-backs, and REFER. Without `outbound` in the config all are refused. */

const used = 'used';

/** Grants are good for at most a minute; each is remembered for longer. */
const longestGrant = 60;

export const isOutbound = (config: Config) => config.outbound !== undefined;

/** Counters, in the manner of tables.ts. */
export function outwardCounters({ outbound, callBacks }: Config): string {
  if (outbound === undefined) return '';
  const counter = (name: string, { seconds }: Readonly<Rate>) =>
    `modparam("htable", "htable", "${name}=>size=8;autoexpire=${seconds};updateexpire=0;initval=0;")\n`;
  return [
    '# Outbound calls, and grants that were used.\n',
    counter('outbound', outbound.rate),
    counter('destination', outbound.perDestination),
    ...(callBacks === undefined
      ? []
      : [counter('callbacks', callBacks.rate), counter('calledback', callBacks.perDestination)]),
    `modparam("htable", "htable", "${used}=>size=8;autoexpire=${longestGrant * 2};initval=0;")\n`,
  ].join('');
}

/** The step of route[OUT_OF_DIALOG] for an INVITE of LiveKit SIP. */
export const outwardStep = (config: Config): string =>
  isOutbound(config)
    ? `    if (isflagset(FROM_LIVEKIT)) route(OUTWARD);
`
    : String.raw`    if (isflagset(FROM_LIVEKIT)) {
        $var(code) = 403; $var(reason) = "Outbound Calls Are Not Configured";
        route(REFUSE);
    }
`;

/** The step of route[IN_DIALOG] for a REFER of LiveKit SIP: 603, on which staff are dialled into the caller's room. */
export const referStep = ({ outbound }: Config): string =>
  outbound?.refer === 'pass'
    ? String.raw`
    if (is_method("REFER")) {
        $var(destination) = $(rt{nameaddr.uri}{uri.user});
        $var(shown) = "refer";
        route(GRANT);
        route(OUTWARD_RATES);
        remove_hf_re("^X-");
    }
`
    : String.raw`
    if (is_method("REFER")) {
        $var(code) = 603; $var(reason) = "Decline";
        route(REFUSE);
    }
`;

const admitTransfer = String.raw`    route(OUTWARD_RATES);
    dlg_manage();
    set_dlg_profile("outbound");
    $var(told) = $rU;
`;

/** A caller's number is told to nobody. */
const admitBoth = String.raw`    if ($var(kind) != "") {
        route(CALL_BACK_RATES);
        dlg_manage();
        set_dlg_profile("callbacks");
        $var(told) = "call-back";
    } else {
        route(OUTWARD_RATES);
        dlg_manage();
        set_dlg_profile("outbound");
        $var(told) = $rU;
    }
`;

/** Section 9. */
export function outwardSection({ config }: EdgeSettings): string {
  const { outbound, carriers, edge, callBacks } = config;
  if (outbound === undefined) return '';
  const carrier = carriers.find(({ name }) => name === outbound.carrier);
  const tls = carrier?.transport === 'tls' ? edge.public.tls : undefined;
  const { address, sip } = edge.public;
  const socket = tls === undefined ? `udp:${address}:${sip}` : `tls:${address}:${tls.port}`;
  const encrypted = carrier?.srtp === 'require';
  return String.raw`####### 9. Outward

# To a number of staff, for a transfer${callBacks ? ', or to a caller, in answer to a call of theirs' : ''}. Whoever gets hold of LiveKit SIP, or of its network, must not be
# able to call the world at our expense: only listed numbers${callBacks ? ' or prefixes' : ''}, only our own caller ids, only with a grant that the agent has signed.
route[OUTWARD] {
    $var(destination) = $rU;
    $var(shown) = $fU;
    if ($sht(callerids=>$fU) == $null) {
        $var(code) = 403; $var(reason) = "Not Our Number";
        route(REFUSE);
    }
    route(GRANT);
${callBacks ? admitBoth : admitTransfer}${encrypted ? markEncrypted : ''}    route(TRYING);

    # Nothing of ours, and no identity but the caller id.
    remove_hf_re("^(X-|P-|Remote-Party-ID|Diversion|History-Info|Privacy)");
    remove_hf("User-Agent");
    if (!rtpengine_manage("direction=priv direction=pub ${encrypted ? 'RTP/SAVP' : 'RTP/AVP'} ${mediaFlags} SUITE_FLAGS")) {
        $var(code) = 503; $var(reason) = "No Media";
        route(REFUSE);
    }
    ${count('outward')}
    xlog("L_NOTICE", "{\"event\":\"outward\",\"decision\":\"$avp(decision)\",\"carrier\":\"${outbound.carrier}\",\"number\":\"$var(told)\"}\n");
    $avp(gateway) = 1;
    record_route();
    route(GATEWAY);
    exit;
}

# A grant: decision.expiry.nonce.signature, over${callBacks ? ' its kind,' : ''} destination, caller id and the first three.
route[GRANT] {
    $var(kind) = "";
    $var(grant) = $hdr(X-Vestibule-Transfer);
    $var(grants) = $hdrc(X-Vestibule-Transfer);
${kindOfGrant(callBacks)}    $var(decision) = $(var(grant){s.select,0,.});
    $var(expiry) = $(var(grant){s.select,1,.});
    $var(nonce) = $(var(grant){s.select,2,.});
    $var(signed) = $var(kind) + $var(destination) + "|" + $var(shown) + "|" + $var(decision) + "|" + $var(expiry) + "|" + $var(nonce);
    $var(signed) = $env(VESTIBULE_TRANSFER_KEY) + $var(signed);
    $var(signed) = $env(VESTIBULE_TRANSFER_KEY) + $(var(signed){s.sha256});
    if ($var(grants) != 1
            || $(env(VESTIBULE_TRANSFER_KEY){s.len}) != 64
            || $(var(signed){s.sha256}) != $(var(grant){s.select,3,.})
            || $(var(expiry){s.int}) <= $Ts || $(var(expiry){s.int}) > $Ts + ${longestGrant}) {
        ${count('not-granted')}
        xlog("L_WARN", "{\"event\":\"not-granted\",\"source\":\"$si\"}\n");
        $var(code) = 403; $var(reason) = "Not Granted";
        route(REFUSE);
    }
${callBacks ? '    if ($var(kind) != "") route(CALL_BACK_PREFIX);\n    else ' : '    '}if ($sht(destinations=>$var(destination)) == $null) {
        $var(code) = 403; $var(reason) = "Destination Not Listed";
        route(REFUSE);
    }
    if ($shtinc(${used}=>$var(nonce)) > 1) {
        $var(code) = 403; $var(reason) = "Granted Once";
        route(REFUSE);
    }
    $avp(decision) = $var(decision);
}

# A grant could be asked for a thousand times by an agent that was talked into it.
route[OUTWARD_RATES] {
    get_profile_size("outbound", "$var(calls)");
    if ($shtinc(outbound=>all) > $sht(rates=>outbound)
            || $shtinc(destination=>$var(destination)) > $sht(rates=>destination)
            || $var(calls) >= $sht(rates=>outbound-concurrent)) {
        $var(code) = 503; $var(reason) = "Too Many Outbound Calls";
        route(REFUSE);
    }
}

${callBackRoutes(callBacks)}route[GATEWAY] {
    $rd = "${outbound.domain}";
    $rp = $null;
    $du = $sht(gateways=>$avp(gateway));
    $fs = "${socket}";
    t_on_reply("MEDIA");
    t_on_failure("GATEWAY_FAILED");
    t_set_fr(120000, 2000);     # a person may let it ring
    if (!t_relay()) route(UNAVAILABLE);
}

failure_route[GATEWAY_FAILED] {
    if (!t_is_canceled() && t_check_status("408|5[0-9][0-9]") && !t_branch_replied()) {
        $avp(gateway) = $avp(gateway) + 1;
        if ($sht(gateways=>$avp(gateway)) != $null) {
            route(GATEWAY);
            exit;
        }
    }
    rtpengine_delete();
}
`;
}
