import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initializeLogger } from '@livekit/agents';
import { VAD } from '@livekit/agents-plugin-silero';
import { SharedVad, STT } from '@vestibule/agents-plugin-aws';
import { STT as OpenAiStt } from '@livekit/agents-plugin-openai';
import { earsFor } from './trimming.ts';

initializeLogger({ pretty: false, level: 'silent' });
const vad = await VAD.load();
const hearing = { send: 'speech', preRoll: 0.5, hangover: 1 } as const;

test('Transcribe gets speech by the judgement of the session’s own detector', () => {
  const transcribe = new STT({ clientConfig: { region: 'us-east-1' } });
  const ears = earsFor(transcribe, vad, hearing);
  assert.ok(ears.stt instanceof STT && ears.stt !== transcribe);
  assert.ok(ears.vad instanceof SharedVad);
  // Another call's line is judged by itself.
  assert.notEqual(earsFor(transcribe, vad, hearing).vad, ears.vad);
});

test('all of the line goes out where the configuration says so, and to any other recogniser', () => {
  const transcribe = new STT({ clientConfig: { region: 'us-east-1' } });
  assert.deepEqual(earsFor(transcribe, vad, { ...hearing, send: 'all' }), { stt: transcribe, vad });
  const other = new OpenAiStt({ apiKey: 'none' });
  assert.deepEqual(earsFor(other, vad, hearing), { stt: other, vad });
});
