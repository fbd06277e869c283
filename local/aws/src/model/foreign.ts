import type { Reply } from '../bedrock/reply.ts';
import { declineCalls, endCalls, searchCalls, transferCalls } from './actions.ts';
import { nextQuestion } from './asking.ts';
import { chat } from './chat.ts';
import { fieldAnswers } from './collected.ts';
import { askFurther, fieldCalls, requestReply } from './field-calls.ts';
import { isKeeper } from './fields.ts';
import { intentOf, type Intent } from './intent.ts';
import { backTo, joined, notUnderstood, personAt } from './phrases.ts';
import { again, queryOf, remarkOn, say, some } from './replies.ts';
import type { Scene } from './scene.ts';
import { takeVerdict } from './take-answer.ts';
import { contentWords, sentencesOf, shared } from './text.ts';

/** Assistants with a tool per field or per purpose: the tool that has to do with what was said, else conversation. */
export function answerForeign(scene: Scene): Reply {
  const { words, turn } = scene.dialogue;
  const intents = sentencesOf(words).map(intentOf);
  const has = (intent: Intent) => intents.includes(intent);
  if (has('transfer')) return some(transferCalls(scene)) ?? say(personAt(scene.person));
  if (has('stop')) return some(endCalls(scene, /stop|end|user|caller/i)) ?? say('Thank you. Goodbye.');
  if (scene.readBack && scene.toolbox.get('confirm')) return takeVerdict(scene, words);
  const answers = fieldAnswers(words, scene.pending, scene.fields);
  const done = some([...fieldCalls(scene, answers), ...questionCalls(scene)]);
  if (done) return done;
  const served = askFurther(scene, answers) ?? requestReply(scene, words) ?? withoutTool(scene, has);
  if (served) return served;
  const talk = (['thanks', 'presence', 'question'] as const).some(has);
  if (talk || !scene.fields.some(({ tool }) => isKeeper(tool)))
    return say(joined(chat(scene), scene.pending && has('question') ? backTo(scene.question, turn) : ''));
  return say(scene.pending ? notUnderstood(scene.question, turn) : nextQuestion(scene));
}

/** Looks up what was asked, or what has to do with what the search is about. */
function questionCalls(scene: Scene): ReturnType<typeof searchCalls> {
  const search = scene.toolbox.get('search');
  if (!search) return [];
  const about = contentWords(`${search.name} ${search.description}`);
  return sentencesOf(scene.dialogue.words)
    .filter(
      (text) => intentOf(text) === 'question' || (!scene.pending && shared(contentWords(text), about) > 0),
    )
    .flatMap((text) => searchCalls(scene, queryOf(text)));
}

/** What needs an answer but no tool. */
function withoutTool(scene: Scene, has: (intent: Intent) => boolean): Reply | undefined {
  if (!scene.pending) return undefined;
  if (has('decline') || has('unknown')) {
    const calls = some(declineCalls(scene, has('unknown')));
    return calls ?? say(joined('That is all right.', nextQuestion(scene, scene.pending)));
  }
  if (has('repeat')) return again(scene);
  const remark = (['presence', 'wait', 'identity'] as const).find(has);
  return remark && say(remarkOn(remark, scene.question) ?? '');
}
