import type { Rate } from '@vestibule/config';
import { count, setupBegins } from './metrics.ts';
import { outwardStep } from './outward.ts';
import type { EdgeSettings } from './settings.ts';

/**
 * True in the script when one more call is over the rate. Rates per second go through pipelimit; longer windows
 * are counted in a table whose entries expire with the window, which pipelimit (calls per second) cannot say.
 */
function over({ seconds }: Readonly<Rate>, table: string, key: string): string {
  return seconds === 1
    ? `!pl_check("${table}-${key}", "TAILDROP", "$sht(rates=>${table})")`
    : `$shtinc(${table}=>${key}) > $sht(rates=>${table})`;
}

/** A carrier's INVITE: is the number ours, is there room, who calls. */
export function newCallSection({ config }: EdgeSettings): string {
  const { rates } = config;
  return String.raw`####### 6. A new call

# Codes are chosen for what Twilio does with them: 503, 480 and most others send the call on to its next URI (another
# zone); 404, 486 and 6xx end it there.

route[OUT_OF_DIALOG] {
    if (is_method("ACK")) exit;
    if (is_method("OPTIONS")) {
        if ($sht(switches=>drain) == 1) {
            $var(code) = 503; $var(reason) = "Draining";
            route(REFUSE);
        }
        append_to_reply("Accept: application/sdp\r\nAllow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO, NOTIFY\r\n");
        send_reply("200", "OK");
        exit;
    }
    if (!is_method("INVITE")) {
        $var(code) = 481; $var(reason) = "Call/Transaction Does Not Exist";
        route(REFUSE);
    }
${outwardStep(config)}    if ($sht(switches=>drain) == 1) {
        $var(code) = 503; $var(reason) = "Draining";
        route(REFUSE);
    }
    if (!has_body("application/sdp")) {
        append_to_reply("Accept: application/sdp\r\n");
        $var(code) = 488; $var(reason) = "SDP Offer Required";
        route(REFUSE);
    }
    remove_hf("Route");     # a preloaded route must not choose the way
}

route[NUMBER] {
    if ($sht(numbers=>$rU) == $null) {
        $var(code) = 404; $var(reason) = "Not Found";
        route(REFUSE);
    }
}

route[RATES] {
    if (${over(rates.perSource, 'source', '$si')}
            || ${over(rates.perNumber, 'number', '$rU')}) {
        $var(code) = 503; $var(reason) = "Too Many Calls";
        route(REFUSE);
    }
    # One insistent caller must not be sent on to the next zone. Withheld numbers are nobody in particular.
    if ($fU =~ "^\+[0-9]+$" && ${over(rates.perCaller, 'caller', '$fU')}) {
        $var(code) = 486; $var(reason) = "Busy Here";
        route(REFUSE);
    }
    get_profile_size("calls", "$var(calls)");
    if ($var(calls) >= $sht(rates=>concurrent)) {
        $var(code) = 503; $var(reason) = "All Lines Busy";
        route(REFUSE);
    }
    dlg_manage();
    set_dlg_profile("calls");
}

# The carrier hears of us before RTPEngine is asked: that may take a while, and Twilio gives up after 4 s.
route[TRYING] {
${setupBegins}
    if (!t_newtran()) exit;
    t_reply("100", "Trying");
}

# STIR/SHAKEN, as the carrier verified it. A caller counts as verified when the number is on the allow list and the
# call is attested A in full: diverted and passed-through calls are not.
route[CALLER] {
    $avp(attestation) = "none";
    $avp(verified) = "no";
    if ($hdrc(X-Twilio-VerStat) == 1) {
        if ($hdr(X-Twilio-VerStat) =~ "^TN-Validation-Passed-A(-Diverted|-Passthrough)?$") $avp(attestation) = "A";
        else if ($hdr(X-Twilio-VerStat) =~ "^TN-Validation-Passed-B(-Diverted|-Passthrough)?$") $avp(attestation) = "B";
        else if ($hdr(X-Twilio-VerStat) =~ "^TN-Validation-Passed-C(-Diverted|-Passthrough)?$") $avp(attestation) = "C";
        else if ($hdr(X-Twilio-VerStat) =~ "^TN-Validation-Failed") $avp(attestation) = "failed";
        if ($hdr(X-Twilio-VerStat) == "TN-Validation-Passed-A" && $sht(allow=>$fU) != $null) $avp(verified) = "yes";
    }
    if ($sht(numbers=>$rU) == "refuse" && $avp(attestation) != "A") {
        $var(code) = 603; $var(reason) = "Caller Not Attested";
        route(REFUSE);
    }
    if ($sht(deny=>$fU) != $null) {
        $var(code) = 603; $var(reason) = "Decline";
        route(REFUSE);
    }
}

route[HEADERS] {
    $avp(decision) = $uuid(r);
    ${count('admitted/$avp(attestation)/$avp(verified)')}
    append_hf("X-Vestibule-Decision: $avp(decision)\r\n");
    append_hf("X-Vestibule-Edge: ${config.edge.private.address}\r\n");
    append_hf("X-Vestibule-Zone: ${config.edge.zone}\r\n");
    append_hf("X-Vestibule-Carrier: $avp(carrier)\r\n");
    append_hf("X-Vestibule-Attestation: $avp(attestation)\r\n");
    append_hf("X-Vestibule-Verified: $avp(verified)\r\n");
    append_hf("X-Vestibule-Number: $rU\r\n");
    route(CALLER_HASH);
    xlog("L_NOTICE", "{\"event\":\"admitted\",\"decision\":\"$avp(decision)\",\"carrier\":\"$avp(carrier)\",\"number\":\"$rU\",\"attestation\":\"$avp(attestation)\",\"verified\":\"$avp(verified)\",\"caller\":\"$var(caller)\"}\n");
}
`;
}
