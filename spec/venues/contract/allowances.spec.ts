import { NEVER, Observable, Subscription, merge } from 'rxjs';
import { JITTER } from '../../../lib/network/allowance.js';
import type { BudgetLimits } from '../../../lib/network/budget.js';
import type { Exchange, ExchangeOptions } from '../../../lib/feed/exchange.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import {
  connections as binanceConnections,
  MAX_STREAMS,
  markets,
  wireLimits as binanceLimits,
} from '../../../lib/venues/binance/endpoint.js';
import { wireLimits as bitfinexLimits } from '../../../lib/venues/bitfinex/endpoint.js';
import { wireLimits as bitstampLimits } from '../../../lib/venues/bitstamp/endpoint.js';
import { wireLimits as coinbaseAdvancedLimits } from '../../../lib/venues/coinbase/advanced/endpoint.js';
import { wireLimits as coinbaseLimits } from '../../../lib/venues/coinbase/exchange/endpoint.js';
import { messages as deribitMessages, wireLimits as deribitLimits } from '../../../lib/venues/deribit/endpoint.js';
import {
  CHANNELS_PER_WIRE,
  messages as hyperliquidMessages,
  wireLimits as hyperliquidLimits,
} from '../../../lib/venues/hyperliquid/endpoint.js';
import { wireLimits as krakenLimits } from '../../../lib/venues/kraken/endpoint.js';
import { wireLimits as kucoinLimits } from '../../../lib/venues/kucoin/endpoint.js';
import { wireLimits as okxLimits } from '../../../lib/venues/okx/endpoint.js';
import { binance } from '../../../lib/venues/binance/index.js';
import { bitfinex } from '../../../lib/venues/bitfinex/index.js';
import { bitstamp } from '../../../lib/venues/bitstamp/index.js';
import { connections as bybitConnections, wireLimits as bybitLimits } from '../../../lib/venues/bybit/endpoint.js';
import { bybit } from '../../../lib/venues/bybit/index.js';
import { coinbaseAdvanced, coinbaseExchange } from '../../../lib/venues/coinbase/index.js';
import { deribit } from '../../../lib/venues/deribit/index.js';
import { hyperliquid } from '../../../lib/venues/hyperliquid/index.js';
import { kraken } from '../../../lib/venues/kraken/index.js';
import { kucoin } from '../../../lib/venues/kucoin/index.js';
import { okx } from '../../../lib/venues/okx/index.js';
import { wireLimits as dxlinkLimits } from '../../../lib/venues/dxlink/endpoint.js';
import { wireLimits as o2Limits } from '../../../lib/venues/o2/endpoint.js';
import { o2 } from '../../../lib/venues/o2/index.js';
import { heartbeatRange, wireLimits as tastytradeLimits } from '../../../lib/venues/tastytrade/endpoint.js';
import { tastytrade } from '../../../lib/venues/tastytrade/index.js';
import { signInRate, wireLimits as tplusLimits } from '../../../lib/venues/tplus/endpoint.js';
import { tplus } from '../../../lib/venues/tplus/index.js';
import { quoteLimits, resourceLimits, streamLimits } from '../../../lib/venues/tradestation/endpoint.js';
import {
  type TradestationExchange,
  type TradestationOptions,
  tradestation,
} from '../../../lib/venues/tradestation/index.js';
import { dxLinkWire } from '../../support/dxlinkWire.js';
import { Clock } from '../../support/fakeVenue.js';
import { binanceUnderTest } from './binance.js';
import { bitfinexUnderTest } from './bitfinex.js';
import { bitstampUnderTest } from './bitstamp.js';
import { bybitUnderTest } from './bybit.js';
import { coinbaseAdvancedUnderTest, coinbaseExchangeUnderTest } from './coinbase.js';
import { deribitUnderTest } from './deribit.js';
import { hyperliquidUnderTest } from './hyperliquid.js';
import { krakenUnderTest } from './kraken.js';
import { kucoinUnderTest } from './kucoin.js';
import { okxUnderTest } from './okx.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

type Rate = Pick<BudgetLimits, 'limit' | 'window'>;

