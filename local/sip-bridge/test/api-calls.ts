import type { ApiResult, Step } from './recording.ts';
import type { World } from './world.ts';

type ApiRequest = Extract<Step, { do: 'request' }>;
type ApiAnswer = Extract<Step, { do: 'result' }>;

/** The requests of a recording to LiveKit Server's SIP API, under way side by side as they were. */
export class ApiCalls {
  readonly #world: World;
  readonly #calls: Promise<ApiResult>[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** @param names recorded names, and what takes their place today. */
  start({ method, request }: ApiRequest, names: ReadonlyMap<string, string>): void {
    const today = [...names].reduce(
      (text, [recorded, actual]) => text.replaceAll(recorded, actual),
      JSON.stringify(request),
    );
    this.#calls.push(this.#world.call(`SIP/${method}`, JSON.parse(today) as object));
  }

  /** The recorded answer next to today's, once that is there. */
  async result({ of, status, body }: ApiAnswer): Promise<{ expected: unknown; actual: unknown }> {
    const answer = await this.#calls[of];
    return { expected: comparable({ status, body }), actual: answer && comparable(answer) };
  }
}

/** Without ids, which differ, and empty fields, which the recordings leave out. */
function comparable({ status, body }: ApiResult): unknown {
  const fields = Object.entries(body).filter(([, value]) => value !== '' && value !== false && value !== 0);
  return {
    status,
    body: Object.fromEntries(
      fields.map(([name, value]) => [
        name,
        typeof value === 'string' ? value.replace(/^(PA|SCL)_\w{12}$/, '<$1>') : value,
      ]),
    ),
  };
}
