import type { ConverseRequest } from '../bedrock/converse-request.ts';
import type { Reply } from '../bedrock/reply.ts';
import { forcedCalls } from './actions.ts';
import { speakOutcomes } from './after-tools.ts';
import { answerCaller } from './caller.ts';
import { sayable } from './phrases.ts';
import { readScene, type Scene } from './scene.ts';

/**
 * A deterministic "model": the same request always gets the same reply, and the request is all that it knows. It works
 * out from names, descriptions and schemas what each tool is for, from the prompt and the conversation what is being
 * asked, and from the caller's words what to do.
 */
export function respond(request: ConverseRequest): Reply {
  const scene = readScene(request);
  const waiting = scene.dialogue.outcomes.length > 0 && scene.dialogue.words === '';
  const reply = waiting ? speakOutcomes(scene) : answerCaller(scene);
  return obey(request, scene, reply).map((block) =>
    block.kind === 'text' ? { ...block, text: sayable(block.text) } : block,
  );
}

/** `toolChoice` may demand a tool: then one is called, whatever the rules would have said. */
function obey(request: ConverseRequest, scene: Scene, reply: Reply): Reply {
  const choice = request.toolConfig?.toolChoice;
  const forced = choice?.tool
    ? scene.toolbox.named(choice.tool.name)
    : choice?.any
      ? scene.toolbox.all[0]
      : undefined;
  if (!forced) return reply;
  const calls = reply.filter(
    (block) => block.kind === 'toolUse' && (!choice?.tool || block.name === forced.name),
  );
  return calls.length > 0 ? calls : forcedCalls(scene, forced);
}
