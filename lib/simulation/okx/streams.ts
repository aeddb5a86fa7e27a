import { crc32 } from '../crc32.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { Interval } from '../market/interval.js';
import type { LevelText } from '../market/side.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { LiveCandles } from '../topics/candles.js';
import { dayTexts } from '../topics/dayTexts.js';
import { type DepthSides, DepthWindow } from '../topics/depthWindow.js';
import type { TopicBroadcast } from '../topics/topicBroadcast.js';
import { barOf } from './bars.js';

/** A subscription in the venue's words. */
export interface OkxArg {
  readonly channel: string;
  readonly instId: string;
}

/** What streams are made of. */
export interface OkxSource {
  readonly instrument: SimulatedInstrument;
  readonly faults: FaultSchedule;
  readonly hasChecksums: boolean;
  readonly now: number;
}

/** Levels of the deep books. */
const DEEP = 400;
/** So many of a side count in a checksum. */
const SUMMED = 25;
/** A book that does not change repeats itself after so long, in ms. */
const KEEPALIVE = 60_000;
/** How far numbers go on from message to message, and how far they fall. */
const STEP = 9;
const FIRST = 32_032_594_283;

/** The stream of a subscription; none where there is no such channel at that address. */
export function streamOf(arg: OkxArg, isBusiness: boolean, source: OkxSource): TopicBroadcast | undefined {
  const interval = barOf(/^candle(\w+)$/.exec(arg.channel)?.[1] ?? '');
  if (isBusiness) {
    if (arg.channel === 'trades-all') return tradeStream(arg, source);
    return interval !== undefined ? candleStream(arg, source, interval) : undefined;
  }
  switch (arg.channel) {
    case 'books':
      return bookStream(arg, source);
    case 'books5':
      return wholeStream(arg, source, 5);
    case 'bbo-tbt':
      return wholeStream(arg, source, 1);
    case 'trades':
      return tradeStream(arg, source);
    case 'tickers':
      return tickerStream(arg, source);
    default:
      return undefined;
  }
}

/** Levels: price, size, a field that means nothing any more, and how many orders there are. */
export const rows = (levels: readonly LevelText[]): readonly (readonly string[])[] =>
  levels.map(([price, size]) => [price, size, '0', Number(size) === 0 ? '0' : '1']);

/** Bid and ask by turns. */
function checksumOf({ bids, asks }: DepthSides): number {
  const parts = Array.from({ length: SUMMED }, (_, i) => [bids[i], asks[i]].flatMap((level) => level ?? []));
  return crc32(parts.flat().join(':')) | 0;
}

function bookStream(arg: OkxArg, { instrument, faults, hasChecksums, now: begun }: OkxSource): TopicBroadcast {
  const stream = `${arg.channel} ${arg.instId}`;
  const window = new DepthWindow(instrument, { depth: DEEP, tellsPushedOut: true });
  // Numbers go on while nobody listens: what is late of a subscription before links to nothing of this one.
  let [number, emitted, last] = [FIRST + STEP * begun, begun, window.whole];
  const frame = (action: string, { bids, asks }: DepthSides, before: number, at: number): string => {
    const isWrong = action === 'update' && hasChecksums && faults.take('wrongChecksum', stream) !== undefined;
    const checksum = hasChecksums ? checksumOf(window.whole) ^ (isWrong ? 1 : 0) : 0;
    const data = { asks: rows(asks), bids: rows(bids), ts: `${at}`, checksum, seqId: number, prevSeqId: before };
    return JSON.stringify({ arg, action, data: [data] });
  };
  return {
    stream,
    every: 0,
    diff: true,
    opening: () => [frame('snapshot', window.whole, -1, emitted)],
    collect: (now) => {
      const sides = window.collect();
      if (sides === undefined && now - emitted < KEEPALIVE) return [];
      emitted = now;
      last = sides ?? { bids: [], asks: [] };
      const before = number;
      // Where nothing has changed the number is that of the message before.
      if (sides !== undefined) number += STEP;
      if (sides !== undefined && faults.take('numbersFall', stream) !== undefined) number -= 1_000 * STEP;
      return [frame('update', last, before, now)];
    },
    cross: (payload) => {
      const [best] = window.whole.asks;
      const first = /"bids":\[/.exec(payload);
      if (best === undefined || first === null) return undefined;
      return payload.replace(
        '"bids":[',
        `"bids":[["${Number(best[0]) * 2}","1","0","1"]${last.bids.length > 0 ? ',' : ''}`,
      );
    },
  };
}

/** The best levels, whole in each message. */
function wholeStream(arg: OkxArg, { instrument, now: begun }: OkxSource, depth: number): TopicBroadcast {
  const window = new DepthWindow(instrument, { depth, tellsPushedOut: true });
  let emitted = begun;
  const frame = (now: number): string => {
    const { bids, asks } = window.whole;
    const seqId = instrument.book.sequence;
    const data = { asks: rows(asks), bids: rows(bids), instId: arg.instId, ts: `${now}`, seqId };
    return JSON.stringify({ arg, data: [data] });
  };
  return {
    stream: `${arg.channel} ${arg.instId}`,
    every: 0,
    diff: false,
    opening: (now) => [frame(now)],
    collect: (now) => {
      if (window.collect() === undefined && now - emitted < KEEPALIVE) return [];
      emitted = now;
      return [frame(now)];
    },
  };
}

function tradeStream(arg: OkxArg, { instrument: { book, tape } }: OkxSource): TopicBroadcast {
  let last = tape.lastTrade;
  return {
    stream: `${arg.channel} ${arg.instId}`,
    every: 0,
    diff: false,
    opening: () => [],
    collect: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      return trades.map(({ id, price, size, side, at }) => {
        const trade = { instId: arg.instId, tradeId: `${id}`, px: price, sz: size, side, ts: `${at}`, source: '0' };
        // Those that are told one by one say nothing of how many they are.
        const more = arg.channel === 'trades' ? { count: '1', seqId: book.sequence } : {};
        return JSON.stringify({ arg, data: [{ ...trade, ...more }] });
      });
    },
  };
}

