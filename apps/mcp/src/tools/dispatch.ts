import { createHash } from 'node:crypto';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { type CallToolResult, ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { callerMark } from '@vestibule/call-token';
import { canonicalJson, type Clock, describeError, isCodedError, type Logger } from '@vestibule/core';
import { type IsOwn, plainNumber } from '../openapi/owner.ts';
import { ToolFailure } from './failure.ts';
import type { CallClaims, Tool, ToolSource } from './tool.ts';

/** The member of `_meta` (and of a failure's `_meta`) that is this project's own. */
export const metaKeys = { idempotencyKey: 'vestibule/idempotencyKey', failure: 'vestibule/failure' } as const;

export interface CallRequest {
  name: string;
  arguments?: Record<string, unknown> | undefined;
  _meta?: Record<string, unknown> | undefined;
}

const validator = new AjvJsonSchemaValidator();

/** Which tools a call may use, and the one way to call them. */
export class Dispatcher {
  readonly #sources: readonly ToolSource[];
  readonly #secret: string;
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #logger: Logger;

  /** `secret`: the key of the call tokens. */
  constructor(
    sources: readonly ToolSource[],
    secret: string,
    clock: Pick<Clock, 'monotonic'>,
    logger: Logger,
  ) {
    this.#sources = sources;
    this.#secret = secret;
    this.#clock = clock;
    this.#logger = logger;
  }

  list(claims: CallClaims): Tool[] {
    return this.#sources
      .flatMap((source) => source.tools())
      .filter(({ definition }) => claims.tools.includes(definition.name));
  }

  /**
   * Failures of the tool come back as results with `isError`, so that the model can speak of them.
   * @throws McpError `InvalidParams` for a tool that does not exist for this call.
   */
  async call(request: CallRequest, claims: CallClaims, aborted?: AbortSignal): Promise<CallToolResult> {
    const started = this.#clock.monotonic();
    const done = (outcome: string, result: CallToolResult) => {
      const ms = Math.round(this.#clock.monotonic() - started);
      this.#logger.info('tool called', { callId: claims.callId, tool: request.name, ms, outcome });
      return result;
    };
    try {
      const answer = await this.#answer(this.#find(request.name, claims), request, claims, aborted);
      return done('answered', {
        content: [{ type: 'text', text: JSON.stringify(answer) }],
        structuredContent: answer,
      });
    } catch (error) {
      if (error instanceof McpError) throw error;
      const failure = asFailure(error);
      if (failure.code === 'internal') this.#logger.error('tool broke', describeError(error));
      return done(failure.code, failureResult(failure));
    }
  }

  #find(name: string, claims: CallClaims): Tool {
    const found = this.list(claims).find(({ definition }) => definition.name === name);
    if (found) return found;
    const awaited = this.#sources.some((source) => source.awaited().includes(name));
    if (awaited && claims.tools.includes(name)) throw new ToolFailure('backend-unavailable');
    throw new McpError(ErrorCode.InvalidParams, 'There is no such tool for this call');
  }

  async #answer(tool: Tool, request: CallRequest, claims: CallClaims, aborted?: AbortSignal) {
    if (tool.verifiedOnly && !claims.verified) throw new ToolFailure('caller-not-verified');
    const { args, idempotencyKey } = readArguments(tool, request);
    const timeUp = AbortSignal.timeout(tool.timeoutMs);
    const answer = await tool.call(args, {
      callId: claims.callId,
      idempotencyKey: idempotencyKey ?? keyOf(tool, args),
      isOwn: ownershipOf(claims, this.#secret),
      signal: aborted ? AbortSignal.any([timeUp, aborted]) : timeUp,
    });
    if (tool.definition.outputSchema && !validator.getValidator(tool.definition.outputSchema)(answer).valid) {
      throw new ToolFailure('backend-failed');
    }
    return answer;
  }
}

/** A number that nobody attested says nothing of who calls. */
function ownershipOf({ callId, verified, caller }: CallClaims, secret: string): IsOwn {
  return (kind, value) => {
    if (kind === 'call-id') return value === callId;
    const number = plainNumber(value);
    return verified && number !== undefined && callerMark(callId, number, secret) === caller;
  };
}

/**
 * Checked arguments. Models send '' and null for what they have not got: such optional members are left out. The key
 * is taken from `_meta`, or from an argument of its own for clients that cannot set `_meta`.
 */
function readArguments(
  { definition }: Tool,
  { arguments: given = {}, _meta: meta = {} }: CallRequest,
): { args: Record<string, unknown>; idempotencyKey: string | undefined } {
  const { idempotencyKey: argument, ...rest } = given;
  const required = definition.inputSchema.required ?? [];
  const args = Object.fromEntries(
    Object.entries(rest).filter(
      ([name, value]) => (value !== '' && value !== null) || required.includes(name),
    ),
  );
  const checked = validator.getValidator(definition.inputSchema)(args);
  if (!checked.valid) {
    throw new ToolFailure('invalid-arguments', { faults: [{ path: '', message: checked.errorMessage }] });
  }
  const key = meta[metaKeys.idempotencyKey] ?? argument;
  if (key === undefined || key === null || key === '') return { args, idempotencyKey: undefined };
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw new ToolFailure('invalid-arguments', {
      faults: [{ path: 'idempotencyKey', message: 'must be 1 to 128 visible ASCII characters' }],
    });
  }
  return { args, idempotencyKey: key };
}

/** Without a key of the client's, the same arguments in the same call are taken for a repetition. */
function keyOf({ definition }: Tool, args: Record<string, unknown>): string {
  return createHash('sha256')
    .update(canonicalJson([definition.name, args]))
    .digest('hex');
}

function asFailure(error: unknown): ToolFailure {
  if (error instanceof ToolFailure) return error;
  return new ToolFailure(isCodedError(error, 'not-json') ? 'invalid-arguments' : 'internal', {
    cause: error,
  });
}

function failureResult({ code, retryable, speakable, faults }: ToolFailure): CallToolResult {
  const said = { error: code, speakable, retryable, ...(faults.length > 0 && { faults }) };
  return {
    isError: true,
    content: [{ type: 'text', text: JSON.stringify(said) }],
    _meta: { [metaKeys.failure]: { code, retryable } },
  };
}
