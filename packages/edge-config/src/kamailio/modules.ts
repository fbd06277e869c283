import { controlSocket, type EdgeSettings, mediaSets } from './settings.ts';
import { tlsModules, tlsParameters } from './tls.ts';

const modules = [
  ['ctl', 'kamcmd: reloads, drain, status'],
  ['tm', 'transactions'],
  ['tmx', 'transactions, for scripts'],
  ['sl', 'stateless replies'],
  ['rr', 'Record-Route'],
  ['pv', 'pseudo-variables'],
  ['xlog', 'the decision log'],
  ['maxfwd', 'Max-Forwards'],
  ['textops', 'headers'],
  ['siputils', 'has_totag and friends'],
  ['sanity', 'RFC 3261 well-formedness'],
  ['permissions', 'source groups'],
  ['db_text', 'tables in files'],
  ['htable', 'lists, counters, switches'],
  ['pike', 'floods from strangers'],
  ['pipelimit', 'rates per second'],
  ['dialog', 'calls at one time'],
  ['uuid', 'decision ids'],
  ['tcpops', 'closing strangers’ connections'],
  ['rtpengine', 'media'],
  ['dispatcher', 'LiveKit SIP services'],
] as const;

/** A set for each zone's RTPEngine: within one set Kamailio would share the calls out. */
const mediaSockets = (config: EdgeSettings['config']) =>
  mediaSets(config)
    .map(({ set, socket }) => `modparam("rtpengine", "rtpengine_sock", "${set} == ${socket}")`)
    .join('\n');

/** Modules and their parameters. */
export function modulesSection({ config, paths, timers }: EdgeSettings): string {
  const { private: inner } = config.edge;
  const load = [...tlsModules(config), ...modules]
    .map(([name, why]) => `${`loadmodule "${name}.so"`.padEnd(30)}# ${why}`)
    .join('\n');
  return String.raw`####### 2. Modules

${load}

modparam("ctl", "binrpc", "unix:${controlSocket(paths)}")

${tlsParameters(config, paths)}modparam("tm", "fr_timer", 2000)
modparam("tm", "fr_inv_timer", 30000)
modparam("tm", "restart_fr_on_each_reply", 1)   # each 180 keeps the call ringing, see route[DISPATCH]
modparam("tm", "failure_reply_mode", 3)         # a failed target's answer never wins over the next one's

modparam("rr", "enable_double_rr", 1)           # in on one interface, out on the other
modparam("rr", "enable_full_lr", 1)
modparam("rr", "append_fromtag", 0)            # a tag may hold what a URI must not

modparam("sanity", "autodrop", 0)

modparam("permissions", "address_file", "${paths.files}/address.list")
modparam("permissions", "peer_tag_avp", "$avp(carrier)")
modparam("permissions", "reload_delta", 0)      # or a second reload within 5 s would be refused

modparam("pike", "sampling_time_unit", 2)
modparam("pike", "reqs_density_per_unit", 30)
modparam("pike", "remove_latency", 4)

modparam("pipelimit", "timer_interval", 1)      # so that a limit is calls per second
modparam("pipelimit", "clean_unused", 60)

modparam("dialog", "profiles_no_value", "calls${config.outbound === undefined ? '' : '; outbound'}${config.callBacks === undefined ? '' : '; callbacks'}")
modparam("dialog", "default_timeout", 14400)
modparam("dialog", "dlg_match_mode", 1)

${mediaSockets(config)}
modparam("rtpengine", "setid_default", 1)
modparam("rtpengine", "rtpengine_tout_ms", 400) # the carrier waits: three tries, 1.2 s
modparam("rtpengine", "rtpengine_retr", 2)
modparam("rtpengine", "rtpengine_disable_tout", 5)

modparam("dispatcher", "list_file", "${paths.files}/dispatcher.list")
modparam("dispatcher", "reload_delta", 0)
modparam("dispatcher", "flags", 2)
modparam("dispatcher", "xavp_dst", "_dsdst_")
modparam("dispatcher", "xavp_ctx", "_dsctx_")
modparam("dispatcher", "ds_ping_method", "OPTIONS")
modparam("dispatcher", "ds_ping_interval", ${timers.probe})
modparam("dispatcher", "ds_ping_from", "sip:edge@${inner.address}")
modparam("dispatcher", "ds_probing_mode", 1)    # only 200 counts as alive: a time-out looks like a 408
modparam("dispatcher", "ds_probing_threshold", 2)
modparam("dispatcher", "ds_inactive_threshold", 1)
`;
}
