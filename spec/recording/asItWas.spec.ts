import { type Observable, type SchedulerLike, VirtualTimeScheduler } from 'rxjs';
import { binanceVenue } from '../../lib/cli/venues/binance.js';
import { krakenVenue } from '../../lib/cli/venues/kraken.js';
import { okxVenue } from '../../lib/cli/venues/okx.js';
import type { Exchange } from '../../lib/feed/exchange.js';
import type { Network } from '../../lib/network/network.js';
import { headerLine } from '../../lib/recording/format.js';
import { parseRecording } from '../../lib/recording/parseRecording.js';
import { type Recorder, recorder } from '../../lib/recording/recorder.js';
import { replay } from '../../lib/recording/replay.js';
import {
  type FaultPlan,
  parseFaults,
  simulatedBinance,
  simulatedKraken,
  simulatedOkx,
} from '../../lib/simulation/index.js';
import { binance } from '../../lib/venues/binance/index.js';
import { kraken } from '../../lib/venues/kraken/index.js';
import { okx } from '../../lib/venues/okx/index.js';

/** Messages are lost, then all wires at once, and again while none is let in. */
const LOSSES = { faults: 'drop@3s/7s,closeCleanly@8s,refuseConnections@16s+2s,terminate@16s', lasts: 30_000 };
/** All wires fall silent at once, and are found dead one by one, in another order than they were opened. */
const SILENCE = { faults: 'halfOpen@8s', lasts: 50_000 };

interface Around {
  readonly network: Network;
  readonly scheduler: SchedulerLike;
}
interface Outside {
  readonly scheduler: VirtualTimeScheduler;
  readonly faults: FaultPlan;
}
interface Client {
  readonly exchange: Exchange;
  readonly streams: Readonly<Record<string, Observable<unknown>>>;
}
const random = (): number => 0.5;

/** All streams of one market, books at several depths and paces among them, and who answers a replay. */
const venues = {
  'binance, spot': [
    binanceVenue,
    (outside: Outside) => simulatedBinance({ ...outside, latency: 5 }),
    ({ network, scheduler }: Around): Client => {
      const exchange = binance({ network, scheduler, random });
      const [symbol, slow] = ['BTCUSDT', { speed: '1000ms' } as const];
      const books = { book: exchange.book(symbol), slow: exchange.book(symbol, slow), depth: exchange.depth(symbol) };
      const trades = { trades: exchange.trades(symbol), aggregates: exchange.aggregateTrades(symbol) };
      return { exchange, streams: { ...books, ...trades, candles: exchange.candles(symbol, '1m', { history: 5 }) } };
    },
  ],
  'binance, usdm': [
    binanceVenue,
    (outside: Outside) => simulatedBinance({ ...outside, latency: 5, market: 'usdm' }),
    ({ network, scheduler }: Around): Client => {
      const exchange = binance({ network, scheduler, random, market: 'usdm' });
      const at = (speed: '100ms' | '250ms' | '500ms') => exchange.book('BTCUSDT', { speed });
      const others = { quotes: exchange.quotes('BTCUSDT'), ticker: exchange.ticker('BTCUSDT') };
      return { exchange, streams: { fast: at('100ms'), usual: at('250ms'), slow: at('500ms'), ...others } };
    },
  ],
  kraken: [
    krakenVenue,
    (outside: Outside) => simulatedKraken({ ...outside, latency: 5 }),
    ({ network, scheduler }: Around): Client => {
      const exchange = kraken({ network, scheduler, random });
      const at = (depth: 10 | 25 | 100) => exchange.book('BTC/USDT', { depth });
      const trades = { recent: exchange.recentTrades('BTC/USDT'), trades: exchange.trades('BTC/USDT') };
      return { exchange, streams: { ten: at(10), more: at(25), most: at(100), ...trades } };
    },
  ],
  okx: [
    okxVenue,
    (outside: Outside) => simulatedOkx({ ...outside, latency: 5 }),
    ({ network, scheduler }: Around): Client => {
      const exchange = okx({ network, scheduler, random });
      const on = (channel: 'books' | 'books5' | 'bbo-tbt') => exchange.book('BTC-USDT', { channel });
      const others = { trades: exchange.trades('BTC-USDT'), candles: exchange.candles('BTC-USDT', '1m') };
      return { exchange, streams: { book: on('books'), five: on('books5'), best: on('bbo-tbt'), ...others } };
    },
  ],
} as const;

/** What each stream gives, as text: when it was received as well. */
function valuesOf({ streams }: Client): Readonly<Record<string, readonly string[]>> {
  const values = Object.fromEntries(Object.keys(streams).map((name): [string, string[]] => [name, []]));
  for (const [name, stream] of Object.entries(streams)) {
    stream.subscribe((value) => values[name]?.push(JSON.stringify(value, withLevels)));
  }
  return values;
}
const withLevels = (name: string, value: unknown): unknown => {
  // A recording does not tell when a wire was lost: it is lost behind its last frame.
  if (name === 'since') return undefined;
  const { type, reason } = Object(value) as { readonly type?: unknown; readonly reason?: unknown };
  if (type === 'reset') return `reset ${String(reason)}`;
  const { slice } = Object(value) as { readonly slice?: unknown };
  return typeof slice === 'function' && typeof value === 'object' ? [...(value as Iterable<unknown>)] : value;
};

const rows = [
  ...Object.entries(venues).map(([name, venue]) => [name, LOSSES, venue] as const),
  ['okx, whose wires fall silent', SILENCE, venues.okx] as const,
];

it.each(rows)('what was recorded of %s is replayed as it was, every value of it', (_, { faults, lasts }, venue) => {
  const [{ recorded }, simulated, client] = venue;
  const scheduler = new VirtualTimeScheduler();
  const lines: string[] = [];
  const taken: Recorder = recorder(simulated({ scheduler, faults: parseFaults(faults) }).network, {
    venue: 'x',
    clock: scheduler,
    sink: (line) => lines.push(line),
  });
  const first = client({ network: taken, scheduler });
  const live = valuesOf(first);
  scheduler.maxFrames = lasts;
  scheduler.flush();

  const outside = new VirtualTimeScheduler();
  const played = replay(parseRecording([headerLine(taken.header()), ...lines]), {
    scheduler: outside,
    reply: (sent) => recorded.reply(sent),
    ofSession: (url) => recorded.isDepthAnswer(url),
  });
  const second = client({ network: played, scheduler: played.clock });
  const again = valuesOf(second);
  outside.flush();

  for (const [name, values] of Object.entries(live)) {
    expect([name, values.length]).not.toEqual([name, 0]);
    const apart = values.findIndex((value, i) => value !== again[name]?.[i]);
    expect([name, again[name]?.length, apart]).toEqual([name, values.length, -1]);
  }
  for (const { exchange } of [first, second]) exchange.close();
});
