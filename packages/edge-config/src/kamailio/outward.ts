import type { Config, Rate } from '@vestibule/config';
import { count } from './metrics.ts';
import type { EdgeSettings } from './settings.ts';
import { markEncrypted, mediaFlags } from './srtp.ts';

/** Calls of LiveKit SIP to staff, and REFER. Without `outbound` in the config both are refused. */

const used = 'used';

/** Grants are good for at most a minute; each is remembered for longer. */
const longestGrant = 60;

export const isOutbound = (config: Config) => config.outbound !== undefined;

/** Counters, in the manner of tables.ts. */
export function outwardCounters({ outbound }: Config): string {
  if (outbound === undefined) return '';
  const counter = (name: string, { seconds }: Readonly<Rate>) =>
    `modparam("htable", "htable", "${name}=>size=8;autoexpire=${seconds};updateexpire=0;initval=0;")\n`;
  return [
    '# Outbound calls, and grants that were used.\n',
    counter('outbound', outbound.rate),
    counter('destination', outbound.perDestination),
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

/** Section 9. */
export function outwardSection({ config }: EdgeSettings): string {
  const { outbound, carriers, edge } = config;
  if (outbound === undefined) return '';
  const carrier = carriers.find(({ name }) => name === outbound.carrier);
  const tls = carrier?.transport === 'tls' ? edge.public.tls : undefined;
  const { address, sip } = edge.public;
  const socket = tls === undefined ? `udp:${address}:${sip}` : `tls:${address}:${tls.port}`;
  const encrypted = carrier?.srtp === 'require';
  return String.raw`####### 9. Outward

# To a number of staff, for a transfer. Whoever gets hold of LiveKit SIP, or of its network, must not be able to call the
# world at our expense: only listed numbers, only our own caller ids, only with a grant that the agent has signed.
route[OUTWARD] {
    $var(destination) = $rU;
    $var(shown) = $fU;
    if ($sht(callerids=>$fU) == $null) {
        $var(code) = 403; $var(reason) = "Not Our Number";
        route(REFUSE);
    }
    route(GRANT);
    route(OUTWARD_RATES);
    dlg_manage();
    set_dlg_profile("outbound");
${encrypted ? markEncrypted : ''}    route(TRYING);

    # Nothing of ours, and no identity but the caller id.
    remove_hf_re("^(X-|P-|Remote-Party-ID|Diversion|History-Info|Privacy)");
    remove_hf("User-Agent");
    if (!rtpengine_manage("direction=priv direction=pub ${encrypted ? 'RTP/SAVP' : 'RTP/AVP'} ${mediaFlags} SUITE_FLAGS")) {
        $var(code) = 503; $var(reason) = "No Media";
        route(REFUSE);
    }
    ${count('outward')}
    xlog("L_NOTICE", "{\"event\":\"outward\",\"decision\":\"$avp(decision)\",\"carrier\":\"${outbound.carrier}\",\"number\":\"$rU\"}\n");
    $avp(gateway) = 1;
    record_route();
    route(GATEWAY);
    exit;
}

# A grant: decision.expiry.nonce.signature, over destination, caller id and the first three.
route[GRANT] {
    $var(grant) = $hdr(X-Vestibule-Transfer);
    $var(decision) = $(var(grant){s.select,0,.});
    $var(expiry) = $(var(grant){s.select,1,.});
    $var(nonce) = $(var(grant){s.select,2,.});
    $var(signed) = $var(destination) + "|" + $var(shown) + "|" + $var(decision) + "|" + $var(expiry) + "|" + $var(nonce);
    $var(signed) = $env(VESTIBULE_TRANSFER_KEY) + $var(signed);
    $var(signed) = $env(VESTIBULE_TRANSFER_KEY) + $(var(signed){s.sha256});
    if ($hdrc(X-Vestibule-Transfer) != 1
            || $(env(VESTIBULE_TRANSFER_KEY){s.len}) != 64
            || $(var(signed){s.sha256}) != $(var(grant){s.select,3,.})
            || $(var(expiry){s.int}) <= $Ts || $(var(expiry){s.int}) > $Ts + ${longestGrant}) {
        ${count('not-granted')}
        xlog("L_WARN", "{\"event\":\"not-granted\",\"source\":\"$si\"}\n");
        $var(code) = 403; $var(reason) = "Not Granted";
        route(REFUSE);
    }
    if ($sht(destinations=>$var(destination)) == $null) {
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

route[GATEWAY] {
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