/** What one address may do, in the venue's words or, where these name no figure, in ours: neither more nor less is done. */
interface Allowed {
  readonly name: string;
  /** So many wires. */
  readonly channels?: (options: ExchangeOptions, count: number) => Observable<unknown>;
  readonly connections?: Rate;
  /** Streams of which each sends a request once it is confirmed. */
  readonly requests?: (options: ExchangeOptions, count: number) => Observable<unknown>;
  readonly allowed?: BudgetLimits;
  /** The n-th of many streams, all of them on as few wires as may be. */
  readonly streams?: (options: ExchangeOptions) => (n: number) => Observable<unknown>;
  /** What may be sent on one wire, and how many channels one request may name. */
  readonly messages?: Rate;
  readonly topics?: number;
  /** The n-th of many streams, on many wires, and what may be sent on all of these together. */
  readonly spread?: (options: ExchangeOptions) => (n: number) => Observable<unknown>;
  readonly together?: Rate;
}

const each = (count: number, open: (n: number) => Observable<unknown>): Observable<unknown> =>
  merge(...Array.from({ length: count }, (_, n) => open(n)));

type Row = Allowed & {
  readonly read: (text: string) => Said;
  readonly answers: (text: string) => readonly string[];
  readonly greeting: readonly string[];
  /** What a request is answered at once, by its address. Default: nothing is in the answer. */
  readonly respond?: (url: string) => unknown;
};

/** Of a venue whose contract says how it talks. */
function allowed<E extends Exchange>(
  { name, read, accept, greeting = [] }: VenueUnderTest<E, never>,
  rules: Omit<Allowed, 'name'>,
): Row {
  const answers = (text: string): readonly string[] => {
    const said = read(text);
    return said.op === 'subscribe' ? accept(said) : [];
  };
  return { name, ...rules, read, answers, greeting };
}

