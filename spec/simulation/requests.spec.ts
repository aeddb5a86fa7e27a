import { VirtualTimeScheduler } from 'rxjs';
import {
  type SimulatedVenue,
  type SimulatedVenueConfig,
  simulatedCoinbase,
  simulatedKraken,
  simulatedOkx,
  type TrueTrade,
} from '../../lib/simulation/index.js';

// What venues answer to requests about one instrument, against what their market did.

type Json = Readonly<Record<string, unknown>>;
type Row = readonly unknown[];

/** A venue by its paths, and by what stands where in its answers. */
interface Asked {
  readonly make: (config: SimulatedVenueConfig) => SimulatedVenue;
  /** As a user of the venue names it. */
  readonly instrument: string;
  readonly base: string;
  readonly book: string;
  readonly trades: string;
  readonly ticker: string;
  readonly sidesOf: (body: Json) => readonly (readonly unknown[])[];
  readonly tradesOf: (body: Json) => readonly Row[];
  /** Last, high, low, volume; as far as it tells them. */
  readonly dayOf: (body: Json) => readonly unknown[];
  readonly wrong: readonly (readonly [path: string, refusal: string])[];
}

const dataOf = ({ data }: Json): readonly Json[] => data as readonly Json[];
const other = (side: unknown): string => (side === 'BUY' ? 'sell' : 'buy');
const pairs = (levels: unknown): readonly unknown[] => (levels as readonly Row[]).map(([price, size]) => [price, size]);
const sizes = (levels: unknown): readonly unknown[] =>
  (levels as readonly Json[]).map(({ price, size }) => [price, size]);
const inside = ({ result }: Json): unknown => (result as Json)['BTC/USDT'];

const venues: Readonly<Record<string, Asked>> = {
  okx: {
    make: simulatedOkx,
    instrument: 'BTC-USDT',
    base: 'https://www.okx.com/api/v5/market',
    book: '/books?instId=BTC-USDT&sz=20',
    trades: '/trades?instId=BTC-USDT&limit=10',
    ticker: '/ticker?instId=BTC-USDT',
    sidesOf: (body) => dataOf(body).flatMap(({ bids, asks }) => [pairs(bids), pairs(asks)]),
    tradesOf: (body) =>
      dataOf(body)
        .map(({ tradeId, px, sz, side, ts }) => [tradeId, px, sz, side, Number(ts)])
        .reverse(),
    dayOf: (body) => dataOf(body).flatMap(({ last, high24h, low24h, vol24h }) => [last, high24h, low24h, vol24h]),
    wrong: [
      ['/books?instId=NOPE-USDT', '51001'],
      ['/books?instId=BTC-USDT&sz=0', '51000'],
      ['/trades?instId=BTC-USDT&limit=x', '51000'],
      ['/candles?instId=BTC-USDT&bar=7m', '51000'],
      ['/constructor?instId=BTC-USDT', '404'],
    ],
  },
  kraken: {
    make: simulatedKraken,
    instrument: 'BTC/USDT',
    base: 'https://api.kraken.com/0/public',
    book: '/Depth?pair=BTCUSDT&count=20',
    trades: '/Trades?pair=BTC/USDT&count=10',
    ticker: '/Ticker?pair=BTCUSDT',
    sidesOf: (body) => {
      const { bids, asks } = inside(body) as Json;
      return [pairs(bids), pairs(asks)];
    },
    tradesOf: (body) =>
      (inside(body) as readonly Row[]).map(([price, size, at, side, , , id]) => [
        ...[String(id), price, size, side === 'b' ? 'buy' : 'sell'],
        Math.round(1_000 * Number(at)),
      ]),
    dayOf: (body) => {
      const { c, h, l, v } = inside(body) as Readonly<Record<string, Row>>;
      return [c?.[0], h?.[1], l?.[1], v?.[1]];
    },
    wrong: [
      ['/Depth?pair=NOPE', 'EQuery:Unknown asset pair'],
      ['/Depth?pair=BTCUSDT&count=0', 'EGeneral:Invalid arguments'],
      ['/Trades?pair=BTCUSDT&since=x', 'EGeneral:Invalid arguments'],
      ['/OHLC?pair=BTCUSDT&interval=7', 'EGeneral:Invalid arguments'],
      ['/Ticker?pair=BTCUSDT,NOPE', 'EQuery:Unknown asset pair'],
      ['/constructor?pair=BTCUSDT', '404'],
    ],
  },
  coinbase: {
    make: simulatedCoinbase,
    instrument: 'BTC-USDT',
    base: 'https://api.coinbase.com/api/v3/brokerage/market',
    book: '/product_book?product_id=BTC-USDT&limit=20',
    trades: '/products/BTC-USDT/ticker?limit=10',
    ticker: '/products/BTC-USDT',
    sidesOf: ({ pricebook }) => {
      const { bids, asks } = pricebook as Json;
      return [sizes(bids), sizes(asks)];
    },
    tradesOf: ({ trades }) =>
      (trades as readonly Json[])
        .map(({ trade_id, price, size, side, time }) => [trade_id, price, size, other(side), Date.parse(String(time))])
        .reverse(),
    dayOf: ({ price, volume_24h }) => [price, undefined, undefined, volume_24h],
    wrong: [
      ['/product_book?product_id=NOPE-USDT', 'NOT_FOUND'],
      ['/product_book?product_id=BTC-USDT&limit=0', 'INVALID_ARGUMENT'],
      ['/products/BTC-USDT/ticker?limit=x', 'INVALID_ARGUMENT'],
      ['/products/BTC-USDT/constructor', 'NOT_FOUND'],
    ],
  },
};

