/**
 * Who consumes, in a process of its own, for `npm run bench:socket`: `bare`, the package `ws` and nothing else; `parse`, the
 * same and `JSON.parse`; `books`, an exchange with 20 live books over `ws`; `native`, the same over the platform's WebSocket,
 * and `bareNative`, that and nothing else. Tells what it has seen when nothing more comes.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Observable, Subject, map, of } from 'rxjs';
import { WebSocket as Ws } from 'ws';
import { liveNetwork } from '../lib/network/live/liveNetwork.js';
import type { Network } from '../lib/network/network.js';
import { wsNetwork } from '../lib/node/wsNetwork.js';
import { binance } from '../lib/venues/binance/index.js';

export interface Consumed {
  readonly frames: number;
  /**
   * A second of this process's own time, since others may have the processor meanwhile, from the frame on by which what it runs is
   * compiled: that takes more time than tens of thousands of frames.
   */
  readonly perSecond: number;
  /** Event loop, in ms. */
  readonly loopP99: number;
  /** From receipt to the observer of a live book, in µs. */
  readonly latencyP50: number;
  readonly latencyP99: number;
  /** How old the oldest frame was whose book was told as live, in ms. */
  readonly oldestLive: number;
  /** Told states by status. */
  readonly live: number;
  readonly stale: number;
  /** Faults `lag`, and when the first was told: so many ms after the first frame. */
  readonly lags: number;
  readonly lagAfter: number;
  /** How late it says that it was, in ms. */
  readonly lagOf: number;
  /** How many books are live at the end. */
  readonly liveAtEnd: number;
}

const BOOKS = 20;
const WARM_UP = 40_000;
const [mode = 'bare', url = ''] = process.argv.slice(2);
const loop = monitorEventLoopDelay({ resolution: 1 });
let frames = 0;
let first = 0;
let last = 0;
let busy = process.cpuUsage();
let spent = 0;

function spentBy(): number {
  const { user, system } = process.cpuUsage(busy);
  return (user + system) / 1e6;
}

/** Notes that a frame is here. */
function count(text: string): void {
  if (text.length < 100) return;
  last = performance.now();
  if (frames === 0) {
    first = last;
    loop.enable();
  }
  frames += 1;
  if (frames === WARM_UP) busy = process.cpuUsage();
  else if (frames % 500 === 0) spent = spentBy();
}

const seen = { oldestLive: 0, live: 0, stale: 0, lags: 0, lagAfter: 0, lagOf: 0, liveAtEnd: 0 };
const latencies: number[] = [];

function bare(isParsed: boolean): void {
  const socket = new Ws(url);
  socket.on('open', () => {
    socket.send('{"method":"SUBSCRIBE","id":1}');
  });
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    count(text);
    if (isParsed) JSON.parse(text);
  });
}

function bareNative(): void {
  const socket = new WebSocket(url);
  socket.addEventListener('open', () => {
    socket.send('{"method":"SUBSCRIBE","id":1}');
  });
  socket.addEventListener('message', ({ data }: { readonly data: unknown }) => {
    count(String(data));
  });
}

function books(network: Network): void {
  const levels = (direction: number) =>
    Array.from({ length: 1_000 }, (_, index) => [((1_000_000 + direction * (index + 1)) / 100).toFixed(2), '1.000']);
  const body = JSON.stringify({ lastUpdateId: 1, bids: levels(-1), asks: levels(1) });
  let received = 0;
  const local: Network = {
    open: () =>
      network.open({ url }).pipe(
        map((wire) => {
          const messages = new Subject<string>();
          wire.messages.subscribe((text) => {
            count(text);
            received = last;
            messages.next(text);
          });
          return { ...wire, messages, send: wire.send.bind(wire), close: wire.close.bind(wire) };
        }),
      ),
    request: () => new Observable((subscriber) => of({ status: 200, headers: {}, body }).subscribe(subscriber)),
  };
  const exchange = binance({ network: local, market: 'usdm', maxLag: url.endsWith('flood') ? Infinity : 1_000 });
  exchange.faults$.subscribe((fault) => {
    if (fault.type !== 'lag') return;
    seen.lags += 1;
    if (seen.lags > 1) return;
    seen.lagAfter = performance.now() - first;
    seen.lagOf = fault.ms;
  });
  const isLive = new Set<string>();
  for (let index = 0; index < BOOKS; index += 1) {
    const symbol = `S${index}USDT`;
    exchange.book(symbol).subscribe((state) => {
      if (state.status !== 'live') {
        isLive.delete(symbol);
        if (state.status === 'stale') seen.stale += 1;
        seen.liveAtEnd = isLive.size;
        return;
      }
      isLive.add(symbol);
      seen.liveAtEnd = isLive.size;
      if (frames === 0) return;
      seen.live += 1;
      // One of eight, so that noting it is no part of what is measured.
      if ((seen.live & 7) === 0) latencies.push(performance.now() - received);
      const { venueTime } = state.book;
      if (venueTime !== undefined) seen.oldestLive = Math.max(seen.oldestLive, Date.now() - venueTime);
    });
  }
}

if (mode === 'bare' || mode === 'parse') bare(mode === 'parse');
else if (mode === 'bareNative') bareNative();
else books(mode === 'native' ? liveNetwork() : wsNetwork());

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;

const waiting = setInterval(() => {
  if (frames === 0 || performance.now() - last < 1_500) return;
  clearInterval(waiting);
  loop.disable();
  const consumed: Consumed = {
    frames,
    perSecond: (frames - (frames % 500) - WARM_UP) / spent,
    loopP99: loop.percentile(99) / 1e6,
    latencyP50: quantile(latencies, 0.5) * 1_000,
    latencyP99: quantile(latencies, 0.99) * 1_000,
    ...seen,
  };
  process.send?.(consumed, () => process.exit(0));
}, 100);
