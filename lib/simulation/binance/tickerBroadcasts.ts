import { decimalText } from '../market/units.js';
import type { BookBroadcastConfig } from './depthBroadcasts.js';
import type { Broadcast } from '../broadcast.js';

/** `<symbol>@miniTicker`: the last 24 hours in short, when there was a trade since the last frame. */
export function miniTickerBroadcast({ stream, every, instrument }: BookBroadcastConfig): Broadcast {
  const { day, spec, units } = instrument;
  return onNews({ stream, every, instrument }, (now) => {
    const { close, open, high, low, lots, quote } = day.at(now);
    return (
      `{"e":"24hrMiniTicker","E":${now},"s":"${spec.symbol}","c":"${units.priceText(close)}"` +
      `,"o":"${units.priceText(open)}","h":"${units.priceText(high)}","l":"${units.priceText(low)}"` +
      `,"v":"${units.sizeText(lots)}","q":"${units.quoteText(quote)}"}`
    );
  });
}

/** `<symbol>@ticker`: the last 24 hours, when there was a trade since the last frame. */
export function tickerBroadcast({ market, stream, every, instrument }: BookBroadcastConfig): Broadcast {
  const { book, day, spec, tape, units } = instrument;
  return onNews({ stream, every, instrument }, (now) => {
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
  });
}

/** Asks for a payload at the first chance, and after that only when something has traded. */
function onNews(
  { stream, every, instrument: { tape } }: Pick<BookBroadcastConfig, 'stream' | 'every' | 'instrument'>,
  payload: (now: number) => string,
): Broadcast {
  let told: number | undefined;
  return {
    stream,
    every,
    diff: false,
    collect: (now) => {
      if (tape.lastTrade === told) return [];
      told = tape.lastTrade;
      return [payload(now)];
    },
  };
}
