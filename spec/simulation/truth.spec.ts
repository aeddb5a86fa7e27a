import { VirtualTimeScheduler } from 'rxjs';
import {
  type SimulatedVenue,
  type TrueTrade,
  simulatedAccountId,
  simulatedCoinbase,
  simulatedKraken,
  simulatedO2,
  simulatedOkx,
  simulatedTplus,
} from '../../lib/simulation/index.js';
import type { HttpResponse } from '../../lib/network/network.js';
import { heard, rowsOf } from './heard.js';

// What venues tell of trades, candles and tickers against what their market did.

type Json = Readonly<Record<string, unknown>>;
const START = Date.UTC(2026, 7, 12, 16) - 10_000;
const WITHIN = 25_000;
const [SYMBOL, MINUTE] = ['BTCUSDT', 60_000];

interface Known {
  readonly seed: number;
  readonly latency: number;
  readonly activity: number;
  readonly instruments: readonly string[];
  readonly scheduler: VirtualTimeScheduler;
}
/** What a venue says to these words over the turn of an hour, and the trades of its market. */
function told(make: (known: Known) => SimulatedVenue, url: string, ...words: readonly object[]) {
  const { texts, venue } = heard(
    (scheduler) => {
      scheduler.frame = START;
      scheduler.maxFrames = START + WITHIN;
      return make({
        seed: 3,
        latency: 0,
        activity: 5,
        instruments: [SYMBOL, 'ETHUSDT'],
        scheduler,
      });
    },
    url,
    words.map((word) => [0, word] as const),
  );
  const trades = venue.market.instrument(SYMBOL)?.tape.tradesAfter(0) ?? [];
  expect(trades.length).toBeGreaterThan(50);
  return { frames: rowsOf(texts), venue, trades };
}

/** Open, highest, lowest and last price, the sum of sizes, and how many trades there were. */
function candleOf(trades: readonly TrueTrade[]): readonly number[] {
  const prices = trades.map(({ price }) => Number(price));
  const volume = trades.reduce((sum, { size }) => sum + Number(size), 0);
  return [prices[0] ?? 0, Math.max(...prices), Math.min(...prices), prices.at(-1) ?? 0, Number(volume.toFixed(5))];
}
const isWithin =
  (from: number, width: number) =>
  ({ at }: TrueTrade): boolean =>
    at >= from && at < from + width;
const rowsIn = (frames: readonly Json[], key: string, isOne: (frame: Json) => boolean): readonly Json[] =>
  frames.filter(isOne).flatMap((frame) => frame[key] as readonly Json[]);
const numbers = (...values: readonly unknown[]): readonly number[] => values.map(Number);
/** Names and values that a trade is told by: id, price, size, side, ms. */
const asTold = ({ id, price, size, side, at }: TrueTrade): readonly unknown[] => [
  ...numbers(id, price, size),
  side,
  at,
];
const other = (side: unknown): string => (side === 'buy' ? 'sell' : 'buy');

describe('a simulated Kraken', () => {
  const ask = (channel: string, more: Json = {}): object => ({
    method: 'subscribe',
    params: { channel, symbol: ['BTC/USDT'], ...more },
  });
  const of = (channel: string, frames: readonly Json[]): readonly Json[] =>
    rowsIn(frames, 'data', (frame) => frame['channel'] === channel && frame['type'] === 'update');

  it('tells trades by the side of their taker, candles and the ticker of these trades', () => {
    const words = [ask('trade'), ask('ohlc', { interval: 1 }), ask('ticker')];
    const { frames, trades } = told(simulatedKraken, 'wss://ws.kraken.com/v2', ...words);
    const all = new Map(trades.map((trade) => [trade.id, asTold(trade)]));
    const rows = of('trade', frames);
    expect(rows.length).toBeGreaterThan(50);
    for (const { trade_id, price, qty, side, timestamp } of rows) {
      const row = [...numbers(trade_id, price, qty), side, Date.parse(String(timestamp))];
      expect(row).toEqual(all.get(Number(trade_id)));
    }

    const last = new Map(of('ohlc', frames).map((row) => [Date.parse(String(row['interval_begin'])), row]));
    expect(last.size).toBeGreaterThan(1);
    for (const [begin, { open, high, low, close, volume, trades: count, timestamp }] of last) {
      const own = trades.filter(isWithin(begin, MINUTE));
      expect(Date.parse(String(timestamp))).toBe(begin + MINUTE);
      expect(numbers(open, high, low, close, volume)).toEqual(candleOf(own));
      expect(count).toBe(own.length);
    }

    const { last: price, high, low, volume } = of('ticker', frames).at(-1) ?? {};
    const [, highest, lowest, latest, sum] = candleOf(trades);
    expect(numbers(price, high, low, volume)).toEqual([latest, highest, lowest, sum]);
  });
});

