import { ReadableStream } from 'node:stream/web';
import { tokenize } from '@livekit/agents';

/**
 * Cuts text into sentences and lets each pass only when `permit` has resolved for it: nothing is spoken before
 * its entry is acknowledged. A permit that rejects ends the speech there.
 */
export function sentenceWise(
  text: AsyncIterable<string>,
  permit: (sentence: string) => Promise<unknown>,
): ReadableStream<string> {
  const sentences = new tokenize.basic.SentenceTokenizer({ minSentenceLength: 8 }).stream();
  const feed = async () => {
    for await (const part of text) sentences.pushText(part);
    sentences.endInput();
  };
  return new ReadableStream<string>({
    async start(controller) {
      const fed = feed();
      try {
        for await (const { token } of sentences) {
          await permit(token);
          controller.enqueue(`${token} `);
        }
        await fed;
        controller.close();
      } catch (error) {
        await fed.catch(() => {});
        controller.error(error);
      }
    },
    cancel() {
      sentences.close();
    },
  });
}
