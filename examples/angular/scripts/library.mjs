/**
 * Packs the library as it would be published and installs it here: nothing of this page knows the sources beside it. Does
 * nothing where that was done before; `--fresh` does it again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const library = join(here, '../..');
const packed = join(here, '.packed');

if (process.argv.includes('--fresh') || !existsSync(join(here, 'node_modules/millrace/package.json'))) {
  if (!existsSync(join(library, 'node_modules'))) npm(library, 'ci', '--no-audit', '--no-fund');
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed);
  npm(library, 'pack', `--pack-destination=${packed}`, '--loglevel=error');
  const tarballs = readdirSync(packed).map((name) => join(packed, name));
  npm(here, 'install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs);
}

function npm(cwd, ...args) {
  const { status } = spawnSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}`);
}
