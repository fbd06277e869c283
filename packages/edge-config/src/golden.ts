import { readFileSync } from 'node:fs';
import { type Config, parseConfig } from '@vestibule/config';
import { CodedError, formatFaults } from '@vestibule/core';
import { type RenderedFile, renderEdge } from './render.ts';

/** The example deployment that the golden files are rendered from, and where its files would lie. */
const folder = new URL('../golden/', import.meta.url);
const paths = { files: '/etc/vestibule/edge', run: '/run/vestibule' };

export function goldenConfig(): Config {
  const { config, faults } = parseConfig(
    readFileSync(new URL('vestibule.yaml', folder), 'utf8'),
    'golden/vestibule.yaml',
  );
  if (config === undefined)
    throw new CodedError('invalid-config', formatFaults('golden/vestibule.yaml', faults));
  return config;
}

export const goldenRendering = (): RenderedFile[] => renderEdge(goldenConfig(), { paths }).files;

export const goldenFile = (path: string): URL => new URL(path, folder);
