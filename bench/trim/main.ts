/**
 * What trimming before speech to text saves and costs: the same calls heard whole and trimmed at the same time, by the plugin against Transcribe's
 * stand-in with its measured latencies, or with none, which shows what trimming alone adds.
 *
 *   node bench/trim/main.ts [--voices rms,awb] [--answers 16] [--noise 0,60] [--pre-roll 500] [--hangover 1000] [--latency zero]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { initializeLogger } from '@livekit/agents';
import { VAD } from '@livekit/agents-plugin-silero';
import { mulberry32 } from '../../local/aws/src/server/latency.ts';
import { startStandIn } from '../../tests/agents-plugin-aws/stand-in.ts';
import { callerVoices, voices } from '../wer/voices.ts';
import { callerSide } from './caller.ts';
import { figuresOf, head, row, together } from './figures.ts';
import { hearBoth } from './hear.ts';

const { values: options } = parseArgs({
  options: {
    voices: { type: 'string', default: callerVoices.join(',') },
    answers: { type: 'string', default: '16' },
    noise: { type: 'string', default: '0,60' },
    'pre-roll': { type: 'string', default: '500' },
    hangover: { type: 'string', default: '1000' },
    latency: { type: 'string', default: 'measured' },
  },
});
const answers = readFileSync(join(import.meta.dirname, '../wer/answers.txt'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));
const trim = { preRollMs: Number(options['pre-roll']), hangoverMs: Number(options.hangover) };
const random = mulberry32(7);

initializeLogger({ pretty: false, level: 'fatal' });
const [aws, vad] = await Promise.all([
  startStandIn(options.latency === 'zero' ? 'zero' : 'measured'),
  VAD.load({ minSilenceDuration: 500, activationThreshold: 0.5 }),
]);
try {
  console.log(head);
  const all = [];
  for (const noise of options.noise.split(',').map(Number)) {
    const calls = voices
      .filter((voice) => options.voices.split(',').includes(voice))
      .map(async (voice, index) => {
        const count = Number(options.answers);
        const said = Array.from({ length: count }, (_, i) => answers[(i * 7 + index * 3) % answers.length]!);
        const side = await callerSide(voice, said, noise, random);
        const figures = figuresOf(side, await hearBoth(side.pcm, vad, aws.clientConfig, trim));
        console.log(row(`${voice}, noise ${noise}`, figures));
        return figures;
      });
    all.push(...(await Promise.all(calls)));
  }
  console.log(row('together', together(all)));
} finally {
  await aws.stop();
}
process.exit(0);