/** The venue after some seconds of its market, and what it answers. */
function stood({ make, instrument, base }: Asked) {
  const scheduler = new VirtualTimeScheduler(undefined, 30_000);
  const venue: SimulatedVenue = make({ seed: 3, latency: 0, activity: 5, instruments: [instrument], scheduler });
  for (let step = 0; step < 100; step += 1) venue.market.step();
  const ask = (path: string): { readonly status: number; readonly body: string } => {
    let answer = { status: 0, body: '' };
    venue.network.request({ method: 'GET', url: base + path }).subscribe((response) => (answer = response));
    scheduler.flush();
    return answer;
  };
  return { venue, ask, json: (path: string) => JSON.parse(ask(path).body) as Json };
}

const asTold = ({ id, price, size, side, at }: TrueTrade): Row => [`${id}`, price, size, side, at];

describe.each(Object.entries(venues))('a simulated %s, asked about one instrument,', (_, asked) => {
  const { venue, ask, json } = stood(asked);
  const { instrument, book, trades, ticker } = asked;

  it('has the best levels of its book', () => {
    const truth = venue.market.trueBook(instrument);
    expect(truth?.bids.length).toBeGreaterThan(20);
    expect(asked.sidesOf(json(book))).toEqual([truth?.bids.slice(0, 20), truth?.asks.slice(0, 20)]);
  });

  it('has its last trades, and its day', () => {
    const all = venue.market.instrument(instrument)?.tape.tradesAfter(0) ?? [];
    expect(all.length).toBeGreaterThan(20);
    expect(asked.tradesOf(json(trades))).toEqual(all.slice(-10).map(asTold));
    const prices = all.map(({ price }) => Number(price));
    const day = [prices.at(-1), Math.max(...prices), Math.min(...prices)];
    const told = asked.dayOf(json(ticker));
    expect(Number(told[3])).toBeCloseTo(
      all.reduce((sum, { size }) => sum + Number(size), 0),
      5,
    );
    told.slice(0, 3).forEach((price, place) => {
      if (price !== undefined) expect(Number(price)).toBe(day[place]);
    });
  });

  it.each(asked.wrong)('refuses %s: %s', (path, refusal) => {
    const { status, body } = ask(path);
    expect(`${status} ${body}`).toContain(refusal);
  });
});
