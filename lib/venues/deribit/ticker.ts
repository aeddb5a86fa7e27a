import { numbersOrNone } from '../../codec/numbersOf.js';
import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import { checkOneOf } from '../../errors/checks.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { type DeribitInterval, intervals } from './depth.js';
import { TickerFrame } from './frames.js';
import { bestOf } from './quotes.js';
import { channelOf, instrumentOf } from './topics.js';

/** The figures of a ticker. Each is absent while the venue has none, as of an option that was never traded, and where it can't be read. */
export interface DeribitFigures<T> {
  /** The price of the last trade. */
  readonly last: T | undefined;
  /** What positions are valued at, in quote units. */
  readonly mark: T | undefined;
  /** The price of what it is derived from. */
  readonly index: T | undefined;
  /** Over the last 24 hours, as the next three. */
  readonly high: T | undefined;
  /** Of 24 hours. */
  readonly low: T | undefined;
  /** In base units. */
  readonly volume: T | undefined;
  /** In per cent of the price 24 hours ago, which the venue does not tell. */
  readonly change: T | undefined;
  /** In USD of inverse contracts, in base units of all others. */
  readonly openInterest: T | undefined;
  /** Of perpetuals: the present rate, and that of the last 8 hours. */
  readonly funding: T | undefined;
  /** What is paid for eight hours, as a fraction; only of perpetuals. */
  readonly funding8h: T | undefined;
  /** Of options: the price they are valued by, and volatilities in per cent. */
  readonly underlying: T | undefined;
  /** The volatility that goes with the mark, in percent a year; only of options. So are the two below. */
  readonly markIv: T | undefined;
  readonly bidIv: T | undefined;
  readonly askIv: T | undefined;
}

/** What Deribit tells of an instrument. It has no opening price, so this is no `Ticker`. */
export interface DeribitTicker extends DeribitFigures<number> {
  readonly instrument: string;
  /** Absent while that side is empty. */
  readonly bid: PriceLevel | undefined;
  readonly ask: PriceLevel | undefined;
  /** Of options. */
  readonly greeks: Readonly<Record<'delta' | 'gamma' | 'vega' | 'theta' | 'rho', number>> | undefined;
  /** The same figures in the venue's own digits. */
  readonly exact: DeribitFigures<string>;
  /** In ms. */
  readonly venueTime: number;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}

/** Figures that may be absent, and cost themselves where they can't be read. */
const EXTRAS = [
  ...['last_price', 'mark_price', 'index_price', 'open_interest', 'current_funding', 'funding_8h'],
  ...['mark_iv', 'bid_iv', 'ask_iv', 'underlying_price', 'greeks'],
  ...['stats.high', 'stats.low', 'stats.volume', 'stats.price_change'],
];

export function tickerChannel(
  instrument: string,
  interval: DeribitInterval,
  report: Report,
): ChannelSpec<DeribitTicker> {
  checkOneOf('interval', intervals, interval);
  const channel = `ticker.${instrumentOf(instrument)}.${interval}`;
  return channelOf(channel, sparingReader(TickerFrame, EXTRAS, leftOutOf(channel, report), toTicker));
}

function toTicker(frame: TickerFrame, at: number): DeribitTicker {
  const { instrument_name, timestamp, stats, greeks } = frame;
  const exact = {
    last: frame.last_price,
    mark: frame.mark_price,
    index: frame.index_price,
    high: stats.high,
    low: stats.low,
    volume: stats.volume,
    change: stats.price_change,
    openInterest: frame.open_interest,
    funding: frame.current_funding,
    funding8h: frame.funding_8h,
    underlying: frame.underlying_price,
    markIv: frame.mark_iv,
    bidIv: frame.bid_iv,
    askIv: frame.ask_iv,
  };
  return {
    instrument: instrument_name,
    ...bestOf(frame),
    ...numbersOrNone(exact),
    greeks,
    exact,
    venueTime: timestamp,
    receivedTime: at,
  };
}
