import { randomInt } from 'node:crypto';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Twelve random characters of [A-Za-z0-9]. */
export function randomName(): string {
  return Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');
}

/** psrpc escapes what may not stand in a channel's name. */
function escaped(part: string): string {
  return part.replace(
    /[^A-Za-z0-9_]/gu,
    (character) => `u+${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}

/** A method of a service; with a topic, only for the server that has subscribed to it. */
export interface Method {
  service: string;
  method: string;
  topic?: string;
}

const channel = (...parts: string[]) => parts.map(escaped).join('|');

/** Where a method's requests and its claims' answers are published. */
export function methodChannels({ service, method, topic }: Method): { request: string; claimed: string } {
  const parts = [service, method, ...(topic === undefined ? [] : [topic])];
  return { request: channel(...parts, 'REQ'), claimed: channel(...parts, 'RCLAIM') };
}

/** Where a client hears of claims and responses. */
export function clientChannels(service: string, clientId: string): { claim: string; response: string } {
  return { claim: channel(service, clientId, 'CLAIM'), response: channel(service, clientId, 'RES') };
}
