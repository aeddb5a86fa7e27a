/**
 * What a browser pays for the core with Binance: the README's first pipeline file by file, in bytes minified, then gzip of
 * the pipeline with rxjs, io-ts and fp-ts left outside and on top of them, and of everything that is exported, which
 * nobody bundles. Run by `npm run size`, without a build; the budget itself is held by spec/package.
 */
import './readerGone.js';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const PEERS = ['rxjs', 'io-ts', 'fp-ts'];
const bundle = (contents: string, external = PEERS) =>
  buildSync({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
    absWorkingDir: root,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external,
    tsconfigRaw: '{"compilerOptions":{"useDefineForClassFields":false}}',
    alias: { '#platform': './lib/network/platform.ts' },
  });
const textOf = ({ outputFiles }: ReturnType<typeof bundle>): string => outputFiles[0]?.text ?? '';
const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length;
const row = (bytes: number, what: string): unknown => process.stdout.write(`${String(bytes).padStart(7)}  ${what}\n`);

const pipeline = `
  import { live, topOfBook } from './lib/index.ts';
  import { binance } from './lib/venues/binance/index.ts';
  binance().book('BTCUSDT').pipe(live(), topOfBook()).subscribe(console.log);
`;
const peers = "export * from 'rxjs'; export * as t from 'io-ts';";
const sizeOf = (contents: string, external?: string[]): number => gzipped(textOf(bundle(contents, external)));

const first = bundle(pipeline);
const [output] = Object.values(first.metafile.outputs);
for (const [path, { bytesInOutput }] of Object.entries(output?.inputs ?? {}).sort(
  ([, a], [, b]) => b.bytesInOutput - a.bytesInOutput,
)) {
  if (bytesInOutput > 0) row(bytesInOutput, relative('lib', path));
}
row(textOf(first).length, "README's first pipeline, minified");
row(sizeOf(pipeline + peers, []) - sizeOf(peers, []), "README's first pipeline, on top of the peers, gzip");
row(sizeOf(pipeline), "README's first pipeline, the peers left outside, gzip");
row(
  sizeOf("export * from './lib/index.ts'; export * from './lib/venues/binance/index.ts';"),
  'all names of the core and Binance, gzip',
);
