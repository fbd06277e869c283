import { parseJson } from '@vestibule/core';
import type { Control } from './app.ts';
import type { FaultPlan } from './faults.ts';

const bodyLimit = 10_000;
const json = { 'content-type': 'application/json' };

/** `/_local/faults`: `POST` plans a fault, `DELETE` forgets all, `GET` lists. */
export function faultControl(faults: FaultPlan): Control {
  return async (exchange) => {
    if (exchange.method === 'DELETE') faults.clear();
    if (exchange.method === 'POST') {
      const wrong = faults.add(parseJson((await exchange.body(bodyLimit)).toString('utf8')));
      if (wrong !== undefined) return exchange.respond(400, json, JSON.stringify({ message: wrong }));
    }
    exchange.respond(200, json, JSON.stringify({ planned: faults.list() }));
  };
}
