import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface RecogniserPaths {
  /** Python of the virtual environment. */
  python: string;
  /** The language models, made by build.py. */
  model: string;
  /** serve.py. */
  script: string;
}

const source = resolve(import.meta.dirname, '../../recogniser');

/**
 * Where the recogniser is, or will be once `python3.11 local/aws/recogniser/install.py` has run: in the cache, under a
 * hash of its requirements (install.py computes the same).
 */
export function recogniserPaths(cacheHome = join(homedir(), '.cache')): RecogniserPaths {
  const hash = createHash('sha256')
    .update(readFileSync(join(source, 'requirements.txt')))
    .digest('hex')
    .slice(0, 12);
  const home = join(cacheHome, 'vestibule', `recogniser-${hash}`);
  return {
    python: join(home, 'venv/bin/python'),
    model: join(home, 'model'),
    script: join(source, 'serve.py'),
  };
}
