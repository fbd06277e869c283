import { count } from './metrics.ts';
import { type EdgeSettings, groups } from './settings.ts';
import { encryptionStep } from './tls.ts';

/** From the packet to a request that is well-formed and comes from somebody known. */
export function admissionSection({ config }: EdgeSettings): string {
  const { public: outer, private: inner } = config.edge;
  return String.raw`####### 4. A request arrives

#!define FROM_CARRIER 1
#!define FROM_LIVEKIT 2

request_route {
    route(SOURCE);          # strangers end here, in silence
    route(STRIP);
    route(WELL_FORMED);
    route(METHODS);
${encryptionStep(config)}    route(TRANSACTION);     # CANCEL, retransmissions
    route(IN_DIALOG);
    route(OUT_OF_DIALOG);   # only a carrier's INVITE comes out of it
    route(NUMBER);
    route(RATES);
    route(TRYING);
    route(CALLER);
    route(HEADERS);
    route(MEDIA);
    route(DISPATCH);
}

# Whose packet this is: the address list decides, and the interface it came in on must agree with it.
route[SOURCE] {
    if ($Ri == "${outer.address}" && allow_source_address("${groups.carriers}")) {
        setflag(FROM_CARRIER);
        return;
    }
    if ($Ri == "${inner.address}" && allow_source_address("${groups.livekitSip}")) {
        setflag(FROM_LIVEKIT);
        return;
    }
    # Known senders never reach pike: a flood with a forged source must not shut a carrier out.
    if ($sht(ban=>$si) == $null && !pike_check_req()) {
        $sht(ban=>$si) = 1;
        ${count('bans')}
        xlog("L_WARN", "{\"event\":\"ban\",\"source\":\"$si\"}\n");
    }
    route(SILENCE);
}

route[SILENCE] {
    if ($proto != "udp") tcp_close_connection();
    exit;
}

# X-Vestibule-* is ours to write, X-Twilio-* the carrier's. Nobody else's reaches the agent.
route[STRIP] {
    remove_hf_re("^X-Vestibule-");
    if (!isflagset(FROM_CARRIER)) remove_hf_re("^X-Twilio-");
    force_rport();          # answers go to where the packet came from
}

route[WELL_FORMED] {
    if (!mf_process_maxfwd_header("70")) {
        $var(code) = 483; $var(reason) = "Too Many Hops";
        route(REFUSE);
    }
    if (!sanity_check("17895", "7")) exit;      # it has answered 400 itself

    # Before any body is parsed: 5.6 has known memory faults in multipart bodies.
    if ($hdr(Content-Type) =~ "multipart" || $hdrc(Content-Type) > 1) {
        append_to_reply("Accept: application/sdp\r\n");
        $var(code) = 415; $var(reason) = "Unsupported Media Type";
        route(REFUSE);
    }
}

route[METHODS] {
    if (is_method("INVITE|ACK|CANCEL|BYE|OPTIONS|UPDATE|PRACK|INFO|NOTIFY")) return;
    if (is_method("REFER") && isflagset(FROM_LIVEKIT)) return;
    append_to_reply("Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO, NOTIFY\r\n");
    $var(code) = 405; $var(reason) = "Method Not Allowed";
    route(REFUSE);
}

route[TRANSACTION] {
    if (is_method("CANCEL")) {
        if (t_check_trans()) t_relay();
        else sl_send_reply("481", "Call/Transaction Does Not Exist");
        exit;
    }
    if (is_method("ACK")) return;
    if (t_precheck_trans()) {
        t_check_trans();
        exit;
    }
    t_check_trans();
}

# The log tells callers apart without saying who they are: by a keyed hash, when there is a key.
route[CALLER_HASH] {
    $var(caller) = "";
    if ($env(VESTIBULE_LOG_KEY) == $null) return;
    $var(caller) = $env(VESTIBULE_LOG_KEY) + $fU;
    $var(caller) = $env(VESTIBULE_LOG_KEY) + $(var(caller){s.sha256});
    $var(caller) = $(var(caller){s.sha256}{s.substr,0,16});
}

# The one way out for a refusal. ACK is never answered.
route[REFUSE] {
    if (is_method("INVITE") && !has_totag()) {
        ${count('refused/$var(code)/$var(reason)')}
        route(CALLER_HASH);
        xlog("L_NOTICE", "{\"event\":\"refused\",\"code\":$var(code),\"reason\":\"$var(reason)\",\"carrier\":\"$avp(carrier)\",\"caller\":\"$var(caller)\"}\n");
    }
    if (!is_method("ACK")) send_reply("$var(code)", "$var(reason)");
    exit;
}
`;
}