describe('a simulated OKX', () => {
  const ask = (channel: string): object => ({
    op: 'subscribe',
    args: [{ channel, instId: 'BTC-USDT' }],
  });
  const of = (channel: string, frames: readonly Json[]): readonly Json[] =>
    rowsIn(frames, 'data', (frame) => 'data' in frame && (frame['arg'] as Json)['channel'] === channel);

  it('tells trades by the side of their taker, and the ticker of these trades with when days began', () => {
    const { frames, trades } = told(simulatedOkx, 'wss://ws.okx.com/ws/v5/public', ask('trades'), ask('tickers'));
    const all = new Map(trades.map((trade) => [trade.id, asTold(trade)]));
    const rows = of('trades', frames);
    expect(rows.length).toBeGreaterThan(50);
    for (const { tradeId, px, sz, side, ts } of rows) {
      expect([...numbers(tradeId, px, sz), side, Number(ts)]).toEqual(all.get(Number(tradeId)));
    }

    const { last, high24h, low24h, vol24h, sodUtc0, sodUtc8, open24h } = of('tickers', frames).at(-1) ?? {};
    const [open, highest, lowest, latest, sum] = candleOf(trades);
    expect(numbers(last, high24h, low24h, vol24h)).toEqual([latest, highest, lowest, sum]);
    // In Hong Kong a day begins meanwhile; the market is younger than all others.
    const [today] = candleOf(trades.filter(isWithin(START + 10_000, 24 * 60 * MINUTE)));
    expect(numbers(open24h, sodUtc0, sodUtc8)).toEqual([open, open, today]);
    expect(today).not.toBe(open);
  });

  it('says of a candle that it is over once it is', () => {
    const { frames, trades } = told(simulatedOkx, 'wss://ws.okx.com/ws/v5/business', ask('candle1m'));
    const rows = of('candle1m', frames).map((row) => Object.values(row).map(String));
    const times = rows.map(([time]) => Number(time));
    const over = rows.filter((row) => row.at(-1) === '1');

    expect(over).toHaveLength(1);
    const [time, ...figures] = over[0] ?? [];
    expect(numbers(...figures.slice(0, 5))).toEqual(candleOf(trades.filter(isWithin(Number(time), MINUTE))));
    // Nothing more of it follows, and none of those that follow is.
    expect(times.lastIndexOf(Number(time))).toBe(rows.indexOf(over[0] ?? []));
    expect(times.at(-1)).toBe(Number(time) + MINUTE);
  });

  it('sums the 25 best levels of each side', () => {
    const { frames, venue } = told(
      (known) => simulatedOkx({ ...known, depth: 40, checksums: 'true' }),
      'wss://ws.okx.com/ws/v5/public',
      ask('books'),
    );
    const [first] = of('books', frames);
    const [bids, asks] = [first?.['bids'], first?.['asks']] as readonly (readonly (readonly string[])[])[];
    const best = Array.from({ length: 25 }, (_, place) => [bids?.[place], asks?.[place]])
      .flat()
      .flatMap((level) => level?.slice(0, 2) ?? []);

    expect(bids?.length).toBeGreaterThan(25);
    expect(first?.['checksum']).toBe(crc32(best.join(':')));
    expect(venue.stats().violations).toEqual([]);
  });
});

/** As the venue signs it. */
function crc32(text: string): number {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum;
}