const past = { history: 3 };
const venues = [
  allowed(binanceUnderTest, {
    streams: (options) => {
      const exchange = binance(options);
      return (n) => exchange.trades(`A${n}`);
    },
    messages: { limit: 4, window: 1_000 },
    topics: 100,
    requests: (options, count) => {
      const exchange = binance(options);
      return each(count, (n) => exchange.candles(`A${n}`, '1m', past));
    },
    allowed: { limit: 20, window: 1_000, concurrent: 4 },
  }),
  allowed(bitfinexUnderTest, {
    streams: (options) => {
      const exchange = bitfinex(options);
      return (n) => exchange.trades(`tA${n}USD`);
    },
    topics: 1,
    channels: (options, count) => {
      const exchange = bitfinex({ ...options, channelsPerWire: 1 });
      return each(count, (n) => exchange.trades(`tA${n}USD`));
    },
    connections: { limit: 20, window: 60_000 },
    requests: (options, count) => {
      const exchange = bitfinex(options);
      return each(count, (n) => exchange.candles(`tA${n}USD`, '1m', past));
    },
    allowed: { limit: 25, window: 60_000, concurrent: 2 },
  }),
  allowed(bitstampUnderTest, {
    streams: (options) => {
      const exchange = bitstamp(options);
      return (n) => exchange.trades(`a${n}usd`);
    },
    messages: { limit: 50, window: 1_000 },
    topics: 1,
    requests: (options, count) => {
      const exchange = bitstamp({ ...options, snapshotAfter: 0 });
      return each(count, (n) => exchange.book(`a${n}usd`));
    },
    allowed: { limit: 10, window: 1_000, concurrent: 4 },
  }),
  allowed(bybitUnderTest, {
    streams: (options) => {
      const exchange = bybit({ ...options, category: 'spot' });
      return (n) => exchange.trades(`A${n}`);
    },
    topics: 10,
    requests: (options, count) => {
      const exchange = bybit(options);
      return each(count, (n) => exchange.candles(`A${n}`, '1', past));
    },
    allowed: { limit: 480, window: 5_000, concurrent: 4 },
  }),
  allowed(coinbaseExchangeUnderTest, {
    streams: (options) => {
      const exchange = coinbaseExchange(options);
      return (n) => exchange.trades(`A${n}-USD`);
    },
    messages: { limit: 10, window: 1_000 },
    topics: 50,
    channels: (options, count) => {
      const exchange = coinbaseExchange({ ...options, channelsPerWire: 2 });
      return each(2 * count, (n) => exchange.trades(`A${n}-USD`));
    },
    connections: { limit: 8, window: 1_000 },
  }),
  allowed(coinbaseAdvancedUnderTest, {
    streams: (options) => {
      const exchange = coinbaseAdvanced(options);
      return (n) => exchange.trades(`A${n}-USD`);
    },
    messages: { limit: 4, window: 1_000 },
    topics: 50,
    channels: (options, count) => {
      const exchange = coinbaseAdvanced({ ...options, booksPerWire: 1 });
      return each(count, (n) => exchange.book(`A${n}-USD`));
    },
    connections: { limit: 2, window: 1_000 },
    spread: (options) => {
      const exchange = coinbaseAdvanced({ ...options, channelsPerWire: 10 });
      return (n) => exchange.trades(`A${n}-USD`);
    },
    together: { limit: 7, window: 1_000 },
    requests: (options, count) => {
      const exchange = coinbaseAdvanced(options);
      return each(count, (n) => exchange.candles(`A${n}-USD`, past));
    },
    allowed: { limit: 8, window: 1_000, concurrent: 4 },
  }),
  allowed(deribitUnderTest, {
    streams: (options) => {
      const exchange = deribit({ ...options, channelsPerWire: 600 });
      return (n) => exchange.trades(`A${n}-PERPETUAL`);
    },
    // As far as subscriptions go; what is sent beside them is too little to reach its own limit.
    messages: { limit: 3, window: 1_000 },
    topics: 500,
    spread: (options) => {
      const exchange = deribit({ ...options, channelsPerWire: 4 });
      return (n) => exchange.trades(`A${n}-PERPETUAL`);
    },
    together: { limit: 3, window: 1_000 },
    requests: (options, count) => {
      const exchange = deribit(options);
      return each(count, (n) => exchange.candles(`A${n}-PERPETUAL`, '1', past));
    },
    allowed: { limit: 10, window: 1_000, concurrent: 2 },
  }),
  allowed(hyperliquidUnderTest, {
    streams: (options) => {
      const exchange = hyperliquid(options);
      return (n) => exchange.trades(`A${n}`);
    },
    topics: 1,
    spread: (options) => {
      const exchange = hyperliquid({ ...options, channelsPerWire: 400 });
      return (n) => exchange.trades(`A${n}`);
    },
    together: { limit: 1_900, window: 60_000 },
    channels: (options, count) => {
      const exchange = hyperliquid({ ...options, channelsPerWire: 1 });
      return each(count, (n) => exchange.trades(`A${n}`));
    },
    connections: { limit: 30, window: 60_000 },
    requests: (options, count) => {
      const exchange = hyperliquid(options);
      return each(count, (n) => exchange.candles(`A${n}`, '1m', past));
    },
    // Of weight 29 each: 960 a minute.
    allowed: { limit: 33, window: 60_000, concurrent: 4 },
  }),
  allowed(krakenUnderTest, {
    streams: (options) => {
      const exchange = kraken(options);
      return (n) => exchange.trades(`A${n}/USD`);
    },
    messages: { limit: 10, window: 1_000 },
    topics: 100,
    channels: (options, count) => {
      const exchange = kraken({ ...options, channelsPerWire: 1 });
      return each(count, (n) => exchange.trades(`A${n}/USD`));
    },
    connections: { limit: 150, window: 600_000 },
    requests: (options, count) => {
      const exchange = kraken(options);
      return each(count, (n) => exchange.candles(`A${n}/USD`, '1', past));
    },
    allowed: { limit: 10, window: 10_000, concurrent: 2 },
  }),
  allowed(kucoinUnderTest, {
    streams: (options) => {
      const exchange = kucoin({ ...options, url: 'wss://ws.example' });
      return (n) => exchange.trades(`A${n}-USDT`);
    },
    messages: { limit: 100, window: 10_000 },
    topics: 100,
    channels: (options, count) => {
      const exchange = kucoin({ ...options, url: 'wss://ws.example', topicsPerWire: 1 });
      return each(count, (n) => exchange.trades(`A${n}-USDT`));
    },
    connections: { limit: 30, window: 60_000 },
    requests: (options, count) => {
      const exchange = kucoin({ ...options, url: 'wss://ws.example' });
      return each(count, (n) => exchange.candles(`A${n}-USDT`, '1min', past));
    },
    allowed: { limit: 10, window: 1_000, concurrent: 4 },
  }),
  allowed(okxUnderTest, {
    streams: (options) => {
      const exchange = okx({ ...options, channelsPerWire: 200 });
      return (n) => exchange.trades(`A${n}-USDT`);
    },
    topics: 100,
    channels: (options, count) => {
      const exchange = okx({ ...options, channelsPerWire: 1 });
      return each(count, (n) => exchange.trades(`A${n}-USDT`));
    },
    connections: { limit: 3, window: 1_000 },
    requests: (options, count) => {
      const exchange = okx(options);
      return each(count, (n) => exchange.candles(`A${n}-USDT`, '1m', past));
    },
    allowed: { limit: 16, window: 2_000, concurrent: 4 },
  }),
];

