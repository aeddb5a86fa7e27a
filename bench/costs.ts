/**
 * What 500 books and 5,000 quotes of one venue cost in one process: heap, and processor time a message, from the text to the
 * observer. In virtual time, so that nobody waits for the venue's limits. Run by `npm run bench:costs`.
 */
import { Observable, of, Subject, VirtualTimeScheduler } from 'rxjs';
import type { Network } from '../lib/network/network.js';
import { between, random } from '../lib/simulation/random.js';
import { type BinanceExchange, binance } from '../lib/venues/binance/index.js';

const BOOKS = 500;
const QUOTES = 5_000;
const LEVELS = 1_000;
const ROUNDS = 40;
const MIB = 2 ** 20;
/** Long enough for all of them to be subscribed and loaded within the venue's limits, in virtual ms. */
const SETTLED = 300_000;

const draw = random(1);
const price = (ticks: number): string => (ticks / 100).toFixed(2);
const size = (): string => (between(draw, 1, 1_000_000) / 1_000).toFixed(5);
const symbols = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `S${index}USDT`);

/** Confirms every subscription and answers every request at once. */
function venue(scheduler: VirtualTimeScheduler): {
  readonly network: Network;
  readonly wireOf: Map<string, Subject<string>>;
} {
  const wireOf = new Map<string, Subject<string>>();
  const side = (direction: number): readonly (readonly [string, string])[] =>
    Array.from({ length: LEVELS }, (_, index) => [price(100_000 + direction * (index + 1)), size()]);
  const network: Network = {
    open: () =>
      new Observable((subscriber) => {
        const messages = new Subject<string>();
        const send = (text: string): void => {
          const { params = [], id } = JSON.parse(text) as { readonly params?: readonly string[]; readonly id: number };
          for (const stream of params) wireOf.set(stream, messages);
          scheduler.schedule(() => messages.next(JSON.stringify({ result: null, id })));
        };
        subscriber.next({ messages, send, close: () => undefined });
      }),
    request: () =>
      of({ status: 200, headers: {}, body: JSON.stringify({ lastUpdateId: 1, bids: side(-1), asks: side(1) }) }),
  };
  return { network, wireOf };
}

const heap = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

function measure(
  what: string,
  count: number,
  follow: (exchange: BinanceExchange, symbol: string, heard: () => void) => void,
  frameOf: (symbol: string, round: number) => readonly [stream: string, text: string],
): void {
  const scheduler = new VirtualTimeScheduler(undefined, SETTLED);
  const { network, wireOf } = venue(scheduler);
  const exchange = binance({ network, scheduler, random: () => 0.5 });
  const before = heap();
  let values = 0;
  for (const symbol of symbols(count)) follow(exchange, symbol, () => (values += 1));
  // A first frame of each as soon as it is subscribed: a book is joined with it.
  scheduler.schedule(function (this: { schedule(state?: unknown, delay?: number): unknown }) {
    for (const symbol of symbols(count)) push(symbol, 0);
    this.schedule(undefined, 10_000);
  }, 10_000);
  const push = (symbol: string, round: number): void => {
    const [stream, text] = frameOf(symbol, round);
    wireOf.get(stream)?.next(text);
  };
  scheduler.flush();
  const held = heap() - before;
  values = 0;
  let spent = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const frames = symbols(count).map((symbol) => frameOf(symbol, round));
    const begun = process.cpuUsage();
    for (const [stream, text] of frames) wireOf.get(stream)?.next(text);
    const { user, system } = process.cpuUsage(begun);
    spent += user + system;
  }
  exchange.close();
  const each = spent / (ROUNDS * count);
  const report = [
    `${count} ${what}: ${(held / MIB).toFixed(0)} MiB, ${(held / count / 1_024).toFixed(1)} KiB each;`,
    `${each.toFixed(1)} µs a message; ${values} of ${ROUNDS * count} heard`,
  ];
  process.stdout.write(`${report.join(' ')}\n`);
}

const sequences = new Map<string, number>();
measure(
  'books',
  BOOKS,
  (exchange, symbol, heard) =>
    void exchange.book(symbol).subscribe(({ status }) => {
      if (status === 'live') heard();
    }),
  (symbol) => {
    const sequence = (sequences.get(symbol) ?? 1) + 1;
    sequences.set(symbol, sequence);
    const levels = (direction: number): readonly (readonly [string, string])[] =>
      Array.from({ length: 4 }, () => [price(100_000 + direction * (1 + Math.floor(draw() ** 3 * LEVELS))), size()]);
    const data = { e: 'depthUpdate', E: 1, s: symbol, U: sequence, u: sequence, b: levels(-1), a: levels(1) };
    const stream = `${symbol.toLowerCase()}@depth@100ms`;
    return [stream, JSON.stringify({ stream, data })];
  },
);
measure(
  'quotes',
  QUOTES,
  (exchange, symbol, heard) => void exchange.quotes(symbol).subscribe(heard),
  (symbol, round) => {
    const data = { u: round + 1, s: symbol, b: price(99_999 - round), B: size(), a: price(100_001), A: size() };
    const stream = `${symbol.toLowerCase()}@bookTicker`;
    return [stream, JSON.stringify({ stream, data })];
  },
);
