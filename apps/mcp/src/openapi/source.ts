import { readFile } from 'node:fs/promises';
import type { Clock, Fault, Logger } from '@vestibule/core';
import { CodedError, describeError, isCodedError } from '@vestibule/core';
import type { Tool, ToolSource } from '../tools/tool.ts';
import { backendTools, type FoundTools } from './tools.ts';
import { type Backend, readLimited } from './request.ts';

const fileTimeoutMs = 5_000;
const largestFileBytes = 8 * 1024 * 1024;
const retryMs = 1_000;

export interface BackendOptions {
  allow: readonly string[];
  /** Longest time for one call of a tool, ms, by its name. */
  timeouts: Readonly<Record<string, number>>;
  /** Path of the OpenAPI file on the backend, or of a file on disk. */
  openApi: string | { file: string };
}

/** Reads the file until it has it: a backend that starts late must not keep the other tools away. */
export class BackendSource implements ToolSource {
  readonly #options: BackendOptions;
  readonly #backend: Backend;
  #found: FoundTools | undefined;

  constructor(options: BackendOptions, backend: Backend) {
    this.#options = options;
    this.#backend = backend;
    if (options.allow.length === 0) this.#found = { tools: [], faults: [] };
  }

  tools(): readonly Tool[] {
    return this.#found?.tools ?? [];
  }

  /** What of the file cannot be made into an allowed tool. */
  faults(): readonly Fault[] {
    return this.#found?.faults ?? [];
  }

  awaited(): readonly string[] {
    return this.#found ? [] : this.#options.allow;
  }

  /**
   * Resolves when the tools are there, or `signal` aborts.
   * @throws CodedError `invalid-openapi`: a file that will not get better by asking again.
   */
  async load(clock: Pick<Clock, 'sleep'>, logger: Logger, signal: AbortSignal): Promise<void> {
    while (!this.#found && !signal.aborted) {
      try {
        await this.read(signal);
      } catch (error) {
        if (isCodedError(error, 'invalid-openapi')) throw error;
        if (!signal.aborted) logger.warn('the backend has not given its OpenAPI file', describeError(error));
        await clock.sleep(retryMs, signal);
      }
    }
  }

  /** @throws CodedError `invalid-openapi`; anything else may be better next time. */
  async read(signal: AbortSignal): Promise<void> {
    const { openApi, ...options } = this.#options;
    const text =
      typeof openApi === 'string' ? await this.#fetched(openApi, signal) : await fromDisk(openApi.file);
    this.#found = backendTools(text, options, this.#backend);
  }

  async #fetched(path: string, signal: AbortSignal): Promise<string> {
    const response = await this.#backend.fetch(`${this.#backend.url}${path}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(fileTimeoutMs)]),
      redirect: 'error',
    });
    if (!response.ok) throw new TypeError(`status ${response.status}`);
    return readLimited(response, largestFileBytes);
  }
}

async function fromDisk(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CodedError('invalid-openapi', `${file} cannot be read`, { cause });
  }
}
