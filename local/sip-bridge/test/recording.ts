import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What happened at one moment of a recording; `at` is ms on its clock. */
export type Step = { at: number } & (
  | {
      from: 'caller' | 'service';
      sip: string;
      /** When the same 180 came again. */
      again?: number[];
    }
  | { do: 'join'; who: string; publish: boolean; subscribe: boolean }
  | { do: 'leave'; who: string }
  | { do: 'delete-room' | 'remove-caller' }
  | { do: 'update-caller'; attributes: Record<string, string> }
  | { do: 'publish-dtmf'; code: number; digit: string }
  | { do: 'create-rule'; rule: object }
);

/** One scenario of the official service, see recordings/README.md. */
export interface Recording {
  id: string;
  title: string;
  ports: { caller: number; rtp?: number };
  trunks: Record<string, unknown>[];
  rules: Record<string, unknown>[];
  steps: Step[];
  rtp?: {
    sent: { packets: number; first?: number; last?: number };
    received: { pt: number; packets: number; medianTsStep: number; payloadLen: number }[];
    /** ms, marker, timestamp, payload in hex */
    sentEvents?: [number, number, number, string][];
    /** marker, timestamp, sequence, payload in hex */
    receivedEvents?: [number, number, number, string][];
  };
  room?: string;
  joined?: {
    identity: string;
    name: string;
    kind: string;
    metadata?: string;
    attributes: Record<string, string>;
  };
  track?: { name: string; source: string; mimeType: string; stream: string };
  webhooks?: string[][];
  statuses?: string[];
  statusWhenLeft?: string;
  digits?: [number, string][];
}

const folder = join(import.meta.dirname, '..', 'recordings');

export async function readRecordings(): Promise<Recording[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Recording),
  );
}
