import type { Logger } from '@vestibule/core';
import type { Definition } from '@vestibule/questionnaire';
import type { CallLog } from '@vestibule/record';
import type { Heard } from '../speech/hearing.ts';
import type { Models } from '../speech/models.ts';
import { type Look, SecondLook } from '../thinking/second-look.ts';
import { Thinking } from '../thinking/thinking.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { MeaningLook } from '../meaning/meaning-look.ts';
import type { CallDependencies } from './dependencies.ts';
import { PromptLog } from './prompt-log.ts';

type Worker = Pick<CallDependencies, 'clock' | 'config' | 'meaning' | 'standing'>;

/** What answers the caller where the engine alone does not, on record in this log. */
export function createThinking(
  { clock, config, standing }: Worker,
  log: CallLog,
  { llms: models }: Models,
  logger: Logger,
): Thinking {
  const prompts = new PromptLog(log, () => clock.monotonic());
  const firstTokenMs = config.agent.firstToken * 1000;
  return new Thinking({ models, standing, prompts, clock, logger, firstTokenMs });
}

/** What looks for red flags beside it, where the questionnaire has any: the encoder of this machine, and a model where one is configured for that. */
export function createLooks(
  { clock, meaning }: Worker,
  log: CallLog,
  { redFlags: model }: Models,
  logger: Logger,
  definition: Definition,
  conversation: Conversation,
): Look[] {
  if (definition.redFlags.length === 0) return [];
  const given = { definition, clock, logger };
  const looks: Look[] = [];
  if (meaning)
    looks.push(
      new MeaningLook({
        ...given,
        meaning,
        log,
        onFlags: (ids, heard) => conversation.report(ids, heard, true),
      }),
    );
  if (model) {
    const prompts = new PromptLog(log, () => clock.monotonic(), 'red-flags');
    const onFlags = (ids: readonly string[], heard: Heard) => conversation.report(ids, heard);
    looks.push(new SecondLook({ ...given, model, prompts, onFlags }));
  }
  return looks;
}