/** When the day began where clocks go so many hours ahead of UTC. */
function midnightOf(now: number, hours: number): number {
  const ahead = hours * 3_600_000;
  return now - ((now + ahead) % 86_400_000);
}

/** The statistics of a day of an instrument, as they are told in the stream and by request. */
export function tickerRow(instId: string, instrument: SimulatedInstrument, now: number): object {
  const { book, tape, day, units } = instrument;
  const { open, high, low, last, volume, quoteVolume } = dayTexts(instrument, now);
  const prices = { last, open24h: open, high24h: high, low24h: low };
  const volumes = { vol24h: volume, volCcy24h: quoteVolume };
  const [bidPx = '0', bidSz = '0'] = book.bids.levels.at(-1) ?? [];
  const [askPx = '0', askSz = '0'] = book.asks.levels.at(-1) ?? [];
  const [trade] = tape.tradesAfter(tape.lastTrade - 1);
  const best = { lastSz: trade?.size ?? '0', bidPx, bidSz, askPx, askSz };
  const since = (midnight: number): string => units.priceText(day.at(now, midnight).open);
  const begins = { sodUtc0: since(midnightOf(now, 0)), sodUtc8: since(midnightOf(now, 8)) };
  return { instType: 'SPOT', instId, ...prices, ...best, ...begins, ...volumes, ts: `${now}` };
}

function tickerStream(arg: OkxArg, { instrument }: OkxSource): TopicBroadcast {
  const { tape } = instrument;
  let emitted = tape.lastTrade;
  const frame = (now: number): string => JSON.stringify({ arg, data: [tickerRow(arg.instId, instrument, now)] });
  return {
    stream: `${arg.channel} ${arg.instId}`,
    every: 100,
    diff: false,
    opening: (now) => [frame(now)],
    collect: (now) => {
      const before = emitted;
      emitted = tape.lastTrade;
      return before === emitted ? [] : [frame(now)];
    },
  };
}

function candleStream(arg: OkxArg, { instrument, now: begun }: OkxSource, interval: Interval): TopicBroadcast {
  const candles = new LiveCandles(instrument, interval, begun);
  const { units } = instrument;
  const frame = (candle: LiveCandles['current'], isClosed: boolean): string => {
    const prices = [candle.open, candle.high, candle.low, candle.close].map((tick) => units.priceText(tick));
    const [volume, quote] = [units.sizeText(candle.lots), units.quoteText(candle.quote)];
    return JSON.stringify({
      arg,
      data: [[`${candle.openTime}`, ...prices, volume, quote, quote, isClosed ? '1' : '0']],
    });
  };
  return {
    stream: `${arg.channel} ${arg.instId}`,
    every: 0,
    diff: false,
    opening: () => [frame(candles.current, false)],
    collect: (now) => {
      const all = candles.collect(now);
      return all.map((candle, i) => frame(candle, i < all.length - 1));
    },
  };
}
