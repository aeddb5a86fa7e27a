/**
 * 3,000 channels of one venue in one process at 20,000 messages a second for ten seconds: how long the event loop keeps
 * others waiting, and whether a consumer that is too slow stays within its bound. Run by `npm run bench:load`; exits
 * with 1 where a bound is missed.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { filter, merge, Observable, of, Subject, take, tap, timer } from 'rxjs';
import { live } from '../lib/index.js';
import type { Network } from '../lib/network/network.js';
import { bounded } from '../lib/operators/bounded.js';
import { between, random } from '../lib/simulation/random.js';
import { binance } from '../lib/venues/binance/index.js';

const BOOKS = 200;
const TRADES = 1_400;
const QUOTES = 1_400;
const PER_SECOND = 20_000;
const SECONDS = 10;
/** How often frames come in, in ms: sockets bring them in bunches. */
const EVERY = 5;
/** How many values may wait for the slow consumer. */
const LIMIT = 1_000;
/** What nobody should have to wait longer for, in ms. */
const P99 = 20;
const LEVELS = 100;

const draw = random(1);
const wireOf = new Map<string, Subject<string>>();
const symbolOf = (index: number): string => `S${index}USDT`;
const price = (ticks: number): string => (ticks / 100).toFixed(8);
const size = (): string => (between(draw, 1, 1_000_000) / 1_000).toFixed(8);

/** Confirms every subscription and answers every request at once. */
const network: Network = {
  open: () =>
    new Observable((subscriber) => {
      const messages = new Subject<string>();
      const send = (text: string): void => {
        const { params = [], id } = JSON.parse(text) as { readonly params?: readonly string[]; readonly id: number };
        for (const stream of params) wireOf.set(stream, messages);
        setImmediate(() => {
          messages.next(JSON.stringify({ result: null, id }));
        });
      };
      subscriber.next({ messages, send, close: () => undefined });
    }),
  request: () => {
    const side = (direction: number) =>
      Array.from({ length: LEVELS }, (_, index) => [price(100_000 + direction * (index + 1)), size()]);
    return of({ status: 200, headers: {}, body: JSON.stringify({ lastUpdateId: 1, bids: side(-1), asks: side(1) }) });
  },
};

const sequences = new Map<string, number>();
/** About eight levels, most of them near the best price. */
function diffFrame(symbol: string): readonly [string, string] {
  const sequence = (sequences.get(symbol) ?? 1) + 1;
  sequences.set(symbol, sequence);
  const side = (direction: number): string => {
    const ticks = new Set(Array.from({ length: 4 }, () => 1 + Math.floor(draw() ** 3 * LEVELS)));
    return [...ticks].map((away) => `["${price(100_000 + direction * away)}","${size()}"]`).join();
  };
  const stream = `${symbol.toLowerCase()}@depth@100ms`;
  const head = `{"stream":"${stream}","data":{"e":"depthUpdate","E":1,"s":"${symbol}","U":${sequence},"u":${sequence}`;
  return [stream, `${head},"b":[${side(-1)}],"a":[${side(1)}]}}`];
}
function tradeFrame(symbol: string, id: number): readonly [string, string] {
  const stream = `${symbol.toLowerCase()}@trade`;
  const data = `"e":"trade","E":1,"s":"${symbol}","t":${id},"p":"${price(100_000)}","q":"${size()}","T":1,"m":true`;
  return [stream, `{"stream":"${stream}","data":{${data},"M":true}}`];
}
function quoteFrame(symbol: string, id: number): readonly [string, string] {
  const stream = `${symbol.toLowerCase()}@bookTicker`;
  const data = `"u":${id},"s":"${symbol}","b":"${price(99_999)}","B":"${size()}","a":"${price(100_001)}","A":"${size()}"`;
  return [stream, `{"stream":"${stream}","data":{${data}}}`];
}
/** Two frames of a book, then two trades and a quote: eight, eight and four thousand a second. */
function frameOf(index: number): readonly [string, string] {
  if (index % 5 < 2) return diffFrame(symbolOf(between(draw, 0, BOOKS - 1)));
  if (index % 5 < 4) return tradeFrame(symbolOf(between(draw, 0, TRADES - 1)), index);
  return quoteFrame(symbolOf(between(draw, 0, QUOTES - 1)), index);
}

