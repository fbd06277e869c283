import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What happened at one moment of a recording; `at` is ms on its clock. */
export type Step = { at: number } & (
  | {
      /** The caller is the scripted peer: in recordings of outbound calls, the callee. */
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
  /** To LiveKit Server's SIP API; the answer is a step of its own. */
  | { do: 'request'; method: string; request: object }
  | ({ do: 'result'; of: number } & ApiResult)
);

export interface ApiResult {
  /** HTTP */
  status: number;
  body: Record<string, unknown>;
}

/** What LiveKit Server was told of a call or a transfer. */
export interface State {
  call?: string | undefined;
  reason?: string | undefined;
  transfer?: string | undefined;
  to?: string;
  error?: string;
  /** Reason phrase of a SIP refusal. */
  sip?: string;
}

/** One scenario of the official service, see recordings/README.md. */
export interface Recording {
  id: string;
  title: string;
  ports: { caller: number; rtp?: number; service?: number };
  trunks: Record<string, unknown>[];
  rules: Record<string, unknown>[];
  /** The trunk of an outbound call. */
  outbound?: Record<string, unknown>;
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
  attributesWhenLeft?: Record<string, string>;
  states?: State[];
  digits?: [number, string][];
}

const folder = join(import.meta.dirname, '..', 'recordings');

export async function readRecordings(): Promise<Recording[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Recording),
  );
}
