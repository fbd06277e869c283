/** SRTP towards carriers, keyed by SDES (RFC 4568). Inward it is always plain RTP. */

/** The one suite that Twilio speaks, and every deployment offers and takes. */
const suite = 'AES_CM_128_HMAC_SHA1_80';

/** What RTPEngine 10.5 would offer and take besides; it cannot be told "only this one". */
const otherSuites = [
  'AEAD_AES_256_GCM',
  'AEAD_AES_128_GCM',
  'AES_256_CM_HMAC_SHA1_80',
  'AES_256_CM_HMAC_SHA1_32',
  'AES_192_CM_HMAC_SHA1_80',
  'AES_192_CM_HMAC_SHA1_32',
  'AES_CM_128_HMAC_SHA1_32',
  'F8_128_HMAC_SHA1_80',
  'F8_128_HMAC_SHA1_32',
  'NULL_HMAC_SHA1_80',
  'NULL_HMAC_SHA1_32',
];

/** Flags of every offer and answer: addresses rewritten, nothing learned from packets, no keys but SDES's. */
export const mediaFlags = 'replace-origin replace-session-connection ICE=remove DTLS=off strict-source';

/** Flags that leave one suite. */
export const suiteFlags = otherSuites.map((other) => `SDES-no-${other}`).join(' ');

/** Mark on the Record-Route of an encrypted call: it comes back in each request, also after a restart of Kamailio. */
const mark = 'srtp=sdes';

/** Names for long sets of flags. */
export const srtpDefinitions = `#!substdef "!SUITE_FLAGS!${suiteFlags}!g"`;

/** The flag of an encrypted call's requests, and what it is in `$mf`. */
const encryptedFlag = 3;
export const encryptedBit = 1 << encryptedFlag;

/** At the start of an encrypted call: before its transaction, which keeps the flags of that moment for its answers. */
export const markEncrypted = `    setflag(ENCRYPTED);
    add_rr_param(";${mark}");
`;

/** True in the script when an SDP is not RTP/SAVP with our suite in every stream. */
export const notSrtp = `(sdp_with_transport_like("RTP/AVP") || !sdp_with_transport("RTP/SAVP")
            || !search_body("^a=crypto:[0-9]+ ${suite} inline:"))`;

/**
 * What an SDP of the carrier's may be: every stream RTP/SAVP with our suite, or none of them SRTP. What the call began
 * with it keeps: a re-INVITE must not take the encryption away.
 */
export const srtpRoutes = String.raw`
#!define ENCRYPTED ${encryptedFlag}

# Every stream RTP/SAVP with our suite, or none of them SRTP.
route[OFFERED_SRTP] {
    if (!has_body("application/sdp")) return;
    if (!sdp_with_transport_like("SAVP")) {
        if ($sht(srtp=>$avp(carrier)) != "require") return;
        $var(code) = 488; $var(reason) = "SRTP Required";
        route(REFUSE);
    }
    if ${notSrtp} {
        $var(code) = 488; $var(reason) = "No Crypto Suite In Common";
        route(REFUSE);
    }
    setflag(ENCRYPTED);
    if (!has_totag()) add_rr_param(";${mark}");
}

# After loose_route. From the carrier: as the call began. From LiveKit SIP: plain RTP, which leaves as the call began.
route[KEEP_SRTP] {
    $var(srtp) = 0;
    if (check_route_param("${mark}")) $var(srtp) = 1;
    if (!isflagset(FROM_CARRIER)) {
        if ($var(srtp) == 1) setflag(ENCRYPTED);
        return;
    }
    if (has_body("application/sdp")) {
        if ($var(srtp) == 1 && isflagset(ENCRYPTED)) return;
        if ($var(srtp) == 0 && !isflagset(ENCRYPTED)) return;
        $var(code) = 488; $var(reason) = "Encryption Must Not Change";
        route(REFUSE);
    }
    # LiveKit SIP's offer would come in the answer, too late to be made SRTP.
    if (is_method("INVITE") && $var(srtp) == 1) {
        $var(code) = 488; $var(reason) = "SDP Offer Required";
        route(REFUSE);
    }
}
`;
