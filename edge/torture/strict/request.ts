import { rules } from './grammar.ts';
import { type Message, readMessage, valuesOf } from './message.ts';
import { sdpFaults } from './sdp.ts';

/** Headers that a request has once, and the rule for each. */
const single = {
  from: rules.address,
  to: rules.address,
  'call-id': rules.callId,
  cseq: rules.cseq,
  'max-forwards': rules.number,
  'content-length': rules.number,
} as const;

/** Everything that makes a request one that no stack should have to take; empty when nothing does. */
export function requestFaults(bytes: Buffer): string[] {
  const message = readMessage(bytes);
  const [, method = ''] = rules.requestLine.exec(message.startLine) ?? [];
  const faults = [...message.faults];
  if (method === '') faults.push(`request line: ${JSON.stringify(message.startLine.slice(0, 80))}`);
  for (const [name, rule] of Object.entries(single)) faults.push(...singleFaults(message, name, rule));
  faults.push(...addressFaults(message, method), ...numberFaults(message, method), ...bodyFaults(message));
  return faults;
}

function singleFaults(message: Message, name: string, rule: RegExp): string[] {
  const values = valuesOf(message, name);
  if (values.length !== 1) return [`${values.length} × ${name}`];
  return rule.test(values[0] ?? '') ? [] : [`${name}: ${JSON.stringify(values[0]?.slice(0, 80))}`];
}

function addressFaults(message: Message, method: string): string[] {
  const faults: string[] = [];
  const vias = valuesOf(message, 'via');
  if (vias.length === 0) faults.push('no via');
  const lists = { via: rules.via, route: rules.routes, 'record-route': rules.routes } as const;
  for (const [name, rule] of Object.entries(lists))
    for (const value of valuesOf(message, name))
      if (!rule.test(value)) faults.push(`${name}: ${JSON.stringify(value.slice(0, 80))}`);
  const contacts = valuesOf(message, 'contact');
  if (method === 'INVITE' && contacts.length !== 1) faults.push(`${contacts.length} × contact`);
  for (const contact of contacts)
    if (!rules.contact.test(contact)) faults.push(`contact: ${JSON.stringify(contact.slice(0, 80))}`);
  if (!/;\s*tag\s*=/i.test(valuesOf(message, 'from')[0] ?? '')) faults.push('from has no tag');
  return faults;
}

function numberFaults(message: Message, method: string): string[] {
  const faults: string[] = [];
  const [, number, inCseq] = rules.cseq.exec(valuesOf(message, 'cseq')[0] ?? '') ?? [];
  if (inCseq !== method) faults.push(`cseq is of ${inCseq}`);
  if (Number(number) >= 2 ** 31) faults.push('cseq of 2^31 or more');
  if (Number(valuesOf(message, 'max-forwards')[0]) > 255) faults.push('max-forwards over 255');
  return faults;
}

function bodyFaults(message: Message): string[] {
  const { body } = message;
  const faults: string[] = [];
  const length = valuesOf(message, 'content-length')[0];
  if (Number(length) !== body.length) faults.push(`content-length ${length}, body ${body.length}`);
  const types = valuesOf(message, 'content-type');
  if (types.length > 1 || (body !== '' && types.length === 0)) faults.push(`${types.length} × content-type`);
  for (const type of types)
    if (!rules.mediaType.test(type)) faults.push(`content-type: ${JSON.stringify(type.slice(0, 60))}`);
  if (/^application\s*\/\s*sdp/i.test(types[0] ?? '') && body !== '') faults.push(...sdpFaults(body));
  return faults;
}
