import { readKeyFile, writeKeyFile } from './key-file.ts';
import { emptyRing, withOwnKeys, type KeyRing } from './key-ring.ts';

/** The ring in use. With a file, a change is on disk before it is in force. */
export class KeyStore {
  #ring: KeyRing = emptyRing;
  #lastChange: Promise<unknown> = Promise.resolve();
  readonly #file: string | undefined;

  private constructor(file: string | undefined) {
    this.#file = file;
  }

  /**
   * @param file where keys are kept; made with fresh ones when it is not there. Undefined: in memory only.
   * @throws CodedError `unusable-file`
   */
  static async open(file: string | undefined, now: number): Promise<KeyStore> {
    const store = new KeyStore(file);
    if (file !== undefined) store.#ring = (await readKeyFile(file)) ?? emptyRing;
    await store.change((ring) => withOwnKeys(ring, now));
    return store;
  }

  get ring(): KeyRing {
    return this.#ring;
  }

  /** Changes come one after the other. What `alter` throws, the caller gets, and the ring stays as it was. */
  change(alter: (ring: KeyRing) => KeyRing): Promise<void> {
    const changed = this.#lastChange.then(async () => {
      const ring = alter(this.#ring);
      if (ring === this.#ring) return;
      if (this.#file !== undefined) await writeKeyFile(this.#file, ring);
      this.#ring = ring;
    });
    this.#lastChange = changed.catch(() => undefined);
    return changed;
  }
}
