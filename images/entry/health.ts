/** A container's health check: `node images/entry/health.ts PORT`. Ends with 0 when `/healthz` there answers 2xx, else with 1. */
const answer = await fetch(`http://127.0.0.1:${process.argv[2]}/healthz`, {
  signal: AbortSignal.timeout(4000),
}).catch(() => undefined);
process.exitCode = answer?.ok ? 0 : 1;
