/**
 * Counters of the script, in a table of their own: edge/control reads them (`kamcmd htable.dump metrics`) and serves them to Prometheus.
 * So Kamailio itself needs no HTTP.
 */
export const metricsTable = 'metrics';

/** A statement that counts one more of `name`, which may hold pseudo-variables. */
export const count = (name: string): string => `$var(counted) = $shtinc(${metricsTable}=>${name});`;

/** Upper bounds of the histogram of set-up times, ms. */
export const setupBounds = [50, 100, 200, 500, 1000, 2000, 4000] as const;

export const metricsParameter = `# Counters for edge/control, which serves them to Prometheus.
modparam("htable", "htable", "${metricsTable}=>size=8;initval=0;")
`;

/** When the INVITE came. */
export const setupBegins = String.raw`    $avp(began) = $TV(sn);
    $avp(began-us) = $TV(un);`;

/** From the INVITE to its 200, once a call. */
export const setupEnds = String.raw`    if (status == "200" && is_method("INVITE") && $avp(began) != $null) route(SETUP_TIME);`;

export const setupRoute = String.raw`route[SETUP_TIME] {
    $var(ms) = ($TV(sn) - $avp(began)) * 1000 + ($TV(un) - $avp(began-us)) / 1000;
    $avp(began) = $null;
    $var(le) = "inf";
${[...setupBounds]
  .reverse()
  .map((bound) => `    if ($var(ms) <= ${bound}) $var(le) = "${bound}";`)
  .join('\n')}
    ${count('setup/$var(le)')}
    sht_lock("${metricsTable}=>setup-ms");
    $sht(${metricsTable}=>setup-ms) = $sht(${metricsTable}=>setup-ms) + $var(ms);
    sht_unlock("${metricsTable}=>setup-ms");
}
`;
