import type { Clock, Logger } from '@vestibule/core';
import { describeError, isCodedError } from '@vestibule/core';
import type { Tool, ToolSource } from '../tools/tool.ts';
import { parseOpenApi } from './document.ts';
import { mapOperation, toolName } from './mapping.ts';
import { type Backend, requestOperation } from './request.ts';

const callTimeoutMs = 4_000;
const fileTimeoutMs = 5_000;
const retryMs = 1_000;

/** The tools that vestibule.yaml allows out of a backend's OpenAPI file. */
export function backendTools(openApi: string, allow: readonly string[], backend: Backend): Tool[] {
  return [...parseOpenApi(openApi).values()]
    .filter(({ operationId }) => operationId !== undefined && allow.includes(toolName(operationId)))
    .map((operation) => {
      const mapped = mapOperation(operation);
      return {
        definition: mapped.definition,
        verifiedOnly: mapped.verifiedOnly,
        timeoutMs: callTimeoutMs,
        call: (args, context) => requestOperation(mapped, args, context, backend),
      };
    });
}

/** Fetches the file until it has it: a backend that starts late must not keep the other tools away. */
export class BackendSource implements ToolSource {
  readonly #allow: readonly string[];
  readonly #backend: Backend;
  #tools: readonly Tool[] | undefined;

  constructor(allow: readonly string[], backend: Backend) {
    this.#allow = allow;
    this.#backend = backend;
    if (allow.length === 0) this.#tools = [];
  }

  tools(): readonly Tool[] {
    return this.#tools ?? [];
  }

  awaited(): readonly string[] {
    return this.#tools ? [] : this.#allow;
  }

  /**
   * Resolves when the tools are there, or `signal` aborts.
   * @throws CodedError `invalid-openapi` or `unsupported-openapi`: a file that will not get better by asking again.
   */
  async load(clock: Pick<Clock, 'sleep'>, logger: Logger, signal: AbortSignal): Promise<void> {
    while (!this.#tools && !signal.aborted) {
      try {
        this.#tools = backendTools(await this.#file(signal), this.#allow, this.#backend);
      } catch (error) {
        if (isCodedError(error, 'invalid-openapi', 'unsupported-openapi')) throw error;
        if (!signal.aborted) logger.warn('the backend has not given its OpenAPI file', describeError(error));
        await clock.sleep(retryMs, signal);
      }
    }
  }

  async #file(signal: AbortSignal): Promise<string> {
    const response = await this.#backend.fetch(`${this.#backend.url}/openapi.yaml`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(fileTimeoutMs)]),
    });
    if (!response.ok) throw new TypeError(`status ${response.status}`);
    return response.text();
  }
}
