import { CodedError } from '@vestibule/core';

/** What RTPEngine's control protocol can say. Strings are bytes on the wire; here each character is one byte (latin1). */
export type Bencoded = string | number | readonly Bencoded[] | { readonly [key: string]: Bencoded };
export type Dictionary = Readonly<Record<string, Bencoded>>;

export function encodeBencode(value: Bencoded): string {
  if (typeof value === 'number') return `i${value}e`;
  if (typeof value === 'string') return `${value.length}:${value}`;
  if (isList(value)) return `l${value.map(encodeBencode).join('')}e`;
  const members = Object.entries(value).map(([key, member]) => encodeBencode(key) + encodeBencode(member));
  return `d${members.join('')}e`;
}

/** A member that is a string; empty when it is none. */
export function textOf(dictionary: Dictionary, key: string): string {
  const value = dictionary[key];
  return typeof value === 'string' ? value : '';
}

const isList = (value: Bencoded): value is readonly Bencoded[] => Array.isArray(value);

/** @throws CodedError `malformed-bencode` when `text` is anything but one whole value. */
export function decodeBencode(text: string): Bencoded {
  const { value, next } = valueAt(text, 0, 0);
  if (next !== text.length) throw malformed(next);
  return value;
}

interface Read<T = Bencoded> {
  value: T;
  next: number;
}

const deepest = 32;

function valueAt(text: string, at: number, depth: number): Read {
  if (depth > deepest) throw malformed(at);
  switch (text[at]) {
    case 'i':
      return integerAt(text, at);
    case 'l':
      return listAt(text, at, depth);
    case 'd':
      return dictionaryAt(text, at, depth);
    default:
      return stringAt(text, at);
  }
}

function integerAt(text: string, at: number): Read<number> {
  const [whole, digits] = /^i(-?\d{1,20})e/.exec(text.slice(at, at + 24)) ?? [];
  if (whole === undefined) throw malformed(at);
  return { value: Number(digits), next: at + whole.length };
}

function stringAt(text: string, at: number): Read<string> {
  const [prefix, digits] = /^(\d{1,7}):/.exec(text.slice(at, at + 9)) ?? [];
  if (prefix === undefined) throw malformed(at);
  const start = at + prefix.length;
  const next = start + Number(digits);
  if (next > text.length) throw malformed(at);
  return { value: text.slice(start, next), next };
}

function listAt(text: string, at: number, depth: number): Read<Bencoded[]> {
  const value: Bencoded[] = [];
  let next = at + 1;
  while (text[next] !== 'e') {
    const item = valueAt(text, next, depth + 1);
    value.push(item.value);
    next = item.next;
  }
  return { value, next: next + 1 };
}

function dictionaryAt(text: string, at: number, depth: number): Read<Record<string, Bencoded>> {
  const members: [string, Bencoded][] = [];
  let next = at + 1;
  while (text[next] !== 'e') {
    const key = stringAt(text, next);
    const member = valueAt(text, key.next, depth + 1);
    members.push([key.value, member.value]);
    next = member.next;
  }
  return { value: Object.fromEntries(members), next: next + 1 };
}

const malformed = (at: number) => new CodedError('malformed-bencode', `no bencoded value at byte ${at}`);
