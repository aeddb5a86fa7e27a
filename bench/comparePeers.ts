/**
 * The same diffs folded by us and by others, the same texts read, and what their books keep alive. Run by `npm run
 * bench:peers`, with `-- --json` for machines.
 *
 * ccxt: the book and the handler of its Binance class, without its look-ups of market and client. tardis-dev: its
 * `OrderBook`. Both change their books in place and keep no exact texts.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { foldingJobs } from './fold.js';
import { loadFrames, padded, type RawSnapshot } from './frames.js';
import { SIZES, heldByBook, ourBook } from './heldBooks.js';
import { type Job, nanoseconds } from './stopwatch.js';
import { textToBookJobs } from './textToBook.js';

/** What is used of ccxt: a side takes levels one by one, `[price, size]`. */
interface CcxtBook {
  readonly bids: { storeArray: (level: readonly number[]) => void };
  readonly asks: { storeArray: (level: readonly number[]) => void };
}
interface CcxtBinance {
  orderBook: (snapshot: { readonly bids: number[][]; readonly asks: number[][] }) => CcxtBook;
  handleOrderBookMessage: (client: undefined, message: unknown, book: CcxtBook | undefined) => void;
}
/** What is used of tardis-dev. */
interface TardisBook {
  update: (change: unknown) => void;
}

// They have packages of their own, in versions of their own, among which ours must not be looked for: they are not bundled with us.
const peer = createRequire(resolve('bench/peers/package.json'));
const ccxt = peer('ccxt') as { readonly pro: { readonly binance: new () => CcxtBinance } };
const { OrderBook } = peer('tardis-dev') as { readonly OrderBook: new () => TardisBook };

interface RawDiff {
  readonly s: string;
  readonly b: readonly (readonly [string, string])[];
  readonly a: readonly (readonly [string, string])[];
}

const PASSES = 21;
const frames = loadFrames();
const { snapshots, texts, source } = frames;
const diffOf = (text: string): RawDiff => (JSON.parse(text) as { data: RawDiff }).data;
const diffs = texts.map(diffOf);
const numbers = (levels: RawSnapshot['bids']): number[][] => levels.map(([price, size]) => [+price, +size]);
const fields = (levels: RawSnapshot['bids']): { price: number; amount: number }[] =>
  levels.map(([price, size]) => ({ price: +price, amount: +size }));

const binance = new ccxt.pro.binance();
const ccxtBook = (raw: RawSnapshot) => binance.orderBook({ bids: numbers(raw.bids), asks: numbers(raw.asks) });
const tardisChange = (isSnapshot: boolean, bids: RawDiff['b'], asks: RawDiff['a']) => ({
  type: 'book_change' as const,
  symbol: '',
  exchange: 'binance-futures' as const,
  isSnapshot,
  bids: fields(bids),
  asks: fields(asks),
  timestamp: new Date(0),
  localTimestamp: new Date(0),
});
const tardisBook = (raw: RawSnapshot) => {
  const book = new OrderBook();
  book.update(tardisChange(true, raw.bids, raw.asks));
  return book;
};
const booksOf = <B>(make: (raw: RawSnapshot) => B, levels: number) =>
  new Map([...snapshots].map(([symbol, raw]) => [symbol, make(padded(raw, levels))] as const));

const job = <T>(items: readonly T[], begin: () => (item: T) => void): Job => ({
  operations: items.length,
  begin: () => {
    const run = begin();
    return (index) => {
      run(items[index] as T);
    };
  },
});

// As ours, theirs fold what has been read before; what reading costs is in `readCcxt`.
const ccxtDiffs = diffs.map(({ s, b, a }) => ({ s, bids: numbers(b), asks: numbers(a) }));
const foldCcxt = (levels: number) =>
  job(ccxtDiffs, () => {
    const books = booksOf(ccxtBook, levels);
    return ({ s, bids, asks }) => {
      const book = books.get(s);
      for (const level of asks) book?.asks.storeArray(level);
      for (const level of bids) book?.bids.storeArray(level);
    };
  });
const tardisDiffs = diffs.map(({ s, b, a }) => [s, tardisChange(false, b, a)] as const);
const foldTardis = (levels: number) =>
  job(tardisDiffs, () => {
    const books = booksOf(tardisBook, levels);
    return ([symbol, change]) => books.get(symbol)?.update(change);
  });
const readCcxt = job(texts, () => {
  const books = booksOf(ccxtBook, 1_000);
  return (text) => {
    const diff = diffOf(text);
    binance.handleOrderBookMessage(undefined, diff, books.get(diff.s));
  };
});

const [small, large] = foldingJobs(frames, [1_000, 10_000]);
const { reading, parsing } = textToBookJobs(frames);
const jobs = { small, large, reading, parsing };
const theirs = { foldCcxt: foldCcxt(1_000), foldCcxtLarge: foldCcxt(10_000), readCcxt };
const tardis = { foldTardis: foldTardis(1_000), foldTardisLarge: foldTardis(10_000) };
const all = Object.entries({ ...jobs, ...theirs, ...tardis }).filter(
  (entry): entry is [string, Job] => entry[1] !== undefined,
);
const times = nanoseconds(
  PASSES,
  all.map(([, one]) => one),
);
const ns = Object.fromEntries(all.map(([name], index) => [name, times[index] ?? NaN]));

const kept = (bookOf: (text: string) => unknown): number[] => SIZES.map((levels) => heldByBook(levels, bookOf));
const rawOf = (text: string): RawSnapshot => JSON.parse(text) as RawSnapshot;
const figures = {
  source,
  ns,
  bytes: kept(ourBook),
  ccxtBytes: kept((text) => ccxtBook(rawOf(text))),
  tardisBytes: kept((text) => tardisBook(rawOf(text))),
};

if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
else {
  const print = (...cells: readonly string[]): void => {
    process.stdout.write(
      `${cells.map((cell, index) => (index === 0 ? cell.padEnd(26) : cell.padStart(14))).join('')}\n`,
    );
  };
  const of = (name: string): string => `${(ns[name] ?? NaN).toFixed(0)} ns`;
  const times2 = (name: string): string => ((ns[name] ?? NaN) / (ns['parsing'] ?? NaN)).toFixed(2);
  const kib = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} KiB`;
  process.stdout.write(`${diffs.length} diffs of ${source}\n`);
  print('', '1,000 levels', '10,000 levels');
  print('fold: millrace', of('small'), of('large'));
  print('fold: ccxt', of('foldCcxt'), of('foldCcxtLarge'));
  print('fold: tardis-dev', of('foldTardis'), of('foldTardisLarge'));
  print('', 'a frame', 'x JSON.parse');
  print('text to book: millrace', of('reading'), times2('reading'));
  print('text to book: ccxt', of('readCcxt'), times2('readCcxt'));
  print('', '20 levels', '1,000 levels', '5,000 levels');
  print('bytes a book: millrace', ...figures.bytes.map(kib));
  print('bytes a book: ccxt', ...figures.ccxtBytes.map(kib));
  print('bytes a book: tardis-dev', ...figures.tardisBytes.map(kib));
}
