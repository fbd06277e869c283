import type { Fault } from '@vestibule/core';
import { ToolFailure } from '../tools/failure.ts';
import type { Tool, ToolContext } from '../tools/tool.ts';
import { type OpenApiDocument, readDocument } from './document.ts';
import { type MappedOperation, mapOperation, toolName } from './mapping.ts';
import { readOperation } from './operation.ts';
import { tellsOwner } from './owner.ts';
import { type Backend, requestOperation } from './request.ts';
import type { BackendOptions } from './source.ts';

const callTimeoutMs = 4_000;

export interface FoundTools {
  tools: readonly Tool[];
  /** What cannot be made into a tool, each with its place in the file. */
  faults: readonly Fault[];
}

/** The tools that vestibule.yaml allows out of a backend's OpenAPI file. @throws CodedError `invalid-openapi` */
export function backendTools(
  openApi: string,
  { allow, timeouts }: Pick<BackendOptions, 'allow' | 'timeouts'>,
  backend: Backend,
): FoundTools {
  const document = readDocument(openApi);
  const faults: Fault[] = [];
  const mapped = new Map<string, MappedOperation>();
  const known = document.operations.map(({ operationId }) => toolName(operationId));
  for (const raw of document.operations) {
    const name = toolName(raw.operationId);
    if (!allow.includes(name)) continue;
    const found = operationOf(document, raw.operationId);
    if ('faults' in found) faults.push(...found.faults);
    else if (mapped.has(name)) faults.push(document.fault(raw.keys, `is the second tool called ${name}`));
    else mapped.set(name, found.mapped);
  }
  for (const name of allow.filter((one) => !known.includes(one)))
    faults.push(
      document.fault(
        ['paths'],
        `there is no operation for the tool ${name}`,
        `There is: ${known.join(', ')}`,
      ),
    );
  const tools = [...mapped].flatMap(([name, one]) => {
    const checks = checksOf(one, document, backend);
    if ('faults' in checks) {
      faults.push(...checks.faults);
      return [];
    }
    return [toolOf(one, checks.check, timeouts[name] ?? callTimeoutMs, backend)];
  });
  return { tools, faults };
}

function operationOf(document: OpenApiDocument, operationId: string) {
  const raw = document.operations.find((one) => one.operationId === operationId);
  if (!raw) return { faults: [document.fault(['paths'], `there is no operation ${operationId}`)] };
  const read = readOperation(document, raw);
  return 'faults' in read ? read : mapOperation(read.operation, document);
}

type Check = (args: Record<string, unknown>, context: ToolContext) => Promise<void>;

/** Arguments that name a record are looked up first, so that nothing is done to what is not the caller's. */
function checksOf(
  { args, operation }: MappedOperation,
  document: OpenApiDocument,
  backend: Backend,
): { check: Check } | { faults: Fault[] } {
  const lookUps = new Map<string, MappedOperation>();
  for (const [argument, { check }] of args) {
    if (check === undefined) continue;
    const found = operationOf(document, check);
    if ('faults' in found) return { faults: [...found.faults] };
    const { mapped } = found;
    if (mapped.operation.method !== 'get' || mapped.args.size !== 1 || !tellsOwner(mapped.answer))
      return {
        faults: [
          document.fault(
            operation.keys,
            `${argument} is checked by ${check}, which is no GET by id that says whose its answer is`,
          ),
        ],
      };
    lookUps.set(argument, mapped);
  }
  return {
    check: async (given, context) => {
      for (const [argument, lookUp] of lookUps) {
        if (!(argument in given)) continue;
        const [id = ''] = lookUp.args.keys();
        await requestOperation(lookUp, { [id]: given[argument] }, context, backend).catch(
          (error: unknown) => {
            if (!(error instanceof ToolFailure) || error.code !== 'not-found') throw error;
            const faults = [{ path: argument, message: 'names no record of this caller' }];
            throw new ToolFailure('not-found', { cause: error, faults });
          },
        );
      }
    },
  };
}

function toolOf(mapped: MappedOperation, check: Check, timeoutMs: number, backend: Backend): Tool {
  return {
    definition: mapped.definition,
    verifiedOnly: mapped.verifiedOnly,
    timeoutMs,
    call: async (args, context) => {
      await check(args, context);
      return requestOperation(mapped, args, context, backend);
    },
  };
}
