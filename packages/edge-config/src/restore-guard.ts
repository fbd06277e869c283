import type { Config } from '@vestibule/config';
import { isTunnelled, storeOf } from './store.ts';

export const guardScript = 'before-rtpengine.sh';

/**
 * RTPEngine 10.5 does not store that learning is off. A call that it restores within 3 s of its last signalling sends RTP to whoever
 * sends first, until the endpoint counts as confirmed. So the stored calls are confirmed before it starts: then strict-source
 * holds them to what their SDP says. Values are texts in RTPEngine's JSON; nothing else in them is touched.
 */
const lua = `local filled, confirmed = 0x100000, 0x200000
local done = 0
for _, call in ipairs(redis.call("KEYS", "*")) do
  local text = redis.call("TYPE", call).ok == "string" and redis.call("GET", call) or ""
  local safe = text:gsub("\\"ps_flags\\":\\"(%d+)\\"", function(flags)
    flags = tonumber(flags)
    if bit.band(flags, filled) ~= 0 then flags = bit.bor(flags, confirmed) end
    return string.format("\\"ps_flags\\":\\"%d\\"", flags)
  end)
  if safe ~= text then
    redis.call("SET", call, safe, "KEEPTTL")
    done = done + 1
  end
end
return done`;

/** Run before each start of RTPEngine. A store that does not answer restores nothing either. */
export function restoreGuard({ edge }: Config): string {
  const { host, port, password, database } = storeOf(edge);
  // A tunnel that was started at the same moment may not accept yet. Without a password the answer is an error, which is an answer.
  const wait = isTunnelled(edge)
    ? `timeout 3 sh -c 'until redis-cli -h ${host} -p ${port} PING >/dev/null 2>&1; do sleep 0.05; done' || exit 0\n`
    : '';
  const secret = password === '' ? '' : `REDISCLI_AUTH=${shellQuoted(password)} `;
  return `#!/bin/sh
# Rendered from vestibule.yaml: change it there, not here.
# Calls that RTPEngine is about to restore keep to the endpoints of their SDP. Without it they would take RTP from
# anybody, and send it there, for about 3 s.
${wait}${secret}timeout 1 redis-cli -h ${host} -p ${port} -n ${database} EVAL ${shellQuoted(lua)} 0 >/dev/null || exit 0
`;
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
