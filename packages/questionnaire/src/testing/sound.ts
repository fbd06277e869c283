import assert from 'node:assert/strict';
import { mayAnswer } from '../engine/caller.ts';
import { catalogueOf, isAskable } from '../engine/catalogue.ts';
import { describeForModel } from '../engine/describe.ts';
import { enablementOf } from '../engine/enablement.ts';
import { questionnaireResponse } from '../engine/response.ts';
import { currentStep } from '../engine/steps.ts';
import { answersTable } from '../engine/table.ts';
import type { Definition, IntakeState, Item } from '../types.ts';
import { today } from './intake.ts';
import { responseFaults } from './response-faults.ts';

/** What holds in every state of every intake. @param run names the run that shows it */
export function assertSound(definition: Definition, state: IntakeState, run: string): void {
  assert.deepEqual(JSON.parse(JSON.stringify(state)), state, `${run}: the state is plain JSON`);
  const step = currentStep(definition, state);
  const { ordered, byLink } = catalogueOf(definition, state);
  const enabled = enablementOf(definition, state);
  if (step.kind === 'complete') {
    for (const { item } of ordered)
      if (isAskable(item) && enabled(item.linkId)) assertSettled(item, state, run);
  }
  if (step.kind === 'ask') {
    assert.ok(enabled(step.linkId), `${run}: asks ${step.linkId}, which does not apply`);
    assert.ok(
      mayAnswer(byLink.get(step.linkId)!.item, state),
      `${run}: asks the wrong person ${step.linkId}`,
    );
    assert.ok(step.prompt.trim() !== '', `${run}: nothing to say`);
    assert.ok(step.attempt <= definition.attempts, `${run}: asked too often`);
  }
  for (const ended of [false, true]) {
    const response = questionnaireResponse(definition, state, { authored: `${today}T00:00:00Z`, ended });
    assert.deepEqual(responseFaults(definition, response), [], run);
  }
  answersTable(definition, state);
  describeForModel(definition, state);
}

function assertSettled(item: Item, state: IntakeState, run: string): void {
  const known = state.items[item.linkId];
  if (!mayAnswer(item, state)) {
    const isNeeded = item.answeredBy === 'patient' && item.required;
    assert.ok(!isNeeded || known, `${run}: complete without the patient's ${item.linkId}`);
    return;
  }
  assert.ok(known, `${run}: complete with ${item.linkId} open`);
  if (item.required) assert.notEqual(known.status, 'skipped', `${run}: ${item.linkId} is required`);
  if (known.status === 'answered') assert.ok(known.confirmed, `${run}: ${item.linkId} is not confirmed`);
}
