import type { Candle } from '../model/candle.js';
import type { Trade } from '../model/trade.js';
import { compareDecimals } from './decimals.js';
import { openTimeOf, type CandleSpan } from './candleSpan.js';
import { addDecimals } from './decimals.js';

/** The candle with one more trade of its interval, or a trade's own candle where there is none yet. */
export function foldTrade(candle: Candle | undefined, trade: Trade, span: CandleSpan): Candle {
  const { price, size } = trade.exact;
  const before = candle?.exact ?? { open: price, high: price, low: price, volume: '0' };
  const exact = {
    open: before.open,
    high: compareDecimals(price, before.high) > 0 ? price : before.high,
    low: compareDecimals(price, before.low) < 0 ? price : before.low,
    close: price,
    volume: addDecimals(before.volume, size),
  };
  const openTime = candle?.openTime ?? openTimeOf(trade, span);
  return {
    instrument: trade.instrument,
    interval: span.name,
    openTime,
    closeTime: openTime + span.length - 1,
    open: Number(exact.open),
    high: Number(exact.high),
    low: Number(exact.low),
    close: Number(exact.close),
    volume: Number(exact.volume),
    exact,
    trades: (candle?.trades ?? 0) + 1,
    closed: false,
    venueTime: trade.venueTime,
    receivedTime: trade.receivedTime,
  };
}
