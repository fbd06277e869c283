import { CodedError } from '@vestibule/core';

/** Why a tool gave no answer, with what the agent may say about it. None claims what was not done. */
const failures = {
  'caller-not-verified': {
    retryable: false,
    speakable:
      "I can't look at records on this call, but I can take your details and our staff will match them.",
  },
  'invalid-arguments': {
    retryable: false,
    speakable: "I didn't get all I need for that. Let me ask you once more.",
  },
  'not-found': { retryable: false, speakable: "I couldn't find that in our system." },
  'idempotency-conflict': { retryable: false, speakable: 'That has been noted already.' },
  'backend-refused': { retryable: false, speakable: "I can't do that from here, but our staff can." },
  'backend-unavailable': {
    retryable: true,
    speakable: "Our system isn't answering right now. Let's go on, and our staff will follow up.",
  },
  'backend-timeout': {
    retryable: true,
    speakable: "Our system is very slow right now. Let's go on, and our staff will follow up.",
  },
  'backend-failed': {
    retryable: true,
    speakable: "Something went wrong in our system. Let's go on, and our staff will follow up.",
  },
  'knowledge-unavailable': {
    retryable: true,
    speakable: "I can't look that up right now. Our staff can answer it.",
  },
  internal: { retryable: false, speakable: "I couldn't do that just now. Our staff can help you with it." },
} as const satisfies Record<string, { retryable: boolean; speakable: string }>;

export type FailureCode = keyof typeof failures;

/** What is wrong with an argument. Never repeats the argument: it may be a caller's words. */
export interface ArgumentFault {
  path: string;
  message: string;
}

export class ToolFailure extends CodedError<FailureCode> {
  readonly retryable: boolean;
  readonly speakable: string;
  readonly faults: readonly ArgumentFault[];

  constructor(code: FailureCode, options: { cause?: unknown; faults?: readonly ArgumentFault[] } = {}) {
    super(code, code, options);
    ({ retryable: this.retryable, speakable: this.speakable } = failures[code]);
    this.faults = options.faults ?? [];
  }
}
