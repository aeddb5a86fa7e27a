/**
 * Compiles lib/ twice, file by file, so that a bundler takes only what is imported: `dist/esm` and `dist/cjs`, each with
 * its types; and the page of `millrace watch --web` to `dist/web`. Run by `npm run build`.
 *
 * The CommonJS files end in `.cjs` rather than in a folder with a package.json of its own, which would hide the root's
 * `imports` (`#platform`) and `sideEffects` from them.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from './buildPage.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(join(root, 'dist'), { recursive: true, force: true });
// The types are those of the same sources: they are checked, and written, once.
for (const args of [
  ['-p', 'tsconfig.esm.json'],
  ['-p', 'tsconfig.cjs.json', '--noCheck', '--declaration', 'false'],
]) {
  const { status } = spawnSync(process.execPath, [compiler, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

buildPage(join(root, 'dist/web'));

const [modules, commonJs] = [join(root, 'dist/esm'), join(root, 'dist/cjs')];
for (const name of readdirSync(commonJs, { recursive: true, encoding: 'utf8' })) {
  const renamed = name.replace(/\.js(\.map)?$/, '.cjs$1');
  if (renamed === name) continue;
  const text = readFileSync(join(commonJs, name), 'utf8');
  rmSync(join(commonJs, name));
  writeFileSync(join(commonJs, renamed), name.endsWith('.map') ? renamedMap(text) : renamedCode(text));
  if (!name.endsWith('.js')) continue;
  const types = readFileSync(join(modules, name.replace(/\.js$/, '.d.ts')), 'utf8');
  writeFileSync(join(commonJs, name.replace(/\.js$/, '.d.cts')), renamedCode(types));
}

/** Every relative path in what tsc writes is the whole of a string: of `require`, `from` or `import`. */
function renamedCode(text: string): string {
  return text
    .replace(/(\brequire\(|\bfrom |\bimport\(|\bimport )(["'])(\.{1,2}\/[^"']+)\.js\2/g, '$1$2$3.cjs$2')
    .replace(/^(\/\/# sourceMappingURL=.*)\.js\.map$/m, '$1.cjs.map');
}

/** The sources stand in the map itself: the package ships no lib/. */
function renamedMap(text: string): string {
  const map = JSON.parse(text) as { readonly file: string };
  return JSON.stringify({ ...map, file: map.file.replace(/\.js$/, '.cjs') });
}