const token = () => [{ value: 'AT', expiresAt: Infinity }];
const o2Market = (n: number): string => `0x${String(n).padStart(64, '0')}`;
const o2Asset = { symbol: 'A', asset: `0x${'2'.repeat(64)}`, decimals: 9, max_precision: 9 };
const o2Markets = Array.from({ length: 110 }, (_, n) => ({
  market_id: o2Market(n),
  contract_id: '0x9ad52fb8',
  base: { ...o2Asset, symbol: `A${n}` },
  quote: { ...o2Asset, symbol: 'USDC', asset: `0x${'3'.repeat(64)}` },
}));

const o2Row: Row = {
  name: 'o2',
  read: () => ({ op: 'subscribe', keys: ['one'] }),
  answers: (text) => (text === 'PING' ? ['PONG'] : []),
  greeting: [],
  respond: (url) => (url.endsWith('/v1/markets') ? { markets: o2Markets } : undefined),
  streams: (options) => {
    const exchange = o2(options);
    return (n) => exchange.trades(o2Market(n));
  },
  messages: { limit: 20, window: 1_000 },
  requests: (options, count) => {
    const exchange = o2(options);
    return each(count, (n) => exchange.openOrders({ ContractId: o2Market(n) }));
  },
  allowed: { limit: 10, window: 1_000, concurrent: 4 },
};

/** Of those without a contract: whatever is sent counts. */
const others: readonly Row[] = [
  o2Row,
  {
    name: 'tastytrade',
    read: () => ({ op: 'other', keys: [] }),
    answers: () => [],
    greeting: [],
    requests: (options, count) => {
      const exchange = tastytrade({ ...options, accounts: ['A'], login: token });
      return each(count, (n) => exchange.instrument(`A${n}`));
    },
    allowed: { limit: 10, window: 1_000, concurrent: 5 },
  },
  {
    name: 'tplus',
    read: () => ({ op: 'other', keys: [] }),
    answers: () => [],
    greeting: [],
    channels: (options, count) => {
      const exchange = tplus(options);
      return each(count, (n) => exchange.ticker(String(n)));
    },
    connections: { limit: 20, window: 1_000 },
    requests: (options, count) => {
      const exchange = tplus(options);
      return each(count, (n) => exchange.ticker(String(n)));
    },
    allowed: { limit: 20, window: 1_000, concurrent: 4 },
  },
  {
    name: 'tradestation',
    read: () => ({ op: 'other', keys: [] }),
    answers: () => [],
    greeting: [],
    requests: (options, count) => {
      const exchange = tradestation({ ...options, login: token });
      return each(count, (n) => exchange.instrument(`A${n}`));
    },
    allowed: { limit: 300, window: 300_000, concurrent: 4 },
  },
];

/** The most that any window holds. */
const mostWithin = (moments: readonly number[], window: number): number =>
  Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + window).length));

