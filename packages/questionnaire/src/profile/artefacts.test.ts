import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { CodeSystem, ElementDefinition, StructureDefinition, ValueSet } from 'fhir/r4.d.ts';
import fhirpath from 'fhirpath';
import { fateOf, voice } from '../definition/extensions.ts';
import { fileOf, profileArtefacts, profileTable } from './artefacts.ts';
import { structureUrl } from './table.ts';

const folder = new URL('../../profile/', import.meta.url);
const artefacts = profileArtefacts();
const definitions = artefacts.filter(
  (one): one is StructureDefinition => one.resourceType === 'StructureDefinition',
);

/** R4's own rules for a StructureDefinition, by the names they have there. */
const invariants: Record<string, string> = {
  'sdf-0': "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')",
  'sdf-1': "derivation = 'constraint' or snapshot.element.select(path).isDistinct()",
  'sdf-3': 'snapshot.all(element.all(definition.exists().not() or (min.exists() and max.exists())))',
  'sdf-4': 'abstract = true or baseDefinition.exists()',
  'sdf-5': "type != 'Extension' or derivation = 'specialization' or (context.exists())",
  'sdf-6': 'snapshot.exists() or differential.exists()',
  'sdf-8':
    "snapshot.element.first().path = %resource.type and snapshot.element.tail().all(path.startsWith(%resource.type & '.'))",
  'sdf-9': "snapshot.element.where(path.contains('.').not() and label.exists()).empty()",
  'sdf-15': 'snapshot.element.first().type.empty()',
  'sdf-16':
    'snapshot.element.all(id.exists()) and snapshot.element.id.distinct().count() = snapshot.element.count()',
  'sdf-17':
    'differential.element.all(id.exists()) and differential.element.id.distinct().count() = differential.element.count()',
  'sdf-19': "url.startsWith('http://hl7.org/fhir/StructureDefinition').not()",
  'sdf-20': "differential.element.where(path.contains('.').not() and slicing.exists()).empty()",
  'sdf-21': 'differential.element.defaultValue.exists().not()',
  'sdf-23': "snapshot.element.all(path.contains('.').not() implies sliceName.empty())",
  'eld-2':
    "snapshot.element.all(min.empty() or max.empty() or max = '*' or iif(max != '*', min <= max.toInteger()))",
  'eld-11':
    "snapshot.element.all(binding.empty() or type.code.empty() or type.select((code = 'code') or (code = 'Coding')).exists())",
  'eld-13': 'snapshot.element.all(type.select(code).isDistinct())',
  base: 'snapshot.element.all(base.exists() and base.path.exists() and base.min.exists() and base.max.exists())',
};

describe('the voice profile as FHIR', () => {
  test('the files are what the code says; node packages/questionnaire/scripts/write-profile.ts', () => {
    assert.deepEqual(readdirSync(folder).sort(), artefacts.map(fileOf).sort());
    for (const artefact of artefacts) {
      const written: unknown = JSON.parse(readFileSync(new URL(fileOf(artefact), folder), 'utf8'));
      assert.deepEqual(written, JSON.parse(JSON.stringify(artefact)), fileOf(artefact));
    }
  });

  test('the README has the same table', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    assert.ok(readme.includes(profileTable()), 'node packages/questionnaire/scripts/write-profile.ts');
  });

  test('every extension that the reader knows has a definition, and none has one that it does not know', () => {
    assert.deepEqual(Object.values(voice).sort(), definitions.map(({ url }) => url).sort());
    for (const url of Object.values(voice)) assert.equal(fateOf(url), 'followed');
  });

  for (const definition of definitions) {
    test(`${definition.id}: R4's rules for a StructureDefinition hold`, () => {
      for (const [name, rule] of Object.entries(invariants))
        assert.deepEqual(fhirpath.evaluate(definition, rule, { resource: definition }), [true], name);
      assert.equal(definition.url, structureUrl(definition.id!));
    });

    test(`${definition.id}: the snapshot holds all that the differential says`, () => {
      const full = new Map(definition.snapshot!.element.map((element) => [element.id, element]));
      for (const element of definition.differential!.element) {
        const whole = full.get(element.id) as unknown as Record<string, unknown>;
        for (const [name, said] of Object.entries(element))
          assert.deepEqual(whole[name], said, `${element.id} ${name}`);
      }
    });
  }

  test('every value set that is bound is there, with its code system', () => {
    const sets = new Map(
      artefacts
        .filter((one): one is ValueSet => one.resourceType === 'ValueSet')
        .map((one) => [one.url, one]),
    );
    const systems = new Map(
      artefacts
        .filter((one): one is CodeSystem => one.resourceType === 'CodeSystem')
        .map((one) => [one.url, one]),
    );
    const bound = definitions.flatMap(({ snapshot }) => snapshot!.element.flatMap(boundBy));
    assert.deepEqual([...new Set(bound)].sort(), [...sets.keys()].sort());
    for (const { compose, url } of sets.values()) {
      const system = systems.get(compose!.include[0]!.system);
      assert.ok(system && system.concept!.length === system.count, url);
      assert.equal(system.valueSet, url);
    }
  });
});

function boundBy({ binding }: ElementDefinition): string[] {
  return binding?.valueSet === undefined ? [] : [binding.valueSet];
}