const counts = { books: 0, trades: 0, quotes: 0, consumed: 0, dropped: 0, mostWaiting: 0 };
const exchange = binance({ network });
const liveBooks = new Set<string>();
const symbols = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => symbolOf(index));

for (const symbol of symbols(BOOKS)) {
  exchange
    .book(symbol, { depth: LEVELS })
    .pipe(live())
    .subscribe((book) => {
      liveBooks.add(symbol);
      counts.books += book.sequence === 1 ? 0 : 1;
    });
}
for (const symbol of symbols(TRADES)) exchange.trades(symbol).subscribe(() => (counts.trades += 1));
const waiting = (): number => counts.quotes - counts.consumed - counts.dropped;
merge(...symbols(QUOTES).map((symbol) => exchange.quotes(symbol)))
  .pipe(
    tap(() => (counts.quotes += 1)),
    bounded({
      limit: LIMIT,
      overflow: 'drop-oldest',
      onDrop: (dropped) => (counts.dropped = dropped),
      project: () => timer(1),
    }),
  )
  .subscribe(() => (counts.consumed += 1));

print(`${BOOKS + TRADES + QUOTES} channels: ${BOOKS} books, ${TRADES} of trades, ${QUOTES} of quotes`);
timer(0, 100)
  .pipe(
    filter(() => liveBooks.size === BOOKS && wireOf.size === BOOKS + TRADES + QUOTES),
    take(1),
  )
  .subscribe(() => {
    print(`subscribed and live over ${exchange.plan().length} wires; making the frames`);
    const frames = Array.from({ length: PER_SECOND * SECONDS }, (_, index) => frameOf(index));
    setTimeout(() => {
      feed(frames);
    }, 1_000);
  });

function feed(frames: readonly (readonly [string, string])[]): void {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const start = performance.now();
  const busy = process.cpuUsage();
  let sent = 0;
  delay.enable();
  const feeding = setInterval(() => {
    const due = Math.min(frames.length, Math.floor(((performance.now() - start) * PER_SECOND) / 1_000));
    for (; sent < due; sent += 1) {
      const [stream, text] = frames[sent] ?? ['', ''];
      wireOf.get(stream)?.next(text);
    }
    counts.mostWaiting = Math.max(counts.mostWaiting, waiting());
    if (sent < frames.length) return;
    clearInterval(feeding);
    delay.disable();
    const { user, system } = process.cpuUsage(busy);
    report((performance.now() - start) / 1_000, (user + system) / 1e6, delay.percentile(99) / 1e6, delay.max / 1e6);
    exchange.close();
  }, EVERY);
}

function report(seconds: number, cpu: number, p99: number, most: number): void {
  const { books, trades, quotes, consumed, dropped, mostWaiting } = counts;
  const share = (100 * cpu) / seconds;
  print(`${books + trades + quotes} messages in ${seconds.toFixed(1)} s, ${share.toFixed(0)} % of a core`);
  print(`event loop delay: p99 ${p99.toFixed(1)} ms (at most ${P99}), longest ${most.toFixed(1)} ms`);
  print(
    `slow consumer: ${quotes} came, ${consumed} consumed, ${dropped} dropped, at most ${mostWaiting} waited (${LIMIT})`,
  );
  check(books + trades + quotes === PER_SECOND * SECONDS, 'a message was lost');
  check(p99 < P99, 'the event loop was late');
  // The one that is being consumed has left the queue.
  check(mostWaiting <= LIMIT + 1, 'the queue outgrew its bound');
  check(dropped > 0, 'nothing was dropped, so the consumer was not slow');
}

function check(holds: boolean, otherwise: string): void {
  if (holds) return;
  print(`MISSED: ${otherwise}`);
  process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
