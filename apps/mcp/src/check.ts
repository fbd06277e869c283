import { loadConfig } from '@vestibule/config';
import type { Fault } from '@vestibule/core';
import { BackendSource } from './openapi/source.ts';
import { searchToolName } from './knowledge/tool.ts';
import { openApiOf } from './server.ts';

/**
 * What of the backend's OpenAPI file cannot be made into the tools that vestibule.yaml allows, as JSON: `{"file", "faults"}`. Run by
 * `vestibule tools check`. Needs VESTIBULE_CONFIG and, for a file on the backend, VESTIBULE_BACKEND_URL.
 */
async function check(
  config: string,
  backendUrl: string,
): Promise<{ file: string; faults: readonly Fault[] }> {
  const { tools } = await loadConfig(config);
  const openApi = openApiOf(tools.openapi, config);
  const file = typeof openApi === 'string' ? `${backendUrl}${openApi}` : openApi.file;
  const allow = tools.allow.filter((name) => name !== searchToolName);
  const backend = { url: backendUrl.replace(/\/+$/, ''), token: 'none', fetch: globalThis.fetch };
  const source = new BackendSource({ allow, timeouts: tools.timeouts, openApi }, backend);
  try {
    if (typeof openApi === 'string' && backendUrl === '') throw new Error('VESTIBULE_BACKEND_URL is not set');
    await source.read(new AbortController().signal);
    return { file, faults: source.faults() };
  } catch (error) {
    return { file, faults: [{ path: '', message: error instanceof Error ? error.message : String(error) }] };
  }
}

const { VESTIBULE_CONFIG = 'vestibule.yaml', VESTIBULE_BACKEND_URL = '' } = process.env;
process.stdout.write(`${JSON.stringify(await check(VESTIBULE_CONFIG, VESTIBULE_BACKEND_URL))}\n`);
