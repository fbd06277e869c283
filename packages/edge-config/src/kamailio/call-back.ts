import type { Config } from '@vestibule/config';

/** Call-backs: to numbers that begin as the config says, with a grant that is one for a call-back, under limits of their own. */

type CallBacks = NonNullable<Config['callBacks']>;

/** Which grant it is that an outbound call comes with; for `route(GRANT)`. */
export const kindOfGrant = (callBacks: CallBacks | undefined) =>
  callBacks === undefined
    ? ''
    : String.raw`    if ($hdrc(X-Vestibule-Call-Back) > 0) {
        $var(kind) = "call-back|";
        $var(grant) = $hdr(X-Vestibule-Call-Back);
        $var(grants) = $var(grants) + $hdrc(X-Vestibule-Call-Back);
    }
`;

/** The longest prefix in the table decides; one that is never called is a longer one, or the config is refused. */
export const callBackRoutes = (callBacks: CallBacks | undefined) =>
  callBacks === undefined
    ? ''
    : String.raw`route[CALL_BACK_PREFIX] {
    $var(length) = $(var(destination){s.len});
    $var(may) = "no";
    if ($var(length) > 16 || !($var(destination) =~ "^[+][1-9][0-9]{6,14}$")) $var(length) = 0;
    while ($var(length) > 1) {
        $var(begin) = $(var(destination){s.substr,0,$var(length)});
        if ($sht(prefixes=>$var(begin)) != $null) {
            $var(may) = $sht(prefixes=>$var(begin));
            $var(length) = 0;
        }
        $var(length) = $var(length) - 1;
    }
    if ($var(may) != "yes") {
        $var(code) = 403; $var(reason) = "Not To Be Called Back";
        route(REFUSE);
    }
}

route[CALL_BACK_RATES] {
    get_profile_size("callbacks", "$var(calls)");
    if ($shtinc(callbacks=>all) > $sht(rates=>callbacks)
            || $shtinc(calledback=>$var(destination)) > $sht(rates=>calledback)
            || $var(calls) >= $sht(rates=>callbacks-concurrent)) {
        $var(code) = 503; $var(reason) = "Too Many Call-Backs";
        route(REFUSE);
    }
}

`;
