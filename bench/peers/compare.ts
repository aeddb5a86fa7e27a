/**
 * The same diffs folded by us and by others, and the same texts read. Run by `npm run bench:peers`.
 *
 * ccxt: the book and the handler of its Binance class, without its look-ups of market and client. tardis-dev: its
 * `OrderBook`. Both change their books in place and keep no exact texts.
 */
import ccxt from 'ccxt';
import { OrderBook } from 'tardis-dev';
import { measureFold } from '../fold.js';
import { loadFrames, padded, type RawSnapshot } from '../frames.js';
import { nanoseconds } from '../stopwatch.js';
import { measureTextToBook } from '../textToBook.js';

interface RawDiff {
  readonly s: string;
  readonly b: readonly (readonly [string, string])[];
  readonly a: readonly (readonly [string, string])[];
}

const PASSES = 60;
const { snapshots, texts, source } = loadFrames();
const diffOf = (text: string): RawDiff => (JSON.parse(text) as { data: RawDiff }).data;
const diffs = texts.map(diffOf);
const numbers = (levels: RawSnapshot['bids']): number[][] => levels.map(([price, size]) => [+price, +size]);
const fields = (levels: RawSnapshot['bids']): { price: number; amount: number }[] =>
  levels.map(([price, size]) => ({ price: +price, amount: +size }));

const binance = new ccxt.pro.binance();
const ccxtBooks = (levels: number) =>
  new Map(
    [...snapshots].map(([symbol, raw]) => {
      const { bids, asks } = padded(raw, levels);
      return [symbol, binance.orderBook({ bids: numbers(bids), asks: numbers(asks) })] as const;
    }),
  );
const tardisBooks = (levels: number) =>
  new Map(
    [...snapshots].map(([symbol, raw]) => {
      const book = new OrderBook();
      const { bids, asks } = padded(raw, levels);
      book.update(tardisChange(true, bids, asks));
      return [symbol, book] as const;
    }),
  );
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
const tardisDiffs = diffs.map(({ s, b, a }) => [s, tardisChange(false, b, a)] as const);

// As ours, theirs fold what has been read before; what reading costs is in `readCcxt`.
const ccxtDiffs = diffs.map(({ s, b, a }) => ({ s, bids: numbers(b), asks: numbers(a) }));
const foldCcxt = (levels: number) => {
  const books = ccxtBooks(levels);
  return () => {
    for (const { s, bids, asks } of ccxtDiffs) {
      const book = books.get(s);
      for (const level of asks) book.asks.storeArray(level);
      for (const level of bids) book.bids.storeArray(level);
    }
  };
};
const foldTardis = (levels: number) => {
  const books = tardisBooks(levels);
  return () => {
    for (const [symbol, change] of tardisDiffs) books.get(symbol)?.update(change);
  };
};
const readCcxt = () => {
  const books = ccxtBooks(1_000);
  return () => {
    for (const text of texts) {
      const diff = diffOf(text);
      binance.handleOrderBookMessage(undefined, diff, books.get(diff.s));
    }
  };
};
const parse = () => {
  for (const text of texts) JSON.parse(text);
};

const ours = measureFold(PASSES);
const read = measureTextToBook();
const [ccxtSmall = NaN, ccxtLarge = NaN, tardisSmall = NaN, tardisLarge = NaN, ccxtRead = NaN, parsed = NaN] =
  nanoseconds(PASSES, [
    [diffs.length, foldCcxt(1_000)],
    [diffs.length, foldCcxt(10_000)],
    [diffs.length, foldTardis(1_000)],
    [diffs.length, foldTardis(10_000)],
    [texts.length, readCcxt()],
    [texts.length, parse],
  ]);

const print = (...cells: readonly string[]): void => {
  process.stdout.write(`${cells.map((cell, index) => (index === 0 ? cell.padEnd(26) : cell.padStart(14))).join('')}\n`);
};
const ns = (figure: number): string => `${figure.toFixed(0)} ns`;
process.stdout.write(`${String(diffs.length)} diffs of ${source}\n`);
print('', '1,000 levels', '10,000 levels');
print('fold: millrace', ns(ours.nsPerDiff1000), ns(ours.nsPerDiff10000));
print('fold: ccxt', ns(ccxtSmall), ns(ccxtLarge));
print('fold: tardis-dev', ns(tardisSmall), ns(tardisLarge));
print('', 'a frame', 'x JSON.parse');
print('text to book: millrace', ns(read.nsPerFrame), read.ratio.toFixed(2));
print('text to book: ccxt', ns(ccxtRead), (ccxtRead / parsed).toFixed(2));
