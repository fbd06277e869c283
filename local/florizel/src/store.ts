import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type Clock, CodedError, newId } from '@vestibule/core';
import type { CallBack, Case, CaseChange, NewCallBack, NewCase } from './schemas.ts';

type Entry =
  | { kind: 'case'; value: Case; idempotency?: Idempotency }
  | { kind: 'call-back'; value: CallBack; idempotency?: Idempotency }
  /** Its key stays used, so that a request that comes late does not bring it back. */
  | { kind: 'erased'; key: string; id: string };

/** What was asked under a key: the key names the operation too, and the digest stands for the body. */
interface Idempotency {
  key: string;
  digest: string;
}

export interface Created<T> {
  value: T;
  replayed: boolean;
}

/** In place of a digest. */
const erased = 'erased';

function entryOf(kind: 'case' | 'call-back', value: Case | CallBack, used: Idempotency | undefined): Entry {
  return { kind, value, ...(used && { idempotency: used }) } as Entry;
}

/** Cases and call-backs in memory, each write appended to a JSON-lines file first, which is read again at the start. */
export class Store {
  readonly #file: string | undefined;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #cases = new Map<string, Case>();
  readonly #callBacks = new Map<string, CallBack>();
  readonly #keys = new Map<string, { digest: string; id: string }>();

  constructor(folder: string | undefined, clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, 'florizel.jsonl');
    if (existsSync(this.#file)) this.#load(this.#file);
  }

  cases(filter: { callId?: string | undefined; status?: string | undefined }): Case[] {
    return [...this.#cases.values()]
      .filter(
        (one) =>
          (filter.callId === undefined || one.callId === filter.callId) &&
          (filter.status === undefined || one.status === filter.status),
      )
      .reverse();
  }

  callBacks(callId: string): CallBack[] {
    return [...this.#callBacks.values()].filter((one) => one.callId === callId).reverse();
  }

  /** The case or call-back is gone, from the file too. @returns false when there is no such thing */
  erase(id: string): boolean {
    if (!this.#cases.delete(id) && !this.#callBacks.delete(id)) return false;
    for (const [key, used] of this.#keys) if (used.id === id) this.#keys.set(key, { digest: erased, id });
    if (this.#file !== undefined) this.#rewrite(this.#file);
    return true;
  }

  case(caseId: string): Case | undefined {
    return this.#cases.get(caseId);
  }

  /** @throws CodedError `idempotency-conflict` when the key was used with another body. */
  createCase(key: string, body: NewCase): Created<Case> {
    return this.#once(`createCase ${key}`, body, this.#cases, (idempotency) => {
      const at = this.#now();
      const value: Case = {
        caseId: newId('case'),
        reference: `C ${1001 + this.#cases.size}`,
        status: 'open',
        priority: 'routine',
        ...body,
        createdAt: at,
        updatedAt: at,
      };
      this.#save({ kind: 'case', value, idempotency });
      return value;
    });
  }

  updateCase(held: Case, change: CaseChange): Case {
    const changed = { ...held, ...change };
    if (canonicalJson(changed) === canonicalJson(held)) return held;
    const value = { ...changed, updatedAt: this.#now() };
    this.#save({ kind: 'case', value });
    return value;
  }

  /** @throws CodedError `idempotency-conflict` when the key was used with another body. */
  bookCallBack(key: string, body: NewCallBack): Created<CallBack> {
    return this.#once(`bookCallBack ${key}`, body, this.#callBacks, (idempotency) => {
      const value: CallBack = { callBackId: newId('back'), ...body, createdAt: this.#now() };
      this.#save({ kind: 'call-back', value, idempotency });
      return value;
    });
  }

  #once<T>(key: string, body: object, held: Map<string, T>, create: (used: Idempotency) => T): Created<T> {
    const digest = createHash('sha256').update(canonicalJson(body)).digest('hex');
    const used = this.#keys.get(key);
    if (used === undefined) return { value: create({ key, digest }), replayed: false };
    if (used.digest === erased) throw new CodedError('erased', 'what this key made was erased');
    const value = held.get(used.id);
    if (used.digest !== digest || value === undefined) {
      throw new CodedError('idempotency-conflict', 'the key was used with another body');
    }
    return { value, replayed: true };
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }

  /** Written before it is known to anybody, so that an answered request survives a restart. */
  #save(entry: Entry): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#apply(entry);
  }

  /** All that is known now, and nothing else. */
  #rewrite(file: string): void {
    const keyOf = new Map([...this.#keys].map(([key, { digest, id }]) => [id, { key, digest }]));
    const entries: Entry[] = [
      ...[...this.#cases].map(([id, value]) => entryOf('case', value, keyOf.get(id))),
      ...[...this.#callBacks].map(([id, value]) => entryOf('call-back', value, keyOf.get(id))),
      ...[...this.#keys].flatMap(([key, { digest, id }]) =>
        digest === erased ? [{ kind: 'erased' as const, key, id }] : [],
      ),
    ];
    writeFileSync(`${file}.new`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    renameSync(`${file}.new`, file);
  }

  #apply(entry: Entry): void {
    if (entry.kind === 'erased') {
      this.#keys.set(entry.key, { digest: erased, id: entry.id });
      return;
    }
    const id = entry.kind === 'case' ? entry.value.caseId : entry.value.callBackId;
    if (entry.kind === 'case') this.#cases.set(id, entry.value);
    else this.#callBacks.set(id, entry.value);
    if (entry.idempotency) this.#keys.set(entry.idempotency.key, { digest: entry.idempotency.digest, id });
  }

  /** A last line without its end was never answered: a kill in mid-write leaves one, and it is cut off. */
  #load(file: string): void {
    const bytes = readFileSync(file);
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    if (whole.length < bytes.length) truncateSync(file, whole.length);
    for (const line of whole.toString('utf8').split('\n')) {
      if (line !== '') this.#apply(JSON.parse(line) as Entry);
    }
  }
}