/** A venue that takes every subscription, and answers requests after so many ms. */
function rig(venue: Row, answerAfter: number) {
  const sent: { readonly at: number; readonly wire: number; readonly keys: readonly string[] }[] = [];
  const clock = new Clock();
  const opened: number[] = [];
  const requested: number[] = [];
  let running = 0;
  let most = 0;
  const network = fakeNetwork({
    onOpening: (wire) => {
      opened.push(clock.now());
      return clock.schedule(() => {
        wire.open();
        wire.receive(...venue.greeting);
      });
    },
    onSent: (wire, text) => {
      const { op, keys } = venue.read(text);
      if (op !== 'other') sent.push({ at: clock.now(), wire: wire.index, keys });
      clock.schedule(() => {
        if (wire.status === 'open') wire.receive(...venue.answers(text));
      });
    },
    onRequested: (request) => {
      const answer = venue.respond?.(request.request.url);
      requested.push(clock.now());
      running += 1;
      most = Math.max(most, running);
      return clock.schedule(
        () => {
          running -= 1;
          request.respond(answer ?? {});
        },
        answer === undefined ? answerAfter : 1,
      );
    },
  });
  const options: ExchangeOptions = { network, scheduler: clock, random: () => 0.5 };
  return { clock, opened, requested, sent, options, most: () => most };
}

describe.each([...venues, ...others])('$name', (venue) => {
  const { channels, connections, requests, allowed: budget, streams, messages, topics, spread, together } = venue;

  if (streams !== undefined && messages !== undefined) {
    it('says as much on a wire in a time as the venue allows, and no more', () => {
      const { clock, sent, options } = rig(venue, 1);
      const open = streams(options);
      const running = new Subscription();
      const { limit, window } = messages;

      // One after the other: what is asked for at once is one request.
      for (let n = 0; n < limit + 20; n += 1) {
        running.add(open(n).subscribe());
        clock.advance(1);
      }
      clock.advance(2 * window);

      const wires = [...new Set(sent.map(({ wire }) => wire))];
      const most = wires.map((here) =>
        mostWithin(
          sent.filter(({ wire }) => wire === here).map(({ at }) => at),
          window,
        ),
      );
      expect(Math.max(...most)).toBe(limit);
      running.unsubscribe();
    });
  }

  if (spread !== undefined && together !== undefined) {
    it('says as much on all wires in a time as the venue allows an address, and no more', () => {
      const { clock, opened, sent, options } = rig(venue, 1);
      const open = spread(options);
      const running = new Subscription();
      const { limit, window } = together;

      for (let n = 0; n < limit + 50; n += 1) {
        running.add(open(n).subscribe());
        if (limit < 100 || n % 100 === 0) clock.advance(20);
      }
      clock.advance(2 * window);

      expect(opened.length).toBeGreaterThan(4);
      expect(
        mostWithin(
          sent.map(({ at }) => at),
          window,
        ),
      ).toBe(limit);
      running.unsubscribe();
    });
  }

  if (streams !== undefined && topics !== undefined) {
    it('names as many channels in a request as the venue takes, and no more', () => {
      const { clock, sent, options } = rig(venue, 1);
      const open = streams(options);
      const running = each(topics + 5, open).subscribe();

      clock.advance(5_000);

      expect(Math.max(...sent.map(({ keys }) => keys.length))).toBe(topics);
      running.unsubscribe();
    });
  }

  if (channels !== undefined && connections !== undefined) {
    it('opens as many connections in a time as the venue allows, and no more', () => {
      const { clock, opened, options } = rig(venue, 1);
      const running = channels(options, connections.limit + 5).subscribe();

      clock.advance(Math.min(connections.window, 5_000));
      running.unsubscribe();

      expect(mostWithin(opened, connections.window)).toBe(connections.limit);
    });
  }

  if (requests !== undefined && budget !== undefined) {
    it('requests as much in a time as the venue allows, and no more', () => {
      const { clock, requested, options } = rig(venue, 1);
      const running = requests(options, budget.limit + 20).subscribe();

      clock.advance(2 * budget.window);
      running.unsubscribe();

      expect(mostWithin(requested, budget.window)).toBe(budget.limit);
    });

    it('has no more requests under way at once than it says', () => {
      const { clock, options, most } = rig(venue, 1_000_000);
      const running = requests(options, 20).subscribe();

      clock.advance(5_000);

      expect(most()).toBe(budget.concurrent);
      running.unsubscribe();
    });
  }
});

