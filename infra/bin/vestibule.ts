import { loadConfig } from '@vestibule/config';
import { CodedError } from '@vestibule/core';
import { vestibuleApp } from '../lib/app.ts';

/** Synthesises the stacks of VESTIBULE_CONFIG (default: the example). Offline, without an account. */
const file =
  process.env['VESTIBULE_CONFIG'] ?? new URL('../example/vestibule.yaml', import.meta.url).pathname;
try {
  vestibuleApp(await loadConfig(file), file, process.env['CDK_OUTDIR']).app.synth();
} catch (error) {
  process.stderr.write(`${error instanceof CodedError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
