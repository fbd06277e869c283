#!/bin/sh
# Rendered from vestibule.yaml: change it there, not here.
# Calls that RTPEngine is about to restore keep to the endpoints of their SDP. Without it they would take RTP from
# anybody, and send it there, for about 3 s.
timeout 3 sh -c 'until redis-cli -h 127.0.0.1 -p 6390 PING >/dev/null 2>&1; do sleep 0.05; done' || exit 0
timeout 1 redis-cli -h 127.0.0.1 -p 6390 -n 1 EVAL 'local filled, confirmed = 0x100000, 0x200000
local done = 0
for _, call in ipairs(redis.call("KEYS", "*")) do
  local text = redis.call("TYPE", call).ok == "string" and redis.call("GET", call) or ""
  local safe = text:gsub("\"ps_flags\":\"(%d+)\"", function(flags)
    flags = tonumber(flags)
    if bit.band(flags, filled) ~= 0 then flags = bit.bor(flags, confirmed) end
    return string.format("\"ps_flags\":\"%d\"", flags)
  end)
  if safe ~= text then
    redis.call("SET", call, safe, "KEEPTTL")
    done = done + 1
  end
end
return done' 0 >/dev/null || exit 0