describe('O2', () => {
  it('has a hundred channels on a wire', () => {
    const { clock, opened, options } = rig(o2Row, 1);
    const exchange = o2(options);
    const hundred = each(100, (n) => exchange.trades(o2Market(n))).subscribe();
    clock.advance(100);
    expect(opened).toHaveLength(1);

    hundred.add(exchange.trades(o2Market(100)).subscribe());
    clock.advance(100);

    expect(opened).toHaveLength(2);
    hundred.unsubscribe();
  });
});

describe('dxLink', () => {
  it('asks for a bound of 60 s of silence, and says something three times within it', () => {
    const { exchange, passTo, tell, sent } = dxLinkWire();
    const running = exchange.quotes('AAPL').subscribe();
    passTo(100);
    // Or else it is asked for again.
    const row = { eventType: 'Quote', eventSymbol: 'AAPL', bidPrice: 1, bidSize: 1, askPrice: 2, askSize: 1 };
    tell('TICKER', row);

    passTo(61_000);

    expect(sent()[0]).toMatchObject({ type: 'SETUP', keepaliveTimeout: 60, acceptKeepaliveTimeout: 60 });
    expect(sent().filter(({ type }) => type === 'KEEPALIVE')).toHaveLength(3);
    running.unsubscribe();
    exchange.close();
  });
});

describe('TradeStation', () => {
  interface Streams {
    readonly clock: Clock;
    readonly exchange: TradestationExchange;
    /** When each stream was opened. */
    readonly opened: readonly number[];
  }

  /** Each stream opens, and says nothing. */
  function streams(options: Partial<TradestationOptions> = {}): Streams {
    const clock = new Clock();
    const opened: number[] = [];
    const exchange = tradestation({
      login: token,
      network: fakeNetwork(),
      scheduler: clock,
      random: () => 0.5,
      linger: 0,
      gatherFor: 0,
      transport: () =>
        new Observable((subscriber) => {
          opened.push(clock.now());
          subscriber.next({ messages: NEVER, send: () => undefined, close: () => undefined });
        }),
      ...options,
    });
    return { clock, exchange, opened };
  }

  const own: Readonly<Record<string, (exchange: TradestationExchange, n: number) => Observable<unknown>>> = {
    depth: (exchange, n) => exchange.book(`A${n}`),
    'option chains': (exchange, n) => exchange.optionChain(`A${n}`),
    'option quotes': (exchange, n) => exchange.optionQuotes([{ symbol: `A${n}` }]),
    orders: (exchange, n) => exchange.orders([`A${n}`]),
    positions: (exchange, n) => exchange.positionEvents([`A${n}`]),
  };
  const openOf = (name: string) => own[name] ?? (() => NEVER);

  it('has ten streams at once unless it is told otherwise', () => {
    const { clock, exchange, opened } = streams({ whenFull: 'queue' });
    const running = each(15, (n) => exchange.candles(`A${n}`)).subscribe();
    clock.advance(1_000);
    expect(opened).toHaveLength(10);
    running.unsubscribe();
  });

  it.each([
    ['depth', 10],
    ['option chains', 10],
    ['option quotes', 10],
    ['orders', 40],
    ['positions', 40],
  ])('has no more streams of %s at once than the venue serves, %d', (name, most) => {
    const { clock, exchange, opened } = streams({ maxConcurrentStreams: 1_000, whenFull: 'queue' });
    const running = each(most + 5, (n) => openOf(name)(exchange, n)).subscribe();
    clock.advance(1_000);
    expect(opened).toHaveLength(most);
    running.unsubscribe();
  });

  it.each([
    ['depth', 30, 60_000],
    ['option chains', 90, 60_000],
    ['option quotes', 90, 60_000],
  ])('opens no more streams of %s in a time than the venue allows, %d in %d ms', (name, limit, window) => {
    const { clock, exchange, opened } = streams({ whenFull: 'queue' });
    for (let n = 0; n < limit + 10; n += 1) {
      const one = openOf(name)(exchange, n).subscribe();
      clock.advance(1);
      one.unsubscribe();
    }
    expect(mostWithin(opened, window)).toBe(limit);
  });
});

