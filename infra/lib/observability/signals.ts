import { loadNamespace } from '../compute/service.ts';

export type LogName = 'agent' | 'mcp' | 'recorder' | 'enrich' | 'edge';

/** A metric made from an app's log. Messages are constant and hold nothing of a caller's. */
export interface Signal {
  metric: string;
  log: LogName;
  /** CloudWatch Logs filter pattern. */
  pattern: string;
  /** Field that is its value; without one each line counts 1. */
  value?: string;
  unit?: 'Milliseconds' | 'Count';
  namespace?: string;
  byApp?: true;
}

const message = (text: string, more = '') => `{ $.message = "${text}"${more} }`;

/** Kamailio's decisions, as the edge's journal has them: a word before each line of JSON. */
const event = (name: string, more = '') => `"\\"event\\":\\"${name}\\""${more}`;

const loads = (log: 'agent' | 'recorder'): Signal[] =>
  (['held', 'waiting', 'capacity'] as const).map((field) => ({
    metric: field[0]!.toUpperCase() + field.slice(1),
    log,
    pattern: message('load'),
    value: `$.${field}`,
    namespace: loadNamespace,
    byApp: true,
  }));

export const signals: readonly Signal[] = [
  ...loads('agent'),
  ...loads('recorder'),
  { metric: 'TurnMs', log: 'agent', pattern: message('turn answered'), value: '$.ms', unit: 'Milliseconds' },
  { metric: 'CallsClaimed', log: 'agent', pattern: message('call claimed') },
  { metric: 'TakeOvers', log: 'agent', pattern: message('call claimed', ' && $.fence > 1') },
  { metric: 'CallsSealed', log: 'agent', pattern: message('call sealed') },
  { metric: 'CallsGivenUp', log: 'agent', pattern: message('call given up') },
  { metric: 'CallsUnsealed', log: 'agent', pattern: message('left unsealed in the log store') },
  { metric: 'EntriesRefused', log: 'agent', pattern: message('log refused an entry') },
  { metric: 'StaffNotTold', log: 'agent', pattern: message('staff not told') },
  { metric: 'AlertsLost', log: 'agent', pattern: message('alert lost') },
  { metric: 'LogStoreAway', log: 'agent', pattern: message('log store out of reach') },
  { metric: 'HearingFailed', log: 'agent', pattern: message('part failed', ' && $.part = "stt_error"') },
  { metric: 'ModelFailed', log: 'agent', pattern: message('part failed', ' && $.part = "llm_error"') },
  { metric: 'SpeechFailed', log: 'agent', pattern: message('part failed', ' && $.part = "tts_error"') },
  { metric: 'ToolBroke', log: 'mcp', pattern: message('tool broke') },
  { metric: 'CallsNotRecorded', log: 'recorder', pattern: message('call not recorded') },
  { metric: 'SipAdmitted', log: 'edge', pattern: event('admitted') },
  { metric: 'SipUnavailable', log: 'edge', pattern: event('refused', ' "\\"code\\":503"') },
  { metric: 'SipNotGranted', log: 'edge', pattern: event('not-granted') },
  { metric: 'LiveKitSipFailed', log: 'edge', pattern: event('target-failed') },
  { metric: 'CallsNotEnriched', log: 'enrich', pattern: message('call not enriched') },
];
