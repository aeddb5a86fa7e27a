import type { Candle } from '../model/candle.js';
import { decimalOf } from './decimalOf.js';

/** What a venue tells of a candle beside its figures. */
export type CandleFacts = Omit<Candle, 'open' | 'high' | 'low' | 'close' | 'volume' | 'exact'>;

/**
 * A candle from the venue's own decimal texts, which the venue's codec has taken. By name, and one place for all venues:
 * figures that are spread into it take four times as long.
 */
export const makeCandle = (facts: CandleFacts, exact: Candle['exact']): Candle => ({
  instrument: facts.instrument,
  interval: facts.interval,
  openTime: facts.openTime,
  closeTime: facts.closeTime,
  open: decimalOf(exact.open),
  high: decimalOf(exact.high),
  low: decimalOf(exact.low),
  close: decimalOf(exact.close),
  volume: decimalOf(exact.volume),
  exact,
  trades: facts.trades,
  closed: facts.closed,
  venueTime: facts.venueTime,
  receivedTime: facts.receivedTime,
});
