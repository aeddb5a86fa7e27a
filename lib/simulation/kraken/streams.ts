import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { Interval } from '../market/interval.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { LiveCandles } from '../topics/candles.js';
import { dayTexts, vwapOf } from '../topics/dayTexts.js';
import { type DepthSides, DepthWindow } from '../topics/depthWindow.js';
import type { TopicBroadcast } from '../topics/topicBroadcast.js';
import { bookFrame, checksumOf, isoTime, nanoTime, rowFrame, tradeFrame } from './frames.js';

/** What a client asks for. */
export interface KrakenTopic {
  readonly channel: string;
  readonly symbol: string;
  readonly depth: number;
  readonly interval: number;
  readonly trigger: string;
}

/** The intervals that are simulated, by their minutes. */
export const intervals: Readonly<Record<number, Interval>> = {
  1: '1m',
  5: '5m',
  15: '15m',
  30: '30m',
  60: '1h',
  240: '4h',
  1440: '1d',
  10080: '1w',
};

/** Trades that a subscription begins with. */
const RECENT = 50;

/** The stream of a topic; none where there is no such channel. */
export function streamOf(
  topic: KrakenTopic,
  instrument: SimulatedInstrument,
  faults: FaultSchedule,
  now: number,
): TopicBroadcast | undefined {
  switch (topic.channel) {
    case 'book':
      return bookStream(topic, instrument, faults, now);
    case 'trade':
      return tradeStream(topic, instrument);
    case 'ticker':
      return tickerStream(topic, instrument);
    case 'ohlc':
      return candleStream(topic, instrument, now);
    default:
      return undefined;
  }
}

function bookStream(
  { symbol, depth }: KrakenTopic,
  instrument: SimulatedInstrument,
  faults: FaultSchedule,
  begun: number,
): TopicBroadcast {
  const stream = `book ${symbol}`;
  const window = new DepthWindow(instrument, { depth, tellsPushedOut: false });
  let last: { readonly sides: DepthSides; readonly at: number } = { sides: window.whole, at: begun };
  return {
    stream,
    every: 0,
    diff: true,
    opening: () => [bookFrame('snapshot', symbol, window.whole, checksumOf(window.whole), last.at)],
    collect: (now) => {
      const sides = window.collect();
      if (sides === undefined) return [];
      last = { sides, at: now };
      const isWrong = faults.take('wrongChecksum', stream) !== undefined;
      const checksum = checksumOf(window.whole);
      return [bookFrame('update', symbol, sides, isWrong ? (checksum ^ 1) >>> 0 : checksum, now)];
    },
    cross: () => {
      const [best] = window.whole.asks;
      if (best === undefined) return undefined;
      const bids = [...last.sides.bids, [`${Number(best[0]) * 2}`, best[1]] as const];
      return bookFrame('update', symbol, { ...last.sides, bids }, checksumOf(window.whole), last.at);
    },
  };
}

function tradeStream({ symbol }: KrakenTopic, { tape }: SimulatedInstrument): TopicBroadcast {
  let last = tape.lastTrade;
  return {
    stream: `trade ${symbol}`,
    every: 0,
    diff: false,
    opening: () => [tradeFrame('snapshot', symbol, tape.tradesAfter(Math.max(0, last - RECENT)).slice(0, RECENT))],
    collect: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      return trades.length === 0 ? [] : [tradeFrame('update', symbol, trades)];
    },
  };
}

function tickerStream({ symbol, trigger }: KrakenTopic, instrument: SimulatedInstrument): TopicBroadcast {
  const { book, tape } = instrument;
  const bbo = (): string => JSON.stringify([book.bids.levels.at(-1)?.[0], book.asks.levels.at(-1)?.[0]]);
  const mark = (): string => (trigger === 'bbo' ? bbo() : `${tape.lastTrade}`);
  const frame = (type: 'snapshot' | 'update', now: number): string => {
    const { last, volume, low, high, change, changePercent, vwap, trades } = dayTexts(instrument, now);
    const [bid = '0', bid_qty = '0'] = book.bids.levels.at(-1) ?? [];
    const [ask = '0', ask_qty = '0'] = book.asks.levels.at(-1) ?? [];
    const day = { last, volume, vwap, low, high, change, change_pct: changePercent, trades };
    return rowFrame('ticker', type, { symbol, timestamp: isoTime(now) }, { bid, bid_qty, ask, ask_qty, ...day });
  };
  let emitted = mark();
  return {
    stream: `ticker ${symbol}`,
    every: 0,
    diff: false,
    opening: (now) => [frame('snapshot', now)],
    collect: (now) => {
      const before = emitted;
      emitted = mark();
      return before === emitted ? [] : [frame('update', now)];
    },
  };
}

function candleStream(
  { symbol, interval }: KrakenTopic,
  instrument: SimulatedInstrument,
  begun: number,
): TopicBroadcast {
  const candles = new LiveCandles(instrument, intervals[interval] ?? '1m', begun);
  const { units } = instrument;
  const frame = (
    type: 'snapshot' | 'update',
    { open, high, low, close, ...candle }: LiveCandles['current'],
    now: number,
  ) => {
    const [o, h, l, c] = [open, high, low, close].map((tick) => units.priceText(tick)) as [
      string,
      string,
      string,
      string,
    ];
    const vwap = vwapOf(instrument, { ...candle, close });
    const sums = { trades: candle.trades, volume: units.sizeText(candle.lots), vwap, interval };
    const ends = candle.openTime + interval * 60_000;
    const texts = { symbol, interval_begin: nanoTime(candle.openTime), timestamp: isoTime(ends) };
    return rowFrame('ohlc', type, texts, { open: o, high: h, low: l, close: c, ...sums }, now);
  };
  return {
    stream: `ohlc ${symbol}`,
    every: 0,
    diff: false,
    opening: (now) => [frame('snapshot', candles.current, now)],
    collect: (now) => candles.collect(now).map((candle) => frame('update', candle, now)),
  };
}
