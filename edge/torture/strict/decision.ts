import { readMessage, valuesOf } from './message.ts';

/** The edge's decision as it stands in an INVITE: each header once, with a value that the edge can have written. */
const written: Record<string, RegExp> = {
  'x-vestibule-decision': /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  'x-vestibule-edge': /^127\.\d+\.\d+\.\d+$/,
  'x-vestibule-zone': /^test-a$/,
  'x-vestibule-carrier': /^twilio$/,
  'x-vestibule-attestation': /^(A|B|C|failed|none)$/,
  'x-vestibule-verified': /^(yes|no)$/,
  'x-vestibule-number': /^\+15550100100$/,
};

/** On the attacked edge's allow list. */
const allowed = '+15550199000';

/**
 * Headers of the decision that the edge has not written. Behind a proxy that writes none, each is somebody else's. `yes` must follow from the
 * message itself.
 */
export function forgedHeaders(bytes: Buffer, { writesDecision }: { writesDecision: boolean }): string[] {
  const message = readMessage(bytes);
  // However it is written: a stack that takes a lone CR or LF for a line end would read a header there as well.
  const mentioned = bytes.toString('latin1').match(/(?<=[\r\n\0])x-vestibule-[^:]*/gi) ?? [];
  if (!writesDecision) return [...mentioned];
  const faults = mentioned
    .map((name) => name.trim().toLowerCase())
    .filter((name, index, all) => written[name] === undefined || all.indexOf(name) !== index);
  for (const [name, rule] of Object.entries(written))
    if (!rule.test(valuesOf(message, name)[0] ?? '')) faults.push(`${name}: ${valuesOf(message, name)[0]}`);
  const statements = valuesOf(message, 'x-twilio-verstat');
  const attested = statements.length === 1 && statements[0] === 'TN-Validation-Passed-A';
  const caller = /^(?:[^<]*<)?sips?:([^@;>]*)@/i.exec(valuesOf(message, 'from')[0] ?? '')?.[1];
  const verified = valuesOf(message, 'x-vestibule-verified')[0] === 'yes';
  if (verified && !(attested && caller === allowed)) faults.push(`verified: ${caller}, ${statements.join()}`);
  return faults;
}
