import type { LevelText } from '../market/side.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { TapeTrade } from '../market/tape.js';
import { LiveCandles } from '../topics/candles.js';
import { dayTexts } from '../topics/dayTexts.js';
import { type DepthSides, DepthWindow } from '../topics/depthWindow.js';
import type { TopicBroadcast } from '../topics/topicBroadcast.js';

/** Trades that a subscription begins with, and every how many ms those of a product are told together. */
const RECENT = 20;
const TRADES_EVERY = 250;

const iso = (at: number): string => new Date(at).toISOString();

/** A payload: the channel that a frame calls itself, and its event. The connection adds its number. */
export const payloadOf = (channel: string, at: number, event: object): string =>
  `"channel":"${channel}","timestamp":"${iso(at)}","events":[${JSON.stringify(event)}]`;

/** The stream of a channel of a product; none where there is no such channel. */
export function streamOf(
  channel: string,
  product: string,
  instrument: SimulatedInstrument,
  now: number,
): TopicBroadcast | undefined {
  switch (channel) {
    case 'level2':
      return bookStream(product, instrument);
    case 'market_trades':
      return tradeStream(product, instrument);
    case 'ticker':
      return tickerStream(product, instrument);
    case 'candles':
      return candleStream(product, instrument, now);
    default:
      return undefined;
  }
}

function bookStream(product_id: string, instrument: SimulatedInstrument): TopicBroadcast {
  const window = new DepthWindow(instrument, { tellsPushedOut: true });
  let last: { readonly sides: DepthSides; readonly at: number } = { sides: window.whole, at: 0 };
  const payload = (type: string, { bids, asks }: DepthSides, at: number): string => {
    const rows = (side: string, levels: readonly LevelText[]) =>
      levels.map(([price_level, new_quantity]) => ({ side, event_time: iso(at), price_level, new_quantity }));
    return payloadOf('l2_data', at, { type, product_id, updates: [...rows('bid', bids), ...rows('offer', asks)] });
  };
  return {
    stream: `level2 ${product_id}`,
    every: 0,
    diff: true,
    opening: (now) => [payload('snapshot', window.whole, now)],
    collect: (now) => {
      const sides = window.collect();
      if (sides === undefined) return [];
      last = { sides, at: now };
      return [payload('update', sides, now)];
    },
    cross: () => {
      const [best] = window.whole.asks;
      if (best === undefined) return undefined;
      const bids: readonly LevelText[] = [...last.sides.bids, [`${Number(best[0]) * 2}`, best[1]]];
      return payload('update', { ...last.sides, bids }, last.at);
    },
  };
}

/** A trade, as it is told in the stream and by request. */
export const tradeRow = (product_id: string, { id, price, size, side, at }: TapeTrade): object => ({
  product_id,
  trade_id: `${id}`,
  price,
  size,
  time: iso(at),
  // The maker's.
  side: side === 'buy' ? 'SELL' : 'BUY',
});

function tradeStream(product_id: string, { tape }: SimulatedInstrument): TopicBroadcast {
  let last = tape.lastTrade;
  const payload = (type: string, trades: readonly TapeTrade[], now: number): string => {
    const rows = trades.map((trade) => tradeRow(product_id, trade));
    return payloadOf('market_trades', now, { type, trades: rows.reverse() });
  };
  return {
    stream: `market_trades ${product_id}`,
    every: TRADES_EVERY,
    diff: false,
    opening: (now) => [payload('snapshot', tape.tradesAfter(Math.max(0, last - RECENT)).slice(0, RECENT), now)],
    collect: (now) => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      return trades.length === 0 ? [] : [payload('update', trades, now)];
    },
  };
}

function tickerStream(product_id: string, instrument: SimulatedInstrument): TopicBroadcast {
  const { book, tape } = instrument;
  const mark = (): string => JSON.stringify([book.bids.levels.at(-1), book.asks.levels.at(-1), tape.lastTrade]);
  let emitted = mark();
  const payload = (type: string, now: number): string => {
    const { open, last, high, low, volume } = dayTexts(instrument, now);
    const [best_bid = '0', best_bid_quantity = '0'] = book.bids.levels.at(-1) ?? [];
    const [best_ask = '0', best_ask_quantity = '0'] = book.asks.levels.at(-1) ?? [];
    const change = (100 * (Number(last) / Number(open) - 1)).toFixed(8);
    const day = { volume_24_h: volume, low_24_h: low, high_24_h: high, price_percent_chg_24_h: change };
    const best = { best_bid, best_bid_quantity, best_ask, best_ask_quantity };
    const row = { type: 'ticker', product_id, price: last, ...day, low_52_w: low, high_52_w: high, ...best };
    return payloadOf('ticker', now, { type, tickers: [row] });
  };
  return {
    stream: `ticker ${product_id}`,
    every: 0,
    diff: false,
    opening: (now) => [payload('snapshot', now)],
    collect: (now) => {
      const before = emitted;
      emitted = mark();
      return before === emitted ? [] : [payload('update', now)];
    },
  };
}

function candleStream(product_id: string, instrument: SimulatedInstrument, begun: number): TopicBroadcast {
  const candles = new LiveCandles(instrument, '5m', begun);
  const { units } = instrument;
  const payload = (type: string, { openTime, lots, ...ticks }: LiveCandles['current'], now: number): string => {
    const [open, high, low, close] = [ticks.open, ticks.high, ticks.low, ticks.close].map((tick) =>
      units.priceText(tick),
    );
    const row = { start: `${openTime / 1_000}`, high, low, open, close, volume: units.sizeText(lots), product_id };
    return payloadOf('candles', now, { type, candles: [row] });
  };
  return {
    stream: `candles ${product_id}`,
    every: 0,
    diff: false,
    opening: (now) => [payload('snapshot', candles.current, now)],
    collect: (now) => candles.collect(now).map((candle) => payload('update', candle, now)),
  };
}
