import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const address = '127.0.0.1';

/**
 * Runs a scenario of `sipp/` once, to its end. Rejects with what SIPp says when a message is not as it expects.
 * @param folder for its files: `<name>.msg` has the messages.
 * @param args where to, or `-p` and where to wait.
 */
export async function runSipp(folder: string, name: string, args: readonly string[]): Promise<void> {
  const scenario = await readFile(join(import.meta.dirname, 'sipp', `${name}.xml`), 'utf8');
  const [file, audio] = [join(folder, `${name}.xml`), join(folder, 'tone.alaw')];
  // A-law bytes of a 500 Hz square wave.
  const tone = Uint8Array.from({ length: 8000 }, (_, i) => (i % 16 < 8 ? 0x95 : 0x15));
  await writeFile(audio, tone);
  await writeFile(file, scenario.replace('AUDIO_FILE', audio));
  const options = [
    ...['-sf', file, '-m', '1', '-i', address, '-mi', address, '-nostdin', '-trace_err', '-trace_msg'],
    ...['-message_file', join(folder, `${name}.msg`), '-error_file', join(folder, `${name}.err`)],
    ...['-timeout', '40s', '-timeout_error'],
  ];
  await new Promise<void>((resolve, reject) => {
    execFile('sipp', [...args, ...options], { cwd: folder }, (error, _stdout, stderr) => {
      if (!error) return resolve();
      void readFile(join(folder, `${name}.err`), 'utf8')
        .catch(() => stderr)
        .then((text) => reject(new Error(`sipp ${name}: ${text}`, { cause: error })));
    });
  });
}
