/**
 * Bundles the page of `millrace watch --web` into a folder: `dist/web` by `npm run build`, or by `npm run build:web` alone,
 * which takes a moment.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

export function buildPage(folder: string): void {
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [join(root, 'lib/web/page.ts')],
    outfile: join(folder, 'page.js'),
    bundle: true,
    minify: true,
    logLevel: 'warning',
    absWorkingDir: root,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    tsconfigRaw: '{"compilerOptions":{"useDefineForClassFields":false}}',
    alias: { '#platform': './lib/network/platform.ts' },
  });
  for (const file of ['index.html', 'page.css']) copyFileSync(join(root, 'lib/web', file), join(folder, file));
}
