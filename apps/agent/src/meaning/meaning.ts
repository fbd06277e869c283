import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CodedError } from '@vestibule/core';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { wordPieces } from './word-pieces.ts';

/** Where set-up puts the encoder: it is no part of the repository. */
export const encoderFolder = new URL('../../model/', import.meta.url);

/** What training writes beside the graph. */
const learntSchema = z.object({
  /** In the order of the graph's output: names of the questionnaire library's red flags. */
  flags: z.array(z.string()),
  /** From this probability on words are taken to mean a flag. */
  from: z.number(),
  encoder: z.object({ model: z.string(), tokenizer: z.string(), sha256: z.string() }),
});
const tokenizerSchema = z.object({ model: z.object({ vocab: z.record(z.string(), z.number()) }) });

/** How many pieces are looked at together, and how far the next look is from one: what matters may be a part of a long answer. */
const window = 40;
const stride = 20;

export type MeaningRunner = (said: string) => Promise<ReadonlyMap<string, number>>;

/** What words mean, by a sentence encoder on this machine. */
export interface Meaning {
  /** As on record. */
  name: string;
  /** From this probability on words are taken to mean a flag. */
  from: number;
  /** The probability of each flag of the library; of a long utterance, that of the part which is most like it. */
  flagsIn: MeaningRunner;
}

/**
 * Loads the encoder and what was learnt. One thread: it must not take a processor from the voices.
 * @returns undefined where set-up put no encoder. @throws CodedError `invalid-model` when the file is another than the one that was learnt with
 */
export async function openMeaning(folder: URL = encoderFolder): Promise<Meaning | undefined> {
  const beside = (name: string) => readFile(new URL(name, import.meta.url));
  const learnt = learntSchema.parse(JSON.parse((await beside('flags.json')).toString()));
  const { model, tokenizer, sha256 } = learnt.encoder;
  const encoder = await readFile(new URL(model, folder)).catch(() => undefined);
  if (!encoder) return undefined;
  if (createHash('sha256').update(encoder).digest('hex') !== sha256)
    throw new CodedError(
      'invalid-model',
      `${model} is not the encoder that was learnt with. Run: make setup`,
    );
  const { vocab } = tokenizerSchema.parse(
    JSON.parse(await readFile(new URL(tokenizer, folder), 'utf8')),
  ).model;
  const session = await InferenceSession.create(await beside('flags.onnx'), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    externalData: [{ path: model, data: encoder }],
  });
  return {
    name: `local:${model.replace('.onnx', '')}`,
    from: learnt.from,
    flagsIn: runner(session, new Map(Object.entries(vocab)), learnt.flags),
  };
}

function runner(
  session: InferenceSession,
  vocabulary: ReadonlyMap<string, number>,
  flags: readonly string[],
): MeaningRunner {
  const pieces = wordPieces(vocabulary);
  const [begin, end] = ['[CLS]', '[SEP]'].map((mark) => vocabulary.get(mark)!);
  return async (said) => {
    const best = flags.map(() => 0);
    for (const part of windowsOf(pieces(said))) {
      const found = await run(session, [begin!, ...part, end!]);
      found.forEach((probability, at) => (best[at] = Math.max(best[at]!, probability)));
    }
    return new Map(flags.map((flag, at) => [flag, best[at]!]));
  };
}

/** Nothing for no words. */
function windowsOf(pieces: readonly number[]): number[][] {
  const windows: number[][] = [];
  for (let start = 0; start < pieces.length; start += stride) {
    windows.push(pieces.slice(start, start + window));
    if (start + window >= pieces.length) break;
  }
  return windows;
}

async function run(session: InferenceSession, ids: readonly number[]): Promise<Float32Array> {
  const tensor = (values: readonly number[]) =>
    new Tensor('int64', BigInt64Array.from(values.map(BigInt)), [1, values.length]);
  const { probabilities } = await session.run({
    input_ids: tensor(ids),
    attention_mask: tensor(ids.map(() => 1)),
    token_type_ids: tensor(ids.map(() => 0)),
  });
  return probabilities!.data as Float32Array;
}
