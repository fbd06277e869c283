import { refusal } from './errors.ts';

/** What is to be said, sentence by sentence, and how long to be silent between. */
export type Speech =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'silence'; readonly ms: number };

const breakStrengths: Record<string, number> = {
  none: 0,
  'x-weak': 0,
  weak: 150,
  medium: 300,
  strong: 500,
  'x-strong': 1000,
};
const paragraphPauseMs = 500;
const longestBreakMs = 10_000;

/** Abbreviations whose full stop ends no sentence. */
const abbreviation = /\b(?:Dr|Mr|Mrs|Ms|St|Jr|Sr|vs|etc|e\.g|i\.e|approx|No|a\.m|p\.m)\.$/i;

export function plainSpeech(text: string): Speech[] {
  return splitSentences(text).map((sentence) => ({ kind: 'text', text: sentence }));
}

export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let current = '';
  for (const piece of text.replace(/\s+/g, ' ').split(/(?<=[.!?…]["')\]]?) /)) {
    current = current === '' ? piece : `${current} ${piece}`;
    if (abbreviation.test(current)) continue;
    if (current.trim() !== '') sentences.push(current.trim());
    current = '';
  }
  if (current.trim() !== '') sentences.push(current.trim());
  return sentences;
}

/**
 * The text of an SSML document: breaks become silence, `sub` its alias, `say-as` characters and digits are spelled,
 * other tags only group.
 * @throws ServiceError `InvalidSsmlException` when tags do not nest or `speak` is not around everything.
 */
export function parseSsml(document: string): Speech[] {
  const reader = new SsmlReader();
  for (const [token] of document.trim().matchAll(/<!--[\s\S]*?-->|<[^<>]*>|[^<]+|</g)) reader.take(token);
  return reader.finish();
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
}

class SsmlReader {
  readonly #speech: Speech[] = [];
  readonly #open: Open[] = [];
  #text = '';
  #begun = false;

  take(token: string): void {
    if (token.startsWith('<!--') || token.startsWith('<?')) return;
    if (token === '<') throw invalid();
    if (token.startsWith('</')) return this.#close(token.slice(2, -1).trim());
    if (token.startsWith('<')) return this.#tag(token);
    if (this.#open.length === 0 && token.trim() !== '') throw invalid();
    this.#say(decodeEntities(token));
  }

  finish(): Speech[] {
    if (!this.#begun || this.#open.length > 0) throw invalid();
    this.#flush();
    return this.#speech;
  }

  #tag(token: string): void {
    const match = /^<([a-z][\w:-]*)((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>$/i.exec(token);
    if (!match) throw invalid();
    const [, name = '', attributeText = '', empty] = match;
    const attributes = Object.fromEntries(
      [...attributeText.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, key = '', a, b]) => [
        key,
        a ?? b ?? '',
      ]),
    );
    if ((this.#open.length === 0) !== (name === 'speak') || (name === 'speak' && this.#begun))
      throw invalid();
    this.#begun = true;
    if (name === 'break') this.#pause(breakLength(attributes));
    if (name === 'sub') this.#text += attributes['alias'] ?? '';
    if (!empty) this.#open.push({ name, attributes });
  }

  #close(name: string): void {
    if (this.#open.pop()?.name !== name) throw invalid();
    if (name === 's') this.#flush();
    if (name === 'p') this.#pause(paragraphPauseMs);
  }

  #say(text: string): void {
    const inside = this.#open.at(-1);
    if (inside?.name === 'sub') return;
    const as = inside?.name === 'say-as' ? inside.attributes['interpret-as'] : undefined;
    const spelled = as !== undefined && ['characters', 'spell-out', 'digits', 'telephone'].includes(as);
    this.#text += spelled ? [...text.replace(/\s+/g, '')].join(' ') : text;
  }

  #pause(ms: number): void {
    this.#flush();
    if (ms > 0) this.#speech.push({ kind: 'silence', ms });
  }

  #flush(): void {
    this.#speech.push(...plainSpeech(this.#text));
    this.#text = '';
  }
}

function breakLength({ time, strength }: Record<string, string>): number {
  if (time === undefined) return breakStrengths[strength ?? 'medium'] ?? 300;
  const match = /^\+?(\d+(?:\.\d+)?)(ms|s)$/.exec(time);
  if (!match) throw invalid();
  return Math.min(longestBreakMs, Number(match[1]) * (match[2] === 's' ? 1000 : 1));
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&(#\d+|#x[\da-f]+|\w+);|&/gi, (_, name?: string) => {
    if (name === undefined) throw invalid();
    if (name.startsWith('#x')) return codePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return codePoint(Number(name.slice(1)));
    const character = entities[name];
    if (character === undefined) throw invalid();
    return character;
  });
}

function codePoint(code: number): string {
  if (!Number.isInteger(code) || code > 0x10ffff) throw invalid();
  return String.fromCodePoint(code);
}

function invalid(): ReturnType<typeof refusal> {
  return refusal('InvalidSsmlException', 'Invalid SSML request');
}