describe('a simulated Coinbase', () => {
  const URL_ = 'wss://advanced-trade-ws.coinbase.com';
  const ask = (channel: string): object => ({
    type: 'subscribe',
    channel,
    product_ids: ['BTC-USDT'],
  });
  const of = (channel: string, key: string, frames: readonly Json[]): readonly Json[] =>
    rowsIn(frames, 'events', (frame) => frame['channel'] === channel).flatMap((event) => event[key] as readonly Json[]);

  it('tells trades by the side of their maker, candles and the ticker of these trades', () => {
    const words = ['market_trades', 'candles', 'ticker'].map(ask);
    const { frames, trades } = told(simulatedCoinbase, URL_, ...words);
    const all = new Map(trades.map((trade) => [trade.id, asTold(trade)]));
    const rows = of('market_trades', 'trades', frames);
    expect(rows.length).toBeGreaterThan(50);
    for (const { trade_id, price, size, side, time } of rows) {
      const taker = other(String(side).toLowerCase());
      expect([...numbers(trade_id, price, size), taker, Date.parse(String(time))]).toEqual(all.get(Number(trade_id)));
    }

    const last = new Map(of('candles', 'candles', frames).map((row) => [Number(row['start']) * 1_000, row]));
    expect(last.size).toBe(2);
    for (const [begin, { open, high, low, close, volume }] of last) {
      expect(numbers(open, high, low, close, volume)).toEqual(candleOf(trades.filter(isWithin(begin, 5 * MINUTE))));
    }

    const { price, high_24_h, low_24_h, volume_24_h } = of('ticker', 'tickers', frames).at(-1) ?? {};
    const [, highest, lowest, latest, sum] = candleOf(trades);
    expect(numbers(price, high_24_h, low_24_h, volume_24_h)).toEqual([latest, highest, lowest, sum]);
  });

  it('tells the whole book, and every change of it', () => {
    const { frames, venue } = told(simulatedCoinbase, URL_, ask('level2'));
    const sides: Readonly<Record<string, Map<number, number>>> = {
      bid: new Map(),
      offer: new Map(),
    };
    for (const { side, price_level, new_quantity } of of('l2_data', 'updates', frames)) {
      if (Number(new_quantity) === 0) sides[String(side)]?.delete(Number(price_level));
      else sides[String(side)]?.set(Number(price_level), Number(new_quantity));
    }
    const sorted = (side: string, sign: number) => [...(sides[side] ?? [])].sort(([a], [b]) => sign * (a - b));
    const book = venue.market.trueBook(SYMBOL);

    expect(sorted('bid', -1)).toEqual(book?.bids.map((level) => numbers(...level)));
    expect(sorted('offer', 1)).toEqual(book?.asks.map((level) => numbers(...level)));
  });

  it('lists its products in pages', () => {
    const scheduler = new VirtualTimeScheduler(undefined, 1_000);
    const venue = simulatedCoinbase({
      scheduler,
      latency: 0,
      instruments: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'],
    });
    const pages: (readonly unknown[])[] = [];
    for (const query of ['limit=2', 'limit=2&offset=1', 'limit=2&offset=2']) {
      venue.network
        .request({
          method: 'GET',
          url: `https://api.coinbase.com/api/v3/brokerage/market/products?${query}`,
        })
        .subscribe(({ body }) => {
          const { products } = JSON.parse(body) as {
            readonly products: readonly Json[];
          };
          pages.push(products.map(({ product_id }) => product_id));
        });
    }
    scheduler.flush();

    expect(pages).toEqual([['BTC-USDT', 'ETH-USDT'], ['ETH-USDT', 'SOL-USDT'], ['SOL-USDT']]);
  });
});

describe('a simulated O2', () => {
  it('tells trades by the side of their maker', () => {
    const [market] = simulatedO2({ instruments: [SYMBOL, 'ETHUSDT'] }).markets;
    const word = { action: 'subscribe_trades', market_id: market?.id };
    const { frames, trades } = told(simulatedO2, 'ws://venue/v1/ws', word);
    const rows = rowsIn(frames, 'trades', ({ action }) => action === 'subscribe_trades');
    const all = new Map(trades.map((trade) => [trade.id, trade]));

    expect(rows.length).toBeGreaterThan(50);
    for (const { trade_id, side, price, quantity, total, timestamp } of rows) {
      const trade = all.get(Number(String(trade_id).replace('0x0a/', '')));
      expect(other(String(side).toLowerCase())).toBe(trade?.side);
      const units = [market?.priceUnits(trade?.price ?? ''), market?.sizeUnits(trade?.size ?? '')];
      expect([price, quantity]).toEqual(units.map(String));
      const [decimals = 0] = [market?.baseAsset.decimals];
      expect(total).toBe(String((BigInt(String(price)) * BigInt(String(quantity))) / 10n ** BigInt(decimals)));
      expect(Number(timestamp)).toBe(trade?.at);
    }
  });
});

