const english = { type: 'text', analyzer: 'english' } as const;
const keyword = { type: 'keyword' } as const;
const integer = { type: 'integer' } as const;
const float = { type: 'float' } as const;
const flag = { type: 'boolean' } as const;
/** Stored and shown, not searched, so that a new key needs no mapping. */
const stored = { type: 'object', enabled: false } as const;
const distribution = {
  properties: { count: integer, median: integer, p90: integer, p95: integer, max: integer },
};

const quality = {
  durationMs: integer,
  greetingMs: integer,
  itemsAsked: integer,
  itemsAnswered: integer,
  itemsDeclined: integer,
  itemsUnknown: integer,
  itemsUnusable: integer,
  itemsNotAsked: integer,
  corrections: integer,
  invalidAnswers: integer,
  retries: stored,
  obtainedBy: stored,
  readBacks: integer,
  rejectedReadBacks: integer,
  bargeIns: integer,
  silentTurns: integer,
  agentCutIns: integer,
  takeOvers: integer,
  toolCalls: integer,
  failedToolCalls: integer,
  toolMs: distribution,
  modelMs: distribution,
  tokens: { properties: { prompt: integer, completion: integer } },
  errors: stored,
  turns: { properties: { caller: integer, agent: integer } },
  callerSpokeMs: integer,
  agentSpokeMs: integer,
  callerShare: float,
  overlapMs: integer,
  silence: { properties: { totalMs: integer, longestMs: integer, long: integer, share: float } },
  confidence: float,
  lowestConfidence: float,
  unsureTurns: integer,
  responseMs: distribution,
} as const;

/** A mapping only grows: an index of an earlier version gets what it lacks, and a member's type never changes. */
export const callsMapping = {
  dynamic: 'strict',
  properties: {
    callId: keyword,
    tenant: keyword,
    startedAt: { type: 'date' },
    endedAt: { type: 'date' },
    dialled: keyword,
    questionnaire: keyword,
    outcome: keyword,
    recorded: flag,
    archive: { type: 'keyword', index: false },
    redFlags: {
      properties: {
        id: keyword,
        severity: keyword,
        action: keyword,
        lane: keyword,
        linkId: keyword,
        atMs: integer,
        staff: keyword,
        toldAt: { type: 'date' },
        toldAfterMs: integer,
      },
    },
    reviewed: flag,
    reason: english,
    summary: english,
    answers: { properties: { linkId: keyword, question: english, answer: english } },
    open: { properties: { linkId: keyword, question: english, why: keyword } },
    codes: {
      properties: {
        linkId: keyword,
        system: keyword,
        code: keyword,
        display: english,
        score: float,
        value: float,
      },
    },
    questions: {
      properties: { linkId: keyword, system: keyword, code: keyword, display: english, answer: english },
    },
    transcript: english,
    quality: { properties: quality },
  },
} as const;
