/**
 * All figures of docs/performance.md as one table in Markdown, from one run: this tree, an older one (`BEFORE`, a commit; by
 * default the one that first measured every venue), peers where `npm run bench:peers` has fetched them, and the bound of each.
 * What can't be had is a dash. Run by `npm run bench:table`; takes under four minutes on a machine with nothing else to do.
 */
import '../scripts/readerGone.js';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RECORDINGS } from '../spec/support/recordings.js';
import { compiled } from './compiled.js';
import type { MemoryFigures } from './memory.js';
import type { SocketFigures } from './socketFigures.js';
import type { VenueTextFigures } from './venueTexts.js';

interface RunFigures {
  readonly textToBook: { readonly ratio: number };
  readonly fold: { readonly nsPerDiff1000: number; readonly nsPerDiff10000: number };
  readonly route: { readonly nsPerFrame10: number; readonly nsPerFrame10000: number };
  readonly checksums: { readonly okxNs: number; readonly krakenNs: number };
  readonly venues: readonly VenueTextFigures[];
}
interface PeerFigures {
  readonly ns: Readonly<Record<string, number>>;
  readonly ccxtBytes: readonly number[];
  readonly tardisBytes: readonly number[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const BEFORE = process.env['BEFORE'] ?? '217214f';
/** How long one measurement may take, in ms. */
const LONGEST = 240_000;

/** What a program of a tree prints; `undefined` where it fails, which is told on stderr. */
function figuresOf(tree: string, program: string, ...flags: readonly string[]): Promise<unknown> {
  return new Promise((resolve) => {
    // The same frames, wherever the tree stands.
    const env = { ...process.env, MILLRACE_RECORDINGS: RECORDINGS };
    const args = [
      ...flags,
      compiled(join(tree, program)),
      '--json',
      ...(program === 'bench/run.ts' ? ['--quick'] : []),
    ];
    const child = spawn(process.execPath, args, { cwd: tree, timeout: LONGEST, env });
    let text = '';
    child.stdout.on('data', (data: Buffer) => (text += data.toString()));
    child.stderr.on('data', (data: Buffer) => process.stderr.write(data));
    child.on('close', () => {
      const line = text.split('\n').find((one) => one.startsWith('{'));
      if (line === undefined) process.stderr.write(`no figures of ${program}\n`);
      resolve(line === undefined ? undefined : JSON.parse(line));
    });
  });
}

/** The tree as it was; `undefined` where this is no clone of all of it. */
function treeBefore(): string | undefined {
  const tree = mkdtempSync(join(tmpdir(), 'millrace-before-'));
  try {
    const archive = execFileSync('git', ['archive', BEFORE], { cwd: root, maxBuffer: 2 ** 28 });
    execFileSync('tar', ['x', '-C', tree], { input: archive });
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    cpSync(join(root, 'bench/run.ts'), join(tree, 'bench/run.ts'));
    return tree;
  } catch {
    rmSync(tree, { recursive: true });
    return undefined;
  }
}

const tree = treeBefore();
// One after the other: side by side they would take each other's processor.
const before = (tree === undefined ? undefined : await figuresOf(tree, 'bench/run.ts')) as RunFigures | undefined;
const now = (await figuresOf(root, 'bench/run.ts')) as RunFigures | undefined;
const memory = (await figuresOf(root, 'bench/memory.ts', '--expose-gc')) as MemoryFigures | undefined;
const socket = (await figuresOf(root, 'bench/socket.ts')) as SocketFigures | undefined;
const peers = (
  existsSync(join(root, 'bench/peers/node_modules'))
    ? await figuresOf(root, 'bench/comparePeers.ts', '--expose-gc')
    : undefined
) as PeerFigures | undefined;
if (tree !== undefined) rmSync(tree, { recursive: true });

type Cell = string | undefined;
const row = (what: string, was: Cell, is: Cell, others: Cell, bound: Cell): void => {
  process.stdout.write(`| ${[what, was, is, others, bound].map((cell) => cell ?? '–').join(' | ')} |\n`);
};
const figure =
  (unit: string, digits = 0) =>
  (value: number | undefined | null): Cell =>
    value === undefined || value === null || Number.isNaN(value) ? undefined : `${value.toFixed(digits)}${unit}`;
const times = figure(' ×', 2);
const ns = figure(' ns');
const percent = (share: number | undefined | null): Cell =>
  figure(' %')(typeof share === 'number' ? share * 100 : undefined);
const kib = (bytes: number | undefined): Cell => figure(' KiB', 1)(bytes === undefined ? undefined : bytes / 1_024);
const over = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one / other;
const both = (ccxt: Cell, tardis: Cell): Cell =>
  ccxt === undefined ? undefined : `ccxt ${ccxt}${tardis === undefined ? '' : `, tardis-dev ${tardis}`}`;

row('figure', `before (${BEFORE})`, 'now', 'peers', 'bound');
row('---', '---:', '---:', '---', '---');
const peer = (name: string): number | undefined => peers?.ns[name];
row(
  'text to book, to `JSON.parse`',
  times(before?.textToBook.ratio),
  times(now?.textToBook.ratio),
  both(times(over(peer('readCcxt'), peer('parsing'))), undefined),
  '1.0 × is one scan into levels without objects between',
);
row(
  'fold, a diff at 1,000 levels',
  ns(before?.fold.nsPerDiff1000),
  ns(now?.fold.nsPerDiff1000),
  both(ns(peer('foldCcxt')), ns(peer('foldTardis'))),
  'one copy of each leaf that is touched',
);
row(
  'the same at 10,000, to 1,000',
  times(over(before?.fold.nsPerDiff10000, before?.fold.nsPerDiff1000)),
  times(over(now?.fold.nsPerDiff10000, now?.fold.nsPerDiff1000)),
  both(times(over(peer('foldCcxtLarge'), peer('foldCcxt'))), times(over(peer('foldTardisLarge'), peer('foldTardis')))),
  '1.0 ×',
);
row('routing to 1 of 10', ns(before?.route.nsPerFrame10), ns(now?.route.nsPerFrame10), undefined, undefined);
row(
  'the same of 10,000, to 10',
  times(over(before?.route.nsPerFrame10000, before?.route.nsPerFrame10)),
  times(over(now?.route.nsPerFrame10000, now?.route.nsPerFrame10)),
  undefined,
  '3.9 ×: `JSON.parse`, a `Map` and one observer alone, by the cache',
);
row('checksum of a book, OKX', ns(before?.checksums.okxNs), ns(now?.checksums.okxNs), undefined, undefined);
row('checksum of a book, Kraken', ns(before?.checksums.krakenNs), ns(now?.checksums.krakenNs), undefined, undefined);
for (const { venue, what, ratio, reason } of now?.venues ?? []) {
  const was = before?.venues.find((one) => one.venue === venue && one.what === what)?.ratio;
  row(`${venue} ${what}, to \`JSON.parse\``, times(was), times(ratio), undefined, reason);
}
[20, 1_000, 5_000].forEach((levels, index) => {
  const others = both(kib(peers?.ccxtBytes[index]), kib(peers?.tardisBytes[index]));
  row(`kept by a book of ${levels} levels a side`, undefined, kib(memory?.book[index]), others, 'with exact texts');
});
row('kept by a subscribed symbol, trades', undefined, figure(' B')(memory?.trades), undefined, undefined);
row('kept by a subscribed book of two levels', undefined, figure(' B')(memory?.bookChannel), undefined, undefined);
row('allocated a frame, text to book', undefined, figure(' B')(memory?.allocated), undefined, undefined);
row('of the time in collecting', undefined, percent(memory?.collecting), undefined, undefined);
for (const { books, wall, heap, virtual } of memory?.starts ?? []) {
  const figures = `${figure(' s', 1)(wall / 1_000)}, ${figure(' MiB')(heap)}`;
  row(`${books} books live, simulated venue`, undefined, figures, undefined, `${figure(' s')(virtual)} by its limits`);
}
const perSecond = figure(' frames');
row(
  'a second of processor, loopback, books on',
  undefined,
  perSecond(socket?.books),
  perSecond(socket?.bare),
  'bare `ws`',
);
row('the same, to bare `ws`', undefined, percent(socket?.share), undefined, undefined);
row('the same, to `ws` and `JSON.parse`', undefined, percent(socket?.shareOfParsed), undefined, undefined);
row('the same over the native WebSocket, to it bare', undefined, percent(socket?.nativeShare), undefined, undefined);
row('event loop p99 at a quarter of that', undefined, figure(' ms', 1)(socket?.loopP99), undefined, undefined);
row(
  'receipt to observer, p50 and p99',
  undefined,
  socket && `${figure(' µs')(socket.latencyP50)}, ${figure(' µs')(socket.latencyP99)}`,
  undefined,
  undefined,
);
row(
  'at twice of that: oldest told as live',
  undefined,
  figure(' ms')(socket?.oldestLive),
  undefined,
  '`maxLag` of 1,000 ms above the least',
);
