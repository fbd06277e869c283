import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { respond } from './index.ts';
import { asked, clinicPrompt, clinicTools, readBackOf } from './testing/clinic.ts';
import { insurancePrompt, insuranceTools } from './testing/insurance.ts';
import { inShort, request } from './testing/requests.ts';

const birth = 'What is your date of birth?';
const phone = 'What is the best number to call you back?';

/** [what is current, what the agent said, what the caller says, what the model does] */
type Row = readonly [now: string, said: string, words: string, expected: string];

const birthDate = asked('birth-date', 'date', birth, 'We use it to find the right record.');
const callback = asked('callback-number', 'phone', phone);
const reason = `${asked('reason', 'open-choice', 'In a few words, what is the reason for your visit?')}; one of: check-up (a check-up), refill (a prescription refill)`;
const chest = asked('chest-pain', 'yes or no', 'Do you have chest pain or trouble breathing right now?');
const allergies = asked('allergies', 'text', 'Are there any allergies we should know about?');
const nameBack = readBackOf('full-name', 'I have John Smith. Is that right?');
const dateBack = readBackOf('birth-date', 'I have March 3, 1985. Is that right?');
const consent = `Current question
- item: recording-consent
- type: boolean (yes or no)
- question: May I record this call and keep a transcript of it? Please say yes or no.
Nothing else may be asked before this is answered.`;

const clinic: readonly Row[] = [
  [
    birthDate,
    birth,
    'Um, I was born on March third nineteen eighty five.',
    'record_answer{"item":"birth-date","answer":"March third nineteen eighty five"}',
  ],
  [
    birthDate,
    birth,
    "It's the fifth of May, 1980.",
    'record_answer{"item":"birth-date","answer":"fifth of May, 1980"}',
  ],
  [
    birthDate,
    birth,
    'March third nineteen eighty five and my phone number is five five five zero one two three.',
    'record_answer{"item":"birth-date","answer":"March third nineteen eighty five"} + record_answer{"item":"callback-number","answer":"five five five zero one two three"}',
  ],
  [birthDate, birth, "I'd rather not say.", 'decline_item{"item":"birth-date","reason":"declined"}'],
  [birthDate, birth, "I don't know.", 'decline_item{"item":"birth-date","reason":"unknown"}'],
  [birthDate, birth, "I don't remember exactly.", 'decline_item{"item":"birth-date","reason":"unknown"}'],
  [
    birthDate,
    birth,
    'What are your opening hours?',
    'search_knowledge{"query":"What are your opening hours?"}',
  ],
  [
    birthDate,
    birth,
    'excuse me can you tell me where can i park',
    'search_knowledge{"query":"where can i park"}',
  ],
  [
    birthDate,
    birth,
    'March third 1985. Do you take Aetna?',
    'record_answer{"item":"birth-date","answer":"March third 1985"} + search_knowledge{"query":"Do you take Aetna?"}',
  ],
  [birthDate, birth, 'Why do you need that?', `We use it to find the right record. ${birth}`],
  [birthDate, birth, 'Sorry, can you repeat that?', `Certainly. ${birth}`],
  [birthDate, birth, 'What?', `Certainly. ${birth}`],
  [birthDate, birth, 'Can I talk to a real person please?', 'end_call{"reason":"wants-person"}'],
  [birthDate, birth, 'I have to go now. Goodbye.', 'end_call{"reason":"wants-to-stop"}'],
  [birthDate, birth, 'Uh.', 'not_understood{}'],
  [birthDate, birth, '(Go on.)', birth],
  [birthDate, birth, 'Hello? Are you there?', `Yes, I am here. ${birth}`],
  [birthDate, birth, 'One moment please, let me check.', 'Take your time.'],
  [birthDate, birth, 'Are you a robot?', `I am an automated assistant. ${birth}`],
  [birthDate, birth, 'I was born on', 'not_understood{}'],
  [
    birthDate,
    birth,
    'Actually my name is John Smythe.',
    'record_answer{"item":"full-name","answer":"John Smythe"}',
  ],
  [callback, phone, "It's 555 010 0123.", 'record_answer{"item":"callback-number","answer":"555 010 0123"}'],
  [
    callback,
    phone,
    'You can reach me at five five five oh one two three',
    'record_answer{"item":"callback-number","answer":"five five five oh one two three"}',
  ],
  [
    callback,
    phone,
    'Can you have someone call me?',
    'create_case{"summary":"Can you have someone call me?","priority":"routine"}',
  ],
  [
    reason,
    'What is the reason?',
    "I have a cough and I'm allergic to penicillin.",
    'record_answer{"item":"reason","answer":"I have a cough and I\'m allergic to penicillin"} + record_answer{"item":"allergies","answer":"I\'m allergic to penicillin"}',
  ],
  [
    reason,
    'What is the reason?',
    'Can I get a refill?',
    'record_answer{"item":"reason","answer":"Can I get a refill?"}',
  ],
  [reason, 'What is the reason?', 'that is for', 'not_understood{}'],
  [reason, 'What is the reason?', 'I have', 'not_understood{}'],
  [reason, 'What is the reason?', 'But.', 'not_understood{}'],
  [
    birthDate,
    birth,
    'Yes. My phone number is five five five zero one two three.',
    'record_answer{"item":"callback-number","answer":"five five five zero one two three"}',
  ],
  [
    chest,
    'Any chest pain?',
    'No, not at all.',
    'record_answer{"item":"chest-pain","answer":"No, not at all"}',
  ],
  [
    chest,
    'Any chest pain?',
    "I don't think so.",
    'record_answer{"item":"chest-pain","answer":"I don\'t think so"}',
  ],
  [
    allergies,
    'Any allergies?',
    'None that I know of.',
    'record_answer{"item":"allergies","answer":"None that I know of"}',
  ],
  [
    consent,
    'May I record this call?',
    'Yes please.',
    'record_answer{"item":"recording-consent","answer":"Yes please"}',
  ],
  [nameBack, 'I have John Smith. Is that right?', 'Yes, that is right.', 'confirm_read_back{"correct":true}'],
  [nameBack, 'I have John Smith. Is that right?', 'Yeah', 'confirm_read_back{"correct":true}'],
  [
    nameBack,
    'I have John Smith. Is that right?',
    "No, that's not right.",
    'confirm_read_back{"correct":false}',
  ],
  [
    nameBack,
    'I have John Smith. Is that right?',
    "No, it's John Smythe.",
    'confirm_read_back{"correct":false,"correction":"John Smythe"}',
  ],
  [
    nameBack,
    'I have John Smith. Is that right?',
    'Absolutely not, you got it wrong.',
    'confirm_read_back{"correct":false}',
  ],
  [
    dateBack,
    'I have March 3, 1985. Is that right?',
    'Yes but the year is wrong.',
    'confirm_read_back{"correct":false,"correction":"the year is wrong"}',
  ],
  [
    dateBack,
    'I have March 3, 1985. Is that right?',
    'Yes, but my phone number is five five five zero one two three.',
    'confirm_read_back{"correct":true} + record_answer{"item":"callback-number","answer":"five five five zero one two three"}',
  ],
  [nameBack, 'I have John Smith. Is that right?', 'John Smith.', 'confirm_read_back{"correct":true}'],
  [
    dateBack,
    'I have March 3, 1985. Is that right?',
    'March fifth nineteen eighty five.',
    'confirm_read_back{"correct":false,"correction":"March fifth nineteen eighty five"}',
  ],
  [
    dateBack,
    'I have March 3, 1985. Is that right?',
    'Yes, and my phone number is five five five zero one two three.',
    'confirm_read_back{"correct":true} + record_answer{"item":"callback-number","answer":"five five five zero one two three"}',
  ],
  [
    dateBack,
    'I have March 3, 1985. Is that right?',
    'What did you say?',
    'Certainly. I have March 3, 1985. Is that right?',
  ],
];

