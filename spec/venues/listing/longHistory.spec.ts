import { VirtualTimeScheduler, map, of } from 'rxjs';
import { type CandleHistory, loadCandles } from '../../../lib/feed/candleHistory.js';
import { VenueBase } from '../../../lib/feed/venueBase.js';
import { readAnswer } from '../../../lib/feed/readAnswer.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { klinesOf as binance } from '../../../lib/venues/binance/history.js';
import { type BinanceMarket } from '../../../lib/venues/binance/endpoint.js';
import { settingsOf } from '../../../lib/venues/binance/options.js';
import { historyOf as bitfinex } from '../../../lib/venues/bitfinex/history.js';
import { historyOf as bybit } from '../../../lib/venues/bybit/history.js';
import { historyOf as coinbase } from '../../../lib/venues/coinbase/advanced/history.js';
import { historyOf as deribit } from '../../../lib/venues/deribit/history.js';
import { historyOf as hyperliquid } from '../../../lib/venues/hyperliquid/history.js';
import { historyOf as kraken } from '../../../lib/venues/kraken/v2/history.js';
import { historyOf as kucoin } from '../../../lib/venues/kucoin/history.js';
import { historyOf as okx } from '../../../lib/venues/okx/history.js';
import { historyOf as tplus } from '../../../lib/venues/tplus/history.js';
import { type TradestationBars, barsRequest } from '../../../lib/venues/tradestation/market/candles.js';
import { historyOf as tradestation } from '../../../lib/venues/tradestation/market/history.js';

const REST = 'https://rest';
const MINUTE = 60_000;
/** When it is now: not at the beginning of any interval. */
const NOW = Date.UTC(2026, 0, 1, 0, 7, 31);

