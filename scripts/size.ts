/**
 * What a browser pays for the README's first pipeline, file by file, on top of rxjs, io-ts and fp-ts: bytes minified,
 * and the gzip of the whole. Then the gzip of everything that is exported, which nobody bundles. Run by `npm run size`,
 * without a build; the budget itself is held by spec/package.
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = (contents: string) =>
  buildSync({
    stdin: { contents, resolveDir: root },
    ...{ bundle: true, minify: true, metafile: true, write: false, logLevel: 'silent', absWorkingDir: root },
    ...{ format: 'esm', platform: 'browser', target: 'es2022', external: ['rxjs', 'io-ts', 'fp-ts'] },
    tsconfigRaw: '{"compilerOptions":{"useDefineForClassFields":false}}',
    alias: { '#platform': './lib/network/platform.ts' },
  });
const textOf = ({ outputFiles }: ReturnType<typeof bundle>): string => outputFiles[0]?.text ?? '';
const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length;
const row = (bytes: number, what: string): unknown => process.stdout.write(`${String(bytes).padStart(7)}  ${what}\n`);

const first = bundle(`
  import { live, topOfBook } from './lib/index.ts';
  import { binance } from './lib/venues/binance/index.ts';
  binance().book('BTCUSDT').pipe(live(), topOfBook()).subscribe(console.log);
`);
const [output] = Object.values(first.metafile.outputs);
for (const [path, { bytesInOutput }] of Object.entries(output?.inputs ?? {}).sort(
  ([, a], [, b]) => b.bytesInOutput - a.bytesInOutput,
)) {
  if (bytesInOutput > 0) row(bytesInOutput, relative('lib', path));
}
row(textOf(first).length, "README's first pipeline, minified");
row(gzipped(textOf(first)), "README's first pipeline, gzip");
row(
  gzipped(textOf(bundle("export * from './lib/index.ts'; export * from './lib/venues/binance/index.ts';"))),
  'all names of the core and Binance, gzip',
);