describe('the clinic intake', () => {
  for (const [now, said, words, expected] of clinic) {
    test(`${said} — ${words}`, () => {
      assert.equal(
        inShort(respond(request(clinicPrompt(now), clinicTools, [{ agent: said }, { caller: words }]))),
        expected,
      );
    });
  }
});

const slots = {
  policyNumber: 'What is your policy number?',
  accidentDay: 'When was the accident?',
  otherDriver: 'Was another driver involved?',
  damage: 'What was damaged?',
};

const insurance: readonly (readonly [said: string, words: string, expected: string])[] = [
  [
    slots.policyNumber,
    "It's H M seven seven one.",
    'saveClaimField{"slot":"policyNumber","content":"H M seven seven one"}',
  ],
  [
    slots.accidentDay,
    'It was on March third.',
    'saveClaimField{"slot":"accidentDay","content":"March third"}',
  ],
  [slots.otherDriver, 'No, just me.', 'saveClaimField{"slot":"otherDriver","content":"No, just me"}'],
  [
    slots.damage,
    'The front bumper and my left headlight.',
    'saveClaimField{"slot":"damage","content":"The front bumper and my left headlight"}',
  ],
  [
    slots.damage,
    'The bumper, and my email is ann at example dot com.',
    'saveClaimField{"slot":"damage","content":"The bumper, and my email is ann at example dot com"} + saveClaimField{"slot":"contactEmail","content":"ann at example dot com"}',
  ],
  [slots.policyNumber, "I don't have it with me.", 'skipSlot{"slot":"policyNumber","why":"doesNotKnow"}'],
  [slots.policyNumber, "I won't tell you.", 'skipSlot{"slot":"policyNumber","why":"refuses"}'],
  [slots.damage, 'Is towing covered?', 'lookupPolicyInfo{"question":"Is towing covered?"}'],
  ['So the accident was on March third, correct?', 'Yes.', 'verifyValue{"isRight":true}'],
  ['So the accident was on March third, correct?', 'No.', 'verifyValue{"isRight":false}'],
  [
    'So the accident was on March third, correct?',
    'No, on March fourth.',
    'saveClaimField{"slot":"accidentDay","content":"March fourth"}',
  ],
  [
    'So the accident was on March third, correct?',
    'Yes, except the year is wrong.',
    'verifyValue{"isRight":false}',
  ],
  [slots.damage, 'Let me speak to a human.', 'escalateToHuman{}'],
  [slots.damage, 'Goodbye.', 'hangUp{}'],
  [slots.damage, 'Hmm.', `I am sorry, I did not understand. ${slots.damage}`],
];

describe('a car insurance claim, never seen before', () => {
  for (const [said, words, expected] of insurance) {
    test(`${said} — ${words}`, () => {
      assert.equal(
        inShort(
          respond(
            request(insurancePrompt, insuranceTools, [
              { caller: 'Hello.' },
              { agent: said },
              { caller: words },
            ]),
          ),
        ),
        expected,
      );
    });
  }
});
