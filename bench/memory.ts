/**
 * What books keep alive, a book and a subscribed symbol, and what a frame allocates; and how long many books take to start.
 * Run by `npm run bench:memory`, with `-- --json` for machines.
 */
import { Observable, Subject, VirtualTimeScheduler, of } from 'rxjs';
import type { BookState } from '../lib/model/bookState.js';
import type { Network } from '../lib/network/network.js';
import { simulatedBinance } from '../lib/simulation/index.js';
import { binance } from '../lib/venues/binance/index.js';
import { loadFrames } from './frames.js';
import { allocation, retained, settledHeap } from './heap.js';
import { SIZES, heldByBook, ourBook } from './heldBooks.js';
import { joinedBooks, snapshotAnswers } from './textToBook.js';

const SYMBOLS = 2_000;
/** By then all books are live, in ms of the venue's time. */
const LONGEST = 3_600_000;

export interface MemoryFigures {
  /** Bytes a book, by levels a side. */
  readonly book: readonly number[];
  /** Bytes a subscribed symbol of trades, and of a book, less its levels. */
  readonly trades: number;
  readonly bookChannel: number;
  /** Bytes a frame of text to book, and the share of the time in collecting. */
  readonly allocated: number;
  readonly collecting: number;
  /** Books on the simulated venue, by its limits. */
  readonly starts: readonly StartFigures[];
}

export interface StartFigures {
  readonly books: number;
  /** On this machine, in ms, the simulated venue with it. */
  readonly wall: number;
  /** By the venue's limits, in s. */
  readonly virtual: number;
  /** In MiB, the simulated venue without. */
  readonly heap: number;
}

function quietNetwork(): Network {
  const body = JSON.stringify({ lastUpdateId: 1, bids: [['1', '1']], asks: [['2', '1']] });
  return {
    open: () =>
      new Observable((subscriber) => {
        const messages = new Subject<string>();
        const send = (text: string): void => {
          const { id } = JSON.parse(text) as { readonly id: number };
          messages.next(JSON.stringify({ result: null, id }));
        };
        subscriber.next({ messages, send, close: () => subscriber.complete() });
      }),
    request: () => of({ status: 200, headers: {}, body }),
  };
}

/** What a symbol keeps alive while somebody observes it. */
function subscribed(what: 'trades' | 'book'): number {
  const scheduler = new VirtualTimeScheduler(undefined, 20_000);
  const bytes = retained(() => {
    const exchange = binance({ network: quietNetwork(), scheduler, random: () => 0.5 });
    for (let index = 0; index < SYMBOLS; index += 1) {
      if (what === 'book') exchange.book(`S${index}USDT`).subscribe();
      else exchange.trades(`S${index}USDT`).subscribe();
    }
    scheduler.flush();
    return exchange;
  });
  return bytes / SYMBOLS;
}

function start(books: number): StartFigures {
  const scheduler = new VirtualTimeScheduler(undefined, 0);
  const symbols = Array.from({ length: books }, (_, index) => `S${index}USDT`);
  const venue = simulatedBinance({
    scheduler,
    instruments: symbols,
    depth: 120,
    history: 100,
    activity: 0.05,
    stepEvery: 5_000,
    latency: { least: 20, most: 60 },
  });
  const before = settledHeap();
  const begun = performance.now();
  const exchange = binance({ network: venue.network, scheduler, random: () => 0.5 });
  const states = new Map<string, BookState>();
  let live = 0;
  let virtual = NaN;
  for (const symbol of symbols) {
    exchange.book(symbol).subscribe((state) => {
      if (state.status === 'live' && states.get(symbol)?.status !== 'live') live += 1;
      else if (state.status !== 'live' && states.get(symbol)?.status === 'live') live -= 1;
      states.set(symbol, state);
      if (live === books && Number.isNaN(virtual)) virtual = scheduler.now() / 1_000;
    });
  }
  while (Number.isNaN(virtual) && scheduler.maxFrames < LONGEST) {
    scheduler.maxFrames += 1_000;
    scheduler.flush();
  }
  const wall = performance.now() - begun;
  const heap = (settledHeap() - before) / 2 ** 20;
  exchange.close();
  return { books, wall, virtual, heap };
}

async function measure(): Promise<MemoryFigures> {
  const frames = loadFrames();
  const { texts } = frames;
  const answers = snapshotAnswers(frames);
  let joined = joinedBooks(answers);
  const { bytes, collecting } = await allocation(texts.length * 8, (index) => {
    if (index % texts.length === 0) joined = joinedBooks(answers);
    joined.receive(texts[index % texts.length] ?? '');
  });
  return {
    book: SIZES.map((levels) => heldByBook(levels, ourBook)),
    trades: subscribed('trades'),
    bookChannel: subscribed('book'),
    allocated: bytes,
    collecting,
    starts: [1_000, 5_000].map(start),
  };
}

const figures = await measure();
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
else {
  const row = (what: string, ...figure: readonly string[]): void => {
    process.stdout.write(`${what.padEnd(44)}${figure.map((one) => one.padStart(14)).join('')}\n`);
  };
  SIZES.forEach((levels, index) => {
    row(`a book of ${levels} levels a side`, `${((figures.book[index] ?? NaN) / 1_024).toFixed(1)} KiB`);
  });
  row('a subscribed symbol, trades', `${figures.trades.toFixed(0)} B`);
  row('a subscribed symbol, book of two levels', `${figures.bookChannel.toFixed(0)} B`);
  row('allocated a frame, text to book', `${figures.allocated.toFixed(0)} B`);
  row('collecting', `${(100 * figures.collecting).toFixed(1)} %`);
  for (const { books, wall, virtual, heap } of figures.starts) {
    row(
      `${books} books`,
      `${(wall / 1_000).toFixed(1)} s`,
      `${heap.toFixed(0)} MiB`,
      `${virtual.toFixed(0)} s virtual`,
    );
  }
}