describe('an order of a simulated O2', () => {
  it('says how much of it is left, and whether it ended before it was filled', () => {
    const word = {
      action: 'subscribe_orders',
      identities: [{ ContractId: simulatedAccountId(1) }],
    };
    const make = (known: Known) => simulatedO2({ ...known, accountActivity: 1 });
    const rows = rowsIn(told(make, 'ws://venue/v1/ws', word).frames, 'orders', () => true);
    const kinds = new Set<string>();
    for (const row of rows) {
      const [size, filled] = [BigInt(String(row['quantity'])), BigInt(String(row['quantity_fill']))];
      const left = (row['desired_quantity'] as { readonly Base: Json } | undefined)?.Base['remaining_quantity'];
      kinds.add(
        row['close'] === false ? (filled > 0n ? 'partly' : 'open') : row['cancel'] === true ? 'left' : 'filled',
      );
      expect(row['partially_filled']).toBe(filled > 0n && filled < size);
      if (row['close'] === false) expect([left, row['cancel']]).toEqual([Number(size - filled), false]);
      else expect(row['cancel']).toBe(filled < size);
    }

    expect([...kinds].sort()).toEqual(['filled', 'left', 'open', 'partly']);
  });
});

describe('a simulated T+', () => {
  it('tells whether it was the buyer who had waited', () => {
    const { frames, trades } = told(simulatedTplus, 'wss://mds.tplus.cx/trades/events');
    const rows = frames.flatMap((frame) => ('Pending' in frame ? [frame['Pending'] as Json] : []));
    const ours = rows.filter(({ asset_id }) => asset_id === '200');
    const all = new Map(trades.map(({ id, price, size, side }) => [id, [...numbers(price, size), side]]));

    expect(ours.length).toBeGreaterThan(50);
    for (const { trade_id, price, quantity, buyer_is_maker } of ours) {
      const taker = buyer_is_maker === true ? 'sell' : 'buy';
      expect([...numbers(price, quantity), taker]).toEqual(all.get(Number(trade_id)));
    }
  });

  it('tells nobody of another user', () => {
    const [one, two] = ['a'.repeat(64), 'b'.repeat(64)];
    const scheduler = new VirtualTimeScheduler(undefined, 60_000);
    const venue = simulatedTplus({ scheduler, latency: 0, users: [one, two] });
    const ask = (path: string, headers: Record<string, string> = {}, body?: string): HttpResponse | undefined => {
      let answer: HttpResponse | undefined;
      const method = body === undefined ? 'GET' : 'POST';
      venue.network
        .request({
          method,
          url: `https://oms.tplus.cx${path}`,
          headers,
          ...(body !== undefined && { body }),
        })
        .subscribe((response) => (answer = response));
      scheduler.flush();
      return answer;
    };
    const nonce = (JSON.parse(ask(`/nonce/${one}`)?.body ?? '{}') as Json)['value'];
    const signed = JSON.stringify({
      user_id: one,
      nonce,
      signature: Array.from({ length: 64 }, () => 1),
    });
    const { token } = JSON.parse(ask('/auth', {}, signed)?.body ?? '{}') as {
      readonly token: string;
    };
    const headers = { Authorization: `Bearer ${token}`, 'User-Id': one };

    for (const list of ['orders', 'trades']) {
      expect(ask(`/${list}/user/${one}`, headers)?.status).not.toBe(401);
      expect(ask(`/${list}/user/${two}`, headers)?.status).toBe(401);
      expect(ask(`/${list}/user/${two}`, { ...headers, 'User-Id': two })?.status).toBe(401);
    }
    const ends: unknown[] = [];
    for (const path of [`/trades/user/events/${two}`, `/trades/user/${two}`, `/account/events/${two}`]) {
      venue.network.open({ url: `wss://oms.tplus.cx${path}`, headers }).subscribe({
        error: (error: unknown) => ends.push((error as { readonly code?: number }).code),
      });
    }
    scheduler.flush();
    expect(ends).toEqual([401, 401, 401]);
  });
});
