import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { ServiceError } from './service-error.ts';
import { blob, readMembers } from './members.ts';

const schema = z.object({
  KeyId: z.string().min(1).max(5),
  Spec: z.enum(['A', 'B']).optional(),
  Size: z.int().min(1).max(10).optional(),
  Bytes: blob(1, 3).optional(),
  Name: z
    .string()
    .regex(/^[a-z]+$/)
    .optional(),
  Entries: z
    .array(z.object({ Bus: z.string().min(1) }))
    .max(1)
    .optional(),
});

function refusal(input: unknown): string {
  try {
    readMembers(schema, input);
    return 'none';
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    return `${error.code}: ${error.message}`;
  }
}

describe("members that break a rule are refused in the services' words", () => {
  const cases: readonly (readonly [object, string])[] = [
    [{}, "Value null at 'keyId' failed to satisfy constraint: Member must not be null"],
    [
      { KeyId: '' },
      "Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      { KeyId: 'k', Spec: 'C' },
      "Value 'C' at 'spec' failed to satisfy constraint: Member must satisfy enum value set: [A, B]",
    ],
    [
      { KeyId: 'k', Size: 11 },
      "Value '11' at 'size' failed to satisfy constraint: Member must have value less than or equal to 10",
    ],
    [
      { KeyId: 'k', Bytes: '' },
      "Value at 'bytes' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      { KeyId: 'k', Bytes: 'AAAAAA==' },
      "Value at 'bytes' failed to satisfy constraint: Member must have length less than or equal to 3",
    ],
    [
      { KeyId: 'k', Name: 'X' },
      "Value 'X' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z]+$",
    ],
    [
      { KeyId: 'k', Entries: [{ Bus: '' }] },
      "Value '' at 'entries.1.member.bus' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      { KeyId: 'k', Entries: [{ Bus: 'a' }, { Bus: 'b' }] },
      "Value at 'entries' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
  ];
  for (const [input, words] of cases) {
    test(words.split(' failed')[0] ?? '', () =>
      assert.equal(refusal(input), `ValidationException: 1 validation error detected: ${words}`),
    );
  }

  test('all at once', () => {
    const words = refusal({ KeyId: 'too long', Size: 0 });
    assert.match(words, /^ValidationException: 2 validation errors detected: .*'keyId'.*; .*'size'/);
  });
});

test('a value of another type cannot be read at all', () => {
  for (const input of [{ KeyId: 3 }, { KeyId: 'k', Bytes: '*' }, { KeyId: 'k', Size: 1.5 }, [], undefined]) {
    assert.match(refusal(input), /^SerializationException: /);
  }
});

test('bytes are decoded', () => {
  assert.deepEqual(readMembers(schema, { KeyId: 'k', Bytes: 'AQI=' }).Bytes, Buffer.from([1, 2]));
});
