import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { parseConfig } from './parse.ts';
import { toolsOfNumber } from './tools.ts';

const example = readFileSync(new URL('../../../vestibule.yaml', import.meta.url), 'utf8');
const calendar = { name: 'calendar', url: 'http://10.0.0.9/mcp', allow: ['slots.free'] };

function parsed(tools: object) {
  const document = parse(example) as { tools: object };
  document.tools = { backend: 'florizel', allow: ['search_knowledge', 'create_case'], ...tools };
  return parseConfig(stringify(document), 'vestibule.yaml');
}
const faultsOf = (tools: object) => parsed(tools).faults.map(({ path, message }) => `${path}: ${message}`);

test('a questionnaire has its own tools, or else all of the deployment’s, other servers’ among them', () => {
  const { config } = parsed({
    servers: [calendar],
    questionnaires: { 'new-patient': ['search_knowledge', 'calendar_slots_free'] },
  });
  assert.ok(config);
  assert.deepEqual(toolsOfNumber(config, '+15550100100'), ['search_knowledge', 'calendar_slots_free']);
  assert.deepEqual(toolsOfNumber(config, '+15550100101'), [
    'search_knowledge',
    'create_case',
    'calendar_slots_free',
  ]);
});

test('names that lead nowhere are faults, all together', () => {
  assert.deepEqual(
    faultsOf({
      servers: [calendar, calendar],
      questionnaires: { 'new-patient': ['find_patient'], other: [] },
      timeouts: { find_patient: 500 },
    }),
    [
      'tools.servers[1].name: calendar is there already',
      'tools.questionnaires.new-patient[0]: find_patient is not among the deployment’s tools',
      'tools.questionnaires.other: no number has the questionnaire other',
      'tools.timeouts.find_patient: find_patient is not under tools.allow',
    ],
  );
});

test('a server outside the VPC needs https and a permission', () => {
  assert.deepEqual(faultsOf({ servers: [{ ...calendar, url: 'http://mcp.example.com/' }] }), [
    'tools.servers[0].url: An MCP server outside the VPC needs an explicit egress permission',
    'tools.servers[0].url: callers’ words would cross the internet in the clear',
  ]);
});
