/**
 * What a browser pays for the core with Binance, file by file, on top of rxjs, io-ts and fp-ts: bytes minified,
 * and the gzip of the whole. Run by `npm run size`, without a build; the budget itself is held by spec/package.
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
    tsconfigRaw: '{}',
    alias: { '#platform': './lib/network/platform.ts' },
  });
const gzipped = (bytes: Uint8Array | string): number => gzipSync(bytes, { level: 9 }).length;

const { metafile, outputFiles } = bundle(
  "export * from './lib/index.ts'; export * from './lib/venues/binance/index.ts';",
);
const text = outputFiles[0]?.text ?? '';
const [output] = Object.values(metafile.outputs);
for (const [path, { bytesInOutput }] of Object.entries(output?.inputs ?? {}).sort(
  ([, a], [, b]) => b.bytesInOutput - a.bytesInOutput,
)) {
  if (bytesInOutput > 0) process.stdout.write(`${String(bytesInOutput).padStart(7)}  ${relative('lib', path)}\n`);
}
process.stdout.write(`${String(text.length).padStart(7)}  minified\n${String(gzipped(text)).padStart(7)}  gzip\n`);
