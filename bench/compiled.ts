import { basename, dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * A program as one file beside its source, as a user's is: what runs TypeScript as it stands names each function anew, with
 * every call that makes one, and a frame then takes up to a third more.
 *
 * @param path Where its source is.
 * @returns Where it is.
 */
export function compiled(path: string): string {
  const outfile = join(dirname(path), '.compiled', basename(path).replace(/\.ts$/, '.mjs'));
  buildSync({
    entryPoints: [path],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  return outfile;
}
