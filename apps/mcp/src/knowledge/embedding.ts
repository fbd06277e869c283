import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';

/** Makes vectors of texts, such that what means the same lies close. */
export interface Embedder {
  /** Vectors of one model mean nothing to another's. */
  model: string;
  /** One vector a text, all of one length. */
  embed(texts: readonly string[], as: 'document' | 'query', signal?: AbortSignal): Promise<number[][]>;
}

const titanAnswer = z.object({ embedding: z.array(z.number()) });
const cohereAnswer = z.object({ embeddings: z.array(z.array(z.number())) });
/** Cohere's own limit. */
const mostTexts = 96;

/** Amazon Titan Text Embeddings and Cohere Embed 3 on Bedrock, told apart by the model's name. */
export function bedrockEmbedder(model: string, client = new BedrockRuntimeClient({})): Embedder {
  const invoke = async (body: object, signal?: AbortSignal): Promise<unknown> => {
    const command = new InvokeModelCommand({
      modelId: model,
      contentType: 'application/json',
      accept: 'application/json',
      body: JSON.stringify(body),
    });
    const { body: answer } = await client.send(command, signal && { abortSignal: signal });
    return JSON.parse(new TextDecoder().decode(answer));
  };
  const titan: Embedder['embed'] = async (texts, _, signal) => {
    const vectors: number[][] = [];
    // One text a request; only the second version can be asked for a length.
    const size = model.includes('v2') ? { dimensions: 512, normalize: true } : {};
    for (const inputText of texts)
      vectors.push(titanAnswer.parse(await invoke({ inputText, ...size }, signal)).embedding);
    return vectors;
  };
  const cohere: Embedder['embed'] = async (texts, as, signal) => {
    const vectors: number[][] = [];
    for (let from = 0; from < texts.length; from += mostTexts) {
      const some = {
        texts: texts.slice(from, from + mostTexts),
        input_type: `search_${as}`,
        truncate: 'END',
      };
      vectors.push(...cohereAnswer.parse(await invoke(some, signal)).embeddings);
    }
    return vectors;
  };
  return { model, embed: model.startsWith('cohere.') ? cohere : titan };
}
