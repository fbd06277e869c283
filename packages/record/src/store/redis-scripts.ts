import { genesis } from '../log/chain.ts';
import { script } from './connection.ts';

/**
 * Lua for Redis and Valkey. KEYS of one call share the hash tag {callId}, so that cluster mode works.
 * A status reply says what happened; an error reply would hide which of the checks failed.
 */

/** KEYS any of the node's → the node's clock, ms. */
export const clockScript = script(`
local now = redis.call('TIME')
return now[1] * 1000 + math.floor(now[2] / 1000)`);

/**
 * KEYS lease, fence; ARGV worker, ttl ms, by when (the node's clock, ms) → fence number, 0 when somebody holds the lease, or
 * -1 when it comes too late: nobody waits for it any more.
 */
export const claimScript = script(`
local now = redis.call('TIME')
if now[1] * 1000 + math.floor(now[2] / 1000) > tonumber(ARGV[3]) then return -1 end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local fence = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], ARGV[1] .. '#' .. fence, 'PX', ARGV[2])
return fence`);

/** KEYS lease; ARGV token, ttl ms → 1, or 0 when the lease is lost. */
export const renewScript = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`);

/** KEYS lease; ARGV token. */
export const releaseScript = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`);

/** KEYS lease, key; ARGV token, wrapped key → 1, or 0 when the lease is lost. The first key stays. */
export const keepKeyScript = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2], 'NX')
return 1`);

/**
 * Entries that follow each other, all or none: KEYS lease, head, log; ARGV token, previous hash of the first, hash of the last, number
 * of the first (seq + 1), then header and sealed payload of each → OK, FENCED or FORK.
 */
export const appendScript = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'FENCED' end
local head = redis.call('GET', KEYS[2]) or '${genesis}'
if head ~= ARGV[2] then return 'FORK' end
local number = tonumber(ARGV[4])
for i = 5, #ARGV, 2 do
  redis.call('XADD', KEYS[3], number .. '-0', 'header', ARGV[i], 'sealed', ARGV[i + 1])
  number = number + 1
end
redis.call('SET', KEYS[2], ARGV[3])
return 'OK'`);
