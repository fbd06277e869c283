import type { ToolSpec } from '../bedrock/converse-request.ts';
import { answersOf, isQuery, valueOf, verdictOf, whichOf } from './arguments.ts';
import type { Property } from './schema.ts';

/** What a tool is for, worked out from its name, description and schema alone. */
export type Role =
  'record' | 'confirm' | 'decline' | 'unclear' | 'end' | 'transfer' | 'search' | 'person' | 'case' | 'other';

/** Words in the name and in the description that speak for a role. */
const cues: readonly { role: Role; name: RegExp; description: RegExp }[] = [
  {
    role: 'record',
    name: /(record|save|store|capture|set|fill|submit|note|write|log|update|register|enter|put|provide|answer).*(answer|response|reply|field|value|item|slot|entry|detail|data|question|form|info)|^(answer|record|save|fill|capture)/,
    description:
      /(record|save|sav|store|stor|captur|not|fill|writ|keep|enter|log|submit|set|put|updat)(e|es|ed|s|ing|ting)?\b.{0,60}\b(answer|response|repl(y|ied)|values?|said|told|stated|gave|facts?|details?|fields?|slots?)\b/,
  },
  {
    role: 'confirm',
    name: /confirm|read.?back|verif|acknowledg|agree|check/,
    description: /read (it |that |the value )?back|confirm|agreed|whether .{0,60}(right|correct|agree)/,
  },
  {
    role: 'decline',
    name: /declin|skip|refus|reject|pass|omit|drop|withh|no.?answer|unanswer|unwilling|unable/,
    description:
      /(does not|doesn't|do not|don't|not) (want|wish|know|like|willing)|declin|refus|prefer(s|red)? not|skip|would rather not|(will|can) ?not\b.{0,20}\b(give|provide|answer|say|tell|share)|won't|has no idea/,
  },
  {
    role: 'unclear',
    name: /not.?underst|garbl|nonsense|unclear|unintellig|mishear|misheard|re.?prompt|no.?match|inaudible|not.?heard|clarif|not.?usable|unusable/,
    description:
      /(could|can) ?not (be )?(understood|understand|make out)|unintelligible|no usable|not (be )?understood|unclear|inaudible|(made|makes) no sense|garbled/,
  },
  {
    role: 'end',
    name: /(end|hang|finish|terminat|close|stop|disconnect|conclude|complete).*(call|up|conversation|session|phone|chat|line)|(call|session|conversation)_?(end|finish|close|terminat|stop)|goodbye|hangup/,
    description:
      /(ends?|hangs? up|finish|terminat|clos|stop|disconnect)\w*\b.{0,30}\b(call|conversation|session|line|phone)|^hangs? up\b/,
  },
  {
    role: 'transfer',
    name: /transfer|hand.?o(ver|ff)|escalat|human|operator|live.?agent|representative|to.?staff/,
    description:
      /(transfer|hand|pass|put|connect|escalat)\w*\b.{0,40}\b(person|human|operator|staff|representative|colleague|agent)/,
  },
  {
    role: 'person',
    name: /(find|look.?up|search|get|fetch|identify|retrieve).*(patient|customer|client|member|caller|person|account|holder|user|contact|insured)/,
    description:
      /(find|look\w* up|search|fetch|identif|retriev)\w*\b.{0,50}\b(patient|customer|client|member|person|account|holder|insured)/,
  },
  {
    role: 'case',
    name: /(create|open|file|raise|new|add|make|report).*(case|ticket|incident|task|issue|callback|message)/,
    description: /(creat|open|fil|rais|mak)\w*\b.{0,40}\b(case|ticket|incident|task|call-?back)/,
  },
  {
    role: 'search',
    name: /search|knowledge|faq|wiki|handbook|look.?up|query|retriev|find.?info|ask.?(docs|about)|documents|policy.?info|get.?info/,
    description:
      /(questions|ask|wants? to know|information|documents|documentation|knowledge|faq|hours|opening|wiki|handbook|look\w*( \w+)? up)/,
  },
];

/** The role that name and description speak for, `other` when they do not tell. */
export function roleByWords(spec: ToolSpec, properties: readonly Property[]): Role {
  const name = spec.name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const description = (spec.description ?? '').toLowerCase();
  // What a tool is for stands in its first sentence; later ones tell what it is not for.
  const purpose = description.split(/(?<=[.;])\s/)[0] ?? '';
  const scores = cues.map(({ role, name: byName, description: byDescription }) => {
    const said = (byName.test(name) ? 3 : 0) + (byDescription.test(purpose) ? 2 : 0);
    return { role, score: said === 0 ? 0 : said + shapeScore(role, properties) };
  });
  const best = scores.reduce((top, one) => (one.score > top.score ? one : top));
  return best.score >= 2 ? best.role : 'other';
}

/** What the shape of the arguments says for or against a role. */
function shapeScore(role: Role, properties: readonly Property[]): number {
  const required = properties.filter((property) => property.required);
  const hasBoolean = properties.some(({ type }) => type === 'boolean');
  switch (role) {
    case 'record':
      if (answersOf(properties) ?? (whichOf(properties) && valueOf(properties))) return 2;
      return valueOf(properties) ? 0 : -2;
    case 'confirm':
      return hasBoolean ? 2 : verdictOf(properties) ? 1 : -3;
    case 'decline':
      return properties.some(({ type }) => type === 'boolean') || properties.length > 3
        ? -3
        : whichOf(properties)
          ? 1
          : 0;
    case 'search':
      // What has no words to search by looks up one thing: `lookup_order(order_id)`.
      if (!properties.some(isQuery)) return -6;
      return required.length <= 1 ? 2 : -3;
    case 'person':
      return properties.length === 0 ? -3 : 1;
    case 'case':
      return properties.length === 0 ? -2 : 1;
    case 'unclear':
    case 'end':
    case 'transfer':
      return required.length > 2 ? -3 : 0;
    case 'other':
      return 0;
  }
}
