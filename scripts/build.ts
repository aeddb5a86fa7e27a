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
// The package is ESM; this folder is not. Bundlers look for `sideEffects` in the nearest package.json.
writeFileSync(`${root}/dist/cjs/package.json`, `${JSON.stringify({ type: 'commonjs', sideEffects: false })}\n`);
