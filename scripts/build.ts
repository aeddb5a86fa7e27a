/**
 * Compiles lib/ twice, file by file, so that a bundler takes only what is imported: `dist/esm` and `dist/cjs`, each with
 * its types. Run by `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(`${root}/dist`, { recursive: true, force: true });
for (const project of ['tsconfig.esm.json', 'tsconfig.cjs.json']) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
// Each folder says what its files are. Bundlers look for `sideEffects` in the nearest package.json, and `#platform` is
// looked up there too: Node gets the network with `ws`, everybody else the one without.
const imports = { '#platform': { node: './node/platform.js', default: './network/platform.js' } };
for (const [folder, type] of [
  ['esm', 'module'],
  ['cjs', 'commonjs'],
]) {
  writeFileSync(`${root}/dist/${folder}/package.json`, `${JSON.stringify({ type, sideEffects: false, imports })}\n`);
}
