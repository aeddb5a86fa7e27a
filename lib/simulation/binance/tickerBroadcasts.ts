import { decimalText } from '../market/units.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { BookBroadcastConfig } from './depthBroadcasts.js';
import type { Broadcast } from '../broadcast.js';
import type { BinanceMarket } from './streamName.js';

/** `<symbol>@miniTicker`: the last 24 hours in short, when there was a trade since the last frame. */
export const miniTickerBroadcast = (config: BookBroadcastConfig): Broadcast =>
  onNews(config, (now) => miniTicker(config.instrument, now));

/** `<symbol>@ticker`: the last 24 hours, when there was a trade since the last frame. */
export const tickerBroadcast = (config: BookBroadcastConfig): Broadcast =>
  onNews(config, (now) => ticker(config.market, config.instrument, now));

export interface AllTickersConfig extends Pick<BookBroadcastConfig, 'market' | 'stream' | 'every'> {
  readonly instruments: readonly SimulatedInstrument[];
  readonly isMini: boolean;
}

/** `!ticker@arr`, `!miniTicker@arr`: of all symbols, in one frame, those that traded since the last. */
export function allTickersBroadcast({ market, stream, every, instruments, isMini }: AllTickersConfig): Broadcast {
  const emitted = new Map<string, number>();
  return {
    stream,
    every,
    diff: false,
    collect: (now) => {
      const news = instruments.filter(({ spec, tape }) => tape.lastTrade !== (emitted.get(spec.symbol) ?? 0));
      for (const { spec, tape } of news) emitted.set(spec.symbol, tape.lastTrade);
      const events = news.map((one) => (isMini ? miniTicker(one, now) : ticker(market, one, now)));
      return events.length === 0 ? [] : [`[${events.join(',')}]`];
    },
  };
}

function miniTicker({ day, spec, units }: SimulatedInstrument, now: number): string {
  const { close, open, high, low, lots, quote } = day.at(now);
  return (
    `{"e":"24hrMiniTicker","E":${now},"s":"${spec.symbol}","c":"${units.priceText(close)}"` +
    `,"o":"${units.priceText(open)}","h":"${units.priceText(high)}","l":"${units.priceText(low)}"` +
    `,"v":"${units.sizeText(lots)}","q":"${units.quoteText(quote)}"}`
  );
}

/** The event `24hrTicker`. */
export function ticker(market: BinanceMarket, instrument: SimulatedInstrument, now: number): string {
  const { book, day, spec, tape, units } = instrument;
  const { openTime, closeTime, close, open, high, low, lots, quote, firstTrade, lastTrade, trades } = day.at(now);
  const lastSize = tape.tradesAfter(tape.lastTrade - 1)[0]?.size ?? units.zero;
  const thousandths = (BigInt(close - open) * 100_000n) / units.price(open);
  // Quote volume holds price and size decimals; divided by lots, the price's decimals are left.
  const mean = lots === 0 ? units.price(close) : quote / BigInt(lots);
  const [bid, bidSize] = book.bids.levels.at(-1) ?? [units.zero, units.zero];
  const [ask, askSize] = book.asks.levels.at(-1) ?? [units.zero, units.zero];
  const top = `,"b":"${bid}","B":"${bidSize}","a":"${ask}","A":"${askSize}"`;
  const spotOnly = market === 'spot';
  return (
    `{"e":"24hrTicker","E":${now},"s":"${spec.symbol}","p":"${units.changeText(close - open)}"` +
    `,"P":"${decimalText(thousandths, 3)}","w":"${units.meanText(mean)}"` +
    `${spotOnly ? `,"x":"${units.priceText(open)}"` : ''},"c":"${units.priceText(close)}","Q":"${lastSize}"` +
    `${spotOnly ? top : ''},"o":"${units.priceText(open)}","h":"${units.priceText(high)}"` +
    `,"l":"${units.priceText(low)}","v":"${units.sizeText(lots)}","q":"${units.quoteText(quote)}"` +
    `,"O":${openTime},"C":${closeTime},"F":${firstTrade},"L":${lastTrade},"n":${trades}}`
  );
}

/** Asks for a payload at the first chance, and after that only when something has traded. */
function onNews(
  { stream, every, instrument: { tape } }: Pick<BookBroadcastConfig, 'stream' | 'every' | 'instrument'>,
  payload: (now: number) => string,
): Broadcast {
  let emitted: number | undefined;
  return {
    stream,
    every,
    diff: false,
    collect: (now) => {
      if (tape.lastTrade === emitted) return [];
      emitted = tape.lastTrade;
      return [payload(now)];
    },
  };
}
