import type { IntakeEvent } from '@vestibule/questionnaire';

/** What the engine did, in a line; `asked`: the link of the question that stood. */
export function happened(event: IntakeEvent, asked: string | undefined): string {
  switch (event.kind) {
    case 'answered': {
      const volunteered = event.linkId === asked ? '' : ' (volunteered)';
      return `${event.linkId} = ${event.display}${volunteered}${event.confirmed ? '' : ', to be read back'}`;
    }
    case 'corrected':
      return `corrected: ${event.linkId} = ${event.display}, was ${shown(event.from)}${event.confirmed ? '' : ', to be read back'}`;
    case 'held':
      return `held until it applies: ${event.linkId} = ${event.display}`;
    case 'confirmed':
    case 'rejected':
    case 'declined':
    case 'skipped':
      return `${event.kind}: ${event.linkId}`;
    case 'unknown':
      return `the caller does not know: ${event.linkId}`;
    case 'dropped':
      return `dropped: ${event.linkId}, because ${event.because} was corrected`;
    case 'invalid':
      return `refused for ${event.linkId} (${event.code}): ${event.problem}`;
    case 'redFlag':
      return `RED FLAG ${event.id} (${event.severity}, ${event.action}), ${raisedBy(event)}`;
    case 'calculated':
      return `calculated: ${event.linkId} = ${event.display ?? 'nothing'}`;
    case 'noted':
      return `noted: ${event.problem}`;
    case 'expressionFailed':
      return `an expression failed (${event.linkId ?? 'questionnaire'}, ${event.expression}): ${event.problem}`;
    case 'handedOver':
      return `handed over: ${event.reason}`;
    case 'caller':
      return `on the line: ${event.caller}`;
    case 'contextRefused':
      return `what was looked up is not used: ${event.problem}`;
    case 'completed':
      return 'completed';
  }
}

function raisedBy({ phrase, by, denied }: Extract<IntakeEvent, { kind: 'redFlag' }>): string {
  const cause =
    phrase !== undefined
      ? `by the phrase ${phrase}`
      : by === 'likeness'
        ? 'by words that are like it'
        : 'by an answer, or by what the caller confirmed';
  return `${cause}${denied ? '; the caller denied it' : ''}`;
}

function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return 'display' in value ? String(value.display) : JSON.stringify(value);
}