// What is too much to be reached in a test is held by its figure: no more is let through than is told.
it.each<readonly [string, unknown, unknown]>([
  ['connections of Binance', binanceConnections, { limit: 300, window: 300_000, margin: JITTER }],
  ['connections of Bybit', bybitConnections, { limit: 500, window: 300_000, margin: JITTER }],
  ['messages of COIN-M', markets.coinm.messages, { limit: 9, window: 1_000, margin: JITTER }],
  ['messages of USD-M', markets.usdm.messages, { limit: 9, window: 1_000, margin: JITTER }],
  ['streams of Binance on a wire', MAX_STREAMS, 1_024],
  ['topics of options of Bybit in a request', bybitLimits('option', 1).topicsPerRequest, 100],
  ['messages of Deribit', deribitMessages, { limit: 20, window: 1_000 }],
  ['messages of Hyperliquid', hyperliquidMessages, { limit: 1_900, window: 60_000, margin: JITTER }],
  ['channels of Hyperliquid on a wire', CHANNELS_PER_WIRE, 1_000],
  ['requests of OKX', okxLimits.requests, { limit: 479, window: 3_600_000, margin: JITTER }],
  ['channels of dxLink on a wire', dxlinkLimits(60).channels, 100_000],
  ['messages of dxLink', dxlinkLimits(60).messages, { limit: 50, window: 1_000 }],
  ['symbols of dxLink in a request', dxlinkLimits(60).topicsPerRequest, 1_000],
  ['sign-ins of T+', signInRate, { limit: 90, window: 1_800_000 }],
  ['channels of T+ on a wire', [tplusLimits.channels, tplusLimits.topicsPerRequest], [1, 1]],
  [
    'openings of TradeStation of quotes, bars and tick bars',
    [resourceLimits.quotes, resourceLimits.bars, resourceLimits.tickBars].map(({ opens }) => opens),
    Array(3).fill({ limit: 500, window: 300_000 }),
  ],
  ['symbols of TradeStation in a stream', [streamLimits.channels, quoteLimits.channels], [1, 100]],
  ['topics of tastytrade in a request', tastytradeLimits(20_000).topicsPerRequest, 1],
  ['heartbeats of tastytrade', heartbeatRange, { least: 2_000, most: 55_000 }],
  [
    'silence of T+, O2, dxLink and tastytrade',
    [tplusLimits, o2Limits(1), dxlinkLimits(60), tastytradeLimits(20_000)].map(({ silence }) => silence),
    [60_000, 45_000, 65_000, 40_000],
  ],
  [
    'time for the answer to a probe of these',
    [tplusLimits, o2Limits(1), dxlinkLimits(60), tastytradeLimits(20_000)].map(({ probeWithin }) => probeWithin),
    [10_000, 10_000, 10_000, 10_000],
  ],
  [
    'bytes of a request',
    [
      binanceLimits,
      bitfinexLimits,
      bitstampLimits,
      bybitLimits('spot', 1),
      coinbaseLimits(1),
      coinbaseAdvancedLimits(1),
      deribitLimits,
      hyperliquidLimits,
      krakenLimits(1, 1),
      kucoinLimits,
      okxLimits,
      tplusLimits,
      o2Limits(1),
      dxlinkLimits(60),
      streamLimits,
    ].map(({ requestBytes }) => requestBytes),
    [16_384, 4_096, 1_024, 21_000, 65_536, 65_536, 32_768, 1_024, 16_384, 8_192, 65_536, 65_536, 4_096, 8_192, 65_536],
  ],
])('%s', (_, own, told) => {
  expect(own).toEqual(told);
});
