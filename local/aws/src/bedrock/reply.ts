/** What a model says in one turn, in order: sentences to speak, tools to call. */
export type ReplyBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'toolUse'; readonly name: string; readonly input: Readonly<Record<string, unknown>> };

export type Reply = readonly ReplyBlock[];

export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens';

export function stopReasonOf(reply: Reply): StopReason {
  return reply.some(({ kind }) => kind === 'toolUse') ? 'tool_use' : 'end_turn';
}

/** About four characters a token, as English comes out. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

export function outputTokens(reply: Reply): number {
  return reply.reduce(
    (sum, block) =>
      sum + (block.kind === 'text' ? countTokens(block.text) : 20 + countTokens(JSON.stringify(block.input))),
    0,
  );
}

/** Cuts a text into pieces of about a token: words with the space before them. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S{1,8}/g) ?? [];
}

/** Cuts JSON into the uneven pieces in which models stream tool input; the first is empty, as theirs is. */
export function jsonPieces(json: string): string[] {
  return ['', ...(json.match(/[\s\S]{1,14}/g) ?? [])];
}

/** Keeps a reply within `maxTokens`; cut, when it was too long. */
export function limitReply(reply: Reply, maxTokens: number): { reply: Reply; cut: boolean } {
  let left = maxTokens;
  const kept: ReplyBlock[] = [];
  for (const block of reply) {
    const cost = outputTokens([block]);
    if (cost > left) {
      if (block.kind === 'text' && left > 0) kept.push({ kind: 'text', text: block.text.slice(0, left * 4) });
      return { reply: kept, cut: true };
    }
    kept.push(block);
    left -= cost;
  }
  return { reply: kept, cut: false };
}
