import { headerMutations, type Mutation } from './headers.ts';
import { type Draft, draftBytes, twilioInvites } from './invites.ts';
import { lineMutations } from './lines.ts';
import { multipartMutations } from './multipart.ts';
import type { Random } from './random.ts';

export interface Mutant {
  callId: string;
  /** Names of what was done to it, in order. */
  mutations: string[];
  bytes: Buffer;
}

const mutations: [string, Mutation][] = Object.entries({
  ...headerMutations,
  ...lineMutations,
  ...multipartMutations,
});

/** Longest datagram that UDP over IPv4 carries. */
const longest = 65_507;

/** An INVITE of Twilio's with one to three things wrong. Same random, same mutant. */
export function mutant(random: Random, callId: string, addresses: { edge: string; source: string }): Mutant {
  let draft: Draft = random.pick(twilioInvites({ callId, ...addresses }));
  const done: string[] = [];
  for (let left = random.pick([1, 1, 1, 2, 2, 3]); left > 0; left--) {
    const [name, mutation] = random.pick(mutations);
    draft = mutation(draft, random);
    done.push(name);
  }
  // Half of the changed bodies get past a check of their length.
  if (random.chance(0.5)) draft = withLength(draft);
  return { callId, mutations: done, bytes: draftBytes(draft).subarray(0, longest) };
}

function withLength(draft: Draft): Draft {
  const line = `Content-Length: ${draft.body.length}`;
  return {
    ...draft,
    headers: draft.headers.map((header) => (/^content-length: ?\d+$/i.test(header) ? line : header)),
  };
}
