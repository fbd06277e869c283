import type { Logger } from '@vestibule/core';
import type { Definition } from '@vestibule/questionnaire';
import type { CallLog } from '@vestibule/record';
import type { Models } from '../speech/models.ts';
import { SecondLook, type SecondLookOptions } from '../thinking/second-look.ts';
import { Thinking } from '../thinking/thinking.ts';
import type { CallDependencies } from './dependencies.ts';
import { PromptLog } from './prompt-log.ts';

type Worker = Pick<CallDependencies, 'clock' | 'config' | 'standing'>;

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

/** What looks for red flags beside it, where a model is configured for that and the questionnaire has any. */
export function createSecondLook(
  { clock }: Worker,
  log: CallLog,
  { redFlags: model }: Models,
  logger: Logger,
  definition: Definition,
  onFlags: SecondLookOptions['onFlags'],
): SecondLook | undefined {
  if (!model || definition.redFlags.length === 0) return undefined;
  const prompts = new PromptLog(log, () => clock.monotonic(), 'red-flags');
  return new SecondLook({ model, definition, prompts, clock, logger, onFlags });
}
