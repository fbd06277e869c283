import type { ToolFixture } from './requests.ts';

/** A questionnaire and tools that the rules have never seen: a car insurance claim, other names, other order. */
export const insurancePrompt = `You handle first notice of loss for Harbour Mutual, a car insurer, over the phone.
Collect these fields, in this order:
1. policyNumber: the number of the policy
2. accidentDay: the day of the accident
3. otherDriver: whether another driver was involved
4. damage: what was damaged
5. contactEmail: an email address
Our claims line is open from eight to six on weekdays. Towing is covered up to two hundred dollars.`;

const fields = ['policyNumber', 'accidentDay', 'otherDriver', 'damage', 'contactEmail'];
const slot = { anyOf: [{ type: 'string', enum: fields }, { type: 'null' }], title: 'Slot' };

export const insuranceTools: readonly ToolFixture[] = [
  {
    name: 'lookupPolicyInfo',
    description: 'Look up what our policies say, when the customer wants information.',
    schema: { type: 'object', properties: { question: { type: 'string' } }, required: ['question'] },
  },
  {
    name: 'hangUp',
    description: 'Ends the phone call.',
    schema: { type: 'object', properties: {} },
  },
  {
    name: 'verifyValue',
    description: 'Store if the customer says the value we repeated is right.',
    schema: { type: 'object', properties: { isRight: { type: 'boolean' } }, required: ['isRight'] },
  },
  {
    name: 'skipSlot',
    description: 'The customer would rather not tell, or has no idea.',
    schema: {
      type: 'object',
      properties: { slot, why: { type: 'string', enum: ['doesNotKnow', 'refuses'] } },
      required: ['slot', 'why'],
    },
  },
  {
    name: 'saveClaimField',
    description: 'Save what the customer said for one field of the claim.',
    schema: {
      type: 'object',
      properties: { content: { type: 'string' }, slot },
      required: ['slot', 'content'],
    },
  },
  {
    name: 'escalateToHuman',
    description: 'Pass the caller on to a colleague.',
    schema: { type: 'object', properties: { note: { type: 'string' } } },
  },
];