interface Asked {
  /** In ms, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly count?: number | undefined;
}

/** A venue, as its docs say it answers. */
interface LongPast {
  readonly name: string;
  readonly history: (base: VenueBase) => CandleHistory;
  /** The length of a candle. */
  readonly length: number;
  /** The most in an answer. */
  readonly most: number;
  readonly askedBy: (url: URL, body: string) => Asked;
  /** The beginnings, oldest first. */
  readonly answer: (times: readonly number[]) => unknown;
}

const numberIn = ({ searchParams }: URL, name: string, scale = 1): number | undefined => {
  const text = searchParams.get(name);
  return text === null ? undefined : Number(text) * scale;
};
const texts = (time: number, ...rest: readonly string[]): readonly string[] => [
  String(time),
  '1',
  '2',
  '0.5',
  '1.5',
  ...rest,
];
const newestFirst = <T>(list: readonly T[]): readonly T[] => [...list].reverse();

/** `klines`, oldest first, up to `endTime`, by default 500. */
const binancePast = (market: BinanceMarket, most: number): LongPast => ({
  name: `binance ${market}`,
  history: (base) => binance(base, settingsOf({ market, restUrl: REST }), 'BTCUSDT', '1m'),
  length: MINUTE,
  most,
  askedBy: (url) => ({ to: numberIn(url, 'endTime'), count: numberIn(url, 'limit') ?? 500 }),
  answer: (times) => times.map((time) => [time, '1', '2', '0.5', '1.5', '1', time + MINUTE - 1, '1', 1, '1', '1', '0']),
});

/** `barsback` bars that end at `lastdate` or before, told by their ends; or, as the docs leave open, those that end before it. */
const tradestationPast = (bars: TradestationBars, length: number, endsBefore: boolean): LongPast => ({
  name: `tradestation, bars of ${length / MINUTE} minutes${endsBefore ? ', were the last one left out' : ''}`,
  history: (base) =>
    tradestation({
      base,
      request: (path, codec) =>
        base.requests.send({ method: 'GET', url: `${REST}${path}` }).pipe(map((answer) => readAnswer(codec, answer))),
      stream: barsRequest('MSFT', bars),
      symbol: 'MSFT',
      bars,
      unread: (paths) => {
        throw new Error(`unread: ${paths.join()}`);
      },
    }),
  length,
  most: 57_600,
  askedBy: ({ searchParams }) => {
    const last = searchParams.get('lastdate');
    const end = last === null ? undefined : Date.parse(last) - (endsBefore ? 1 : 0);
    return { to: end === undefined ? undefined : end - length, count: Number(searchParams.get('barsback')) };
  },
  answer: (times) => ({
    Bars: times.map((time) => ({
      Open: '1',
      High: '2',
      Low: '0.5',
      Close: '1.5',
      TotalVolume: '1',
      Epoch: time + length,
      BarStatus: 'Closed',
    })),
  }),
});

const tplusPast = (isPaged: boolean): LongPast => ({
  name: isPaged ? 'tplus' : 'tplus, of a server that answers with a list',
  history: (base) => tplus(base, { requests: base.requests, url: REST, asset: '7' }, of(MINUTE)),
  length: MINUTE,
  most: 18_000,
  askedBy: (url) => {
    const end = url.searchParams.get('end_timestamp_ns');
    return {
      to: end === null ? undefined : Number(BigInt(end) / 1_000_000n),
      count: numberIn(url, 'limit') ?? 100,
    };
  },
  answer: (times) => {
    const items = newestFirst(times).map((time) => ({
      open: '1',
      high: '2',
      low: '0.5',
      close: '1.5',
      volume: '1',
      // Numbers beyond 2^53 stay whole as texts, which the codec takes, too.
      open_timestamp_ns: `${time}000000`,
      close_timestamp_ns: `${time + MINUTE}000000`,
    }));
    return isPaged ? { items, page: 0, limit: items.length, has_next_page: false } : items;
  },
});

const pasts: readonly LongPast[] = [
  binancePast('spot', 1_000),
  binancePast('usdm', 1_500),
  binancePast('coinm', 1_500),
  tradestationPast({ unit: 'Minute', interval: 1 }, MINUTE, false),
  tradestationPast({ unit: 'Minute', interval: 1 }, MINUTE, true),
  tradestationPast({ unit: 'Minute', interval: 240 }, 240 * MINUTE, false),
  tplusPast(true),
  tplusPast(false),
  {
    name: 'bybit',
    history: (base) => bybit(base, { restUrl: REST, category: 'linear' }, 'BTCUSDT', '1'),
    length: MINUTE,
    most: 1_000,
    askedBy: (url) => ({ to: numberIn(url, 'end'), count: numberIn(url, 'limit') }),
    answer: (times) => ({ retCode: 0, result: { list: newestFirst(times).map((time) => texts(time, '1', '1')) } }),
  },
  {
    name: 'okx',
    history: (base) => okx(base, (path) => ({ method: 'GET', url: `${REST}${path}` }), 'BTC-USDT', '1m'),
    length: MINUTE,
    most: 300,
    askedBy: (url) => ({ to: (numberIn(url, 'after') ?? Infinity) - 1, count: numberIn(url, 'limit') }),
    answer: (times) => ({ code: '0', data: newestFirst(times).map((time) => texts(time, '1', '1', '1', '1')) }),
  },
  {
    name: 'bitfinex',
    history: (base) => bitfinex(base, REST, 'tBTCUSD', '1m'),
    length: MINUTE,
    most: 10_000,
    askedBy: (url) => ({ to: numberIn(url, 'end'), count: numberIn(url, 'limit') }),
    answer: (times) => newestFirst(times).map((time) => [time, 1, 1.5, 2, 0.5, 1]),
  },
  {
    name: 'hyperliquid',
    history: (base) => hyperliquid(base, REST, 'BTC', '1m'),
    length: MINUTE,
    most: 500,
    askedBy: (_, body) => {
      const { req } = JSON.parse(body) as { readonly req: { readonly startTime: number; readonly endTime: number } };
      return { from: req.startTime, to: req.endTime };
    },
    answer: (times) =>
      times.map((t) => ({ t, T: t + MINUTE - 1, i: '1m', s: 'BTC', o: '1', h: '2', l: '0.5', c: '1.5', v: '1', n: 1 })),
  },
  {
    name: 'coinbase advanced',
    history: (base) => coinbase(base, REST, 'BTC-USD'),
    length: 5 * MINUTE,
    most: 350,
    askedBy: (url) => ({ from: numberIn(url, 'start', 1_000), to: numberIn(url, 'end', 1_000) }),
    answer: (times) => ({
      candles: newestFirst(times).map((time) => {
        return { start: String(time / 1_000), low: '0.5', high: '2', open: '1', close: '1.5', volume: '1' };
      }),
    }),
  },
  {
    name: 'deribit',
    history: (base) => deribit(base, REST, 'BTC-PERPETUAL', '1'),
    length: MINUTE,
    most: 5_000,
    askedBy: (url) => ({ from: numberIn(url, 'start_timestamp'), to: numberIn(url, 'end_timestamp') }),
    answer: (ticks) => {
      const all = (value: number): readonly number[] => ticks.map(() => value);
      const [open, high, low, close, volume] = [all(1), all(2), all(0.5), all(1.5), all(1)];
      return { result: { status: ticks.length > 0 ? 'ok' : 'no_data', ticks, open, high, low, close, volume } };
    },
  },
  {
    name: 'kucoin, whose end is left out',
    history: (base) => kucoin(base, REST, 'BTC-USDT', '1min'),
    length: MINUTE,
    most: 1_500,
    askedBy: (url) => ({ from: numberIn(url, 'startAt', 1_000), to: (numberIn(url, 'endAt', 1_000) ?? 0) - 1 }),
    answer: (times) => ({
      code: '200000',
      data: newestFirst(times).map((time) => [String(time / 1_000), '1', '1.5', '2', '0.5', '1', '1']),
    }),
  },
  {
    name: 'kucoin, were its end told as well',
    history: (base) => kucoin(base, REST, 'BTC-USDT', '1min'),
    length: MINUTE,
    most: 1_501,
    askedBy: (url) => ({ from: numberIn(url, 'startAt', 1_000), to: numberIn(url, 'endAt', 1_000) }),
    answer: (times) => ({
      code: '200000',
      data: newestFirst(times).map((time) => [String(time / 1_000), '1', '1.5', '2', '0.5', '1', '1']),
    }),
  },
  {
    name: 'kraken',
    history: (base) => kraken(base, REST, 'BTC/USD', '1'),
    length: MINUTE,
    most: 720,
    askedBy: () => ({}),
    answer: (times) => ({
      error: [],
      result: { 'BTC/USD': times.map((time) => [time / 1_000, '1', '2', '0.5', '1.5', '1', '1', 1]), last: 1 },
    }),
  },
];

/** What a venue of these candles has of its past. */
function loaded(past: LongPast, times: readonly number[], count: number, from?: number) {
  const scheduler = new VirtualTimeScheduler();
  jest.spyOn(scheduler, 'now').mockReturnValue(NOW);
  let requests = 0;
  const network = fakeNetwork({
    onRequested: (one) => {
      requests += 1;
      const { url, body = '' } = one.request;
      const { from: first = -Infinity, to = Infinity, count: limit = past.most } = past.askedBy(new URL(url), body);
      const within = times.filter((time) => time >= first && time <= to);
      one.respond(JSON.stringify(past.answer(within.slice(-Math.min(limit, past.most)))));
      return undefined;
    },
  });
  const told: number[] = [];
  loadCandles(past.history(new VenueBase('venue', { network, scheduler })), count, from).subscribe((candles) =>
    told.push(...candles.map(({ openTime }) => openTime)),
  );
  scheduler.maxFrames = 600_000;
  scheduler.flush();
  return { told, requests };
}

describe.each(pasts.map((past) => [past.name, past] as const))('the long past of %s', (_, past) => {
  const { length, history } = past;
  const { perPage, deepest = Infinity } = history(new VenueBase('venue', { network: fakeNetwork() }));
  const present = Math.floor(NOW / length);
  const range = (newest: number, candles: number): readonly number[] =>
    Array.from({ length: candles }, (__, i) => (newest - candles + 1 + i) * length);
  const kept = Math.min(deepest, 2 * perPage + 7);
  const whole = range(present, Math.min(deepest, 3 * perPage));

  it.each([1, 2, perPage - 1, perPage, perPage + 1, kept].filter((count) => count <= kept))(
    'has the newest %d, over months and years, each once and in order',
    (count) => {
      expect(loaded(past, whole, count).told).toEqual(whole.slice(-count));
    },
  );

  it('has all there are where more are wanted', () => {
    const few = range(present, 5);
    expect(loaded(past, few, 50).told).toEqual(few);
    expect(loaded(past, [], 50)).toMatchObject({ told: [] });
    expect(loaded(past, [], 50).requests).toBeLessThan(5);
  });

  it('goes on behind a hole, of more than a page and of single candles', () => {
    const far = range(present - perPage - 20, Math.min(perPage, deepest - 30));
    const times = [...far, ...range(present - 5, 20).filter((time) => (time / length) % 3 > 0)];
    expect(loaded(past, times, times.length).told).toEqual(times);
    expect(loaded(past, times, 3).told).toEqual(times.slice(-3));
  });

  it('has all since a candle, also over a hole', () => {
    const times = [...range(present - 40, 40), ...range(present - 5, 5)];
    const since = times[10] ?? 0;
    expect(loaded(past, times, 3, since).told.filter((time) => time >= since)).toEqual(times.slice(10));
  });
});
