import { StoreConnection } from './connection.ts';

/** The hash of calls that have begun and are not sealed yet, beside the logs: id → room. The agent's desk keeps it. */
export const openCallsKey = '{desk}:open';

/** For those who follow live calls and take no part in them. */
export class OpenCalls {
  readonly #store: StoreConnection;

  private constructor(store: StoreConnection) {
    this.#store = store;
  }

  /** `url` and errors: see `StoreConnection.open`, also for what the methods throw. */
  static async connect(url: string, onError: (error: unknown) => void): Promise<OpenCalls> {
    return new OpenCalls(await StoreConnection.open(url, onError));
  }

  /** Ids of the calls that are open now. */
  async list(): Promise<string[]> {
    const members = (await this.#store.send(openCallsKey, ['HGETALL', openCallsKey])) as string[];
    return members.filter((_, index) => index % 2 === 0);
  }

  close(): void {
    this.#store.destroy();
  }
}
