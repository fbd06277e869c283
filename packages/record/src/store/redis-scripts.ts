import { genesis } from '../log/chain.ts';
import { script } from './connection.ts';

/**
 * Lua for Redis and Valkey, one script of several steps: ARGV[1] names the step, the rest are its arguments. It is one script because
 * a server that does not have it yet refuses all steps that were sent to it until it has, so that they are done in order all the same.
 * KEYS of one call share the hash tag {callId}, so that cluster mode works. A status reply says what happened; an error
 * reply would hide which of the checks failed.
 */
const callScript = script(`
local step = {}

local function clock()
  local now = redis.call('TIME')
  return now[1] * 1000 + math.floor(now[2] / 1000)
end
step.clock = clock

function step.claim(worker, ttl, by)
  if clock() > tonumber(by) then return -1 end
  if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
  local fence = redis.call('INCR', KEYS[2])
  redis.call('SET', KEYS[1], worker .. '#' .. fence, 'PX', ttl)
  return fence
end

function step.renew(token, ttl)
  if redis.call('GET', KEYS[1]) ~= token then return 0 end
  return redis.call('PEXPIRE', KEYS[1], ttl)
end

function step.release(token)
  if redis.call('GET', KEYS[1]) == token then return redis.call('DEL', KEYS[1]) end
  return 0
end

function step.keepKey(token, wrapped)
  if redis.call('GET', KEYS[1]) ~= token then return 0 end
  redis.call('SET', KEYS[2], wrapped, 'NX')
  return 1
end

function step.append(token, previous, last, number, ...)
  if redis.call('GET', KEYS[1]) ~= token then return 'FENCED' end
  if (redis.call('GET', KEYS[2]) or '${genesis}') ~= previous then return 'FORK' end
  local fields = { ... }
  for i = 1, #fields, 2 do
    redis.call('XADD', KEYS[3], number .. '-0', 'header', fields[i], 'sealed', fields[i + 1])
    number = number + 1
  end
  redis.call('SET', KEYS[2], last)
  return 'OK'
end

return step[ARGV[1]](unpack(ARGV, 2))`);

/** KEYS any of the node's → the node's clock, ms. */
export const clockScript = { ...callScript, step: 'clock' };

/**
 * KEYS lease, fence; arguments worker, ttl ms, by when (the node's clock, ms) → fence number, 0 when somebody holds the lease, or
 * -1 when it comes too late: nobody waits for it any more.
 */
export const claimScript = { ...callScript, step: 'claim' };

/** KEYS lease; arguments token, ttl ms → 1, or 0 when the lease is lost. */
export const renewScript = { ...callScript, step: 'renew' };

/** KEYS lease; argument token. */
export const releaseScript = { ...callScript, step: 'release' };

/** KEYS lease, key; arguments token, wrapped key → 1, or 0 when the lease is lost. The first key stays. */
export const keepKeyScript = { ...callScript, step: 'keepKey' };

/**
 * Entries that follow each other, all or none: KEYS lease, head, log; arguments token, previous hash of the first, hash of the last,
 * number of the first (seq + 1), then header and sealed payload of each → OK, FENCED or FORK.
 */
export const appendScript = { ...callScript, step: 'append' };
