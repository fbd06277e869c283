import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admissionsIn } from './admissions.ts';

test('admitted calls are read from the edge’s log, with their time where the log has one', () => {
  const log = `Listening on
 2(6628) NOTICE: <script>: {"event":"admitted","decision":"d1","carrier":"twilio","number":"+15550100100","attestation":"A","verified":"no"}
 1(6627) NOTICE: <script>: {"event":"refused","code":404,"reason":"Not Found","carrier":"twilio"}
 1(6627) WARNING: <script>: {"event":"target-failed","decision":"d1","target":"sip:x","code":503}
2026-11-26T10:00:00+0000 edge-a kamailio[12]: 1(12) NOTICE: <script>: {"event":"admitted","decision":"d2","number":"+15550100100"}
2026-11-26T11:00:00.250+01:00 edge-a kamailio[12]: {"event":"admitted","decision":"d3"}
{"decision":"d4","time":"2026-11-26T10:00:00Z"}
{"event":"admitted"
{"event":"admitted","decision":""}`;
  const at = Date.UTC(2026, 10, 26, 10);
  assert.deepEqual(admissionsIn(log), [
    { decision: 'd1', number: '+15550100100' },
    { decision: 'd2', number: '+15550100100', at },
    { decision: 'd3', at: at + 250 },
    { decision: 'd4', at },
  ]);
});
