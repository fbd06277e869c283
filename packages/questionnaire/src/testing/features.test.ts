import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { features } from './features.ts';

describe('features of FHIR', () => {
  for (const { name, holds, lacks } of features) {
    if (lacks === undefined) test(name, holds);
    // The table must not say of anything that it does not work once it does.
    else test(`not yet: ${name} (${lacks})`, () => assert.throws(holds));
  }
});
