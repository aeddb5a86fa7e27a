import { makeCandle } from '../../../codec/makeCandle.js';
import { type OperatorFunction, Observable } from 'rxjs';
import { check, checkOneOf, checkWhole } from '../../../errors/checks.js';
import { aNumber, aText, checkOptions, oneOf } from '../../../errors/optionRules.js';
import { foldSession } from '../../../feed/foldSession.js';
import { passOn } from '../../../feed/passOn.js';
import type { FoldContext } from '../../../feed/foldContext.js';
import type { CandleOptions } from '../../../feed/joinCandles.js';
import type { Candle } from '../../../model/candle.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import { barStart } from './barStart.js';
import { BarFrame } from '../frames.js';
import { type Unread, sparingReader } from '../../../codec/sparing.js';
import { known } from '../present.js';
import { type TradestationStreamRequest, marketDataRequest, symbolOf, topicOf } from '../topics.js';

/** Which bars. */
export interface TradestationBars {
  /** Default: `Minute`. */
  readonly unit?: 'Minute' | 'Daily' | 'Weekly' | 'Monthly';
  /** How many units a bar lasts: 1 to 1,440 minutes, 1 of anything else. Default: 1. */
  readonly interval?: number;
  /**
   * How many bars of the past the stream itself begins with, in each session anew: 1 to 57,600, of minutes no more than 500,000
   * together. Default: 1. For a past that goes on over reconnects see `history` of `TradestationCandleOptions`.
   */
  readonly barsBack?: number;
  /** Which hours of US stocks, by the minute. Default: the venue's own. */
  readonly session?: 'USEQPre' | 'USEQPost' | 'USEQPreAndPost' | 'USEQ24Hour' | 'Default';
}

/** Which bars, and how much of their past. Not both `history` and `barsBack`: the one is loaded, the other streamed. */
export interface TradestationCandleOptions extends TradestationBars, CandleOptions {}

/** What bars tell: the past as one, oldest first, then each bar as it grows; one of the same `openTime` replaces it. */
export type TradestationCandles =
  | { readonly type: 'snapshot'; readonly candles: readonly Candle[] }
  | { readonly type: 'candle'; readonly candle: Candle };

const sessions = oneOf('USEQPre', 'USEQPost', 'USEQPreAndPost', 'USEQ24Hour', 'Default');

/** @throws InvalidArgumentError for what the venue would not take. */
export function barsRequest(symbol: string, bars: TradestationBars): TradestationStreamRequest {
  checkOptions('options', bars, { unit: aText, interval: aNumber, barsBack: aNumber, session: sessions });
  const { unit = 'Minute', interval = 1, barsBack = 1, session } = bars;
  checkOneOf('unit', Object.keys(letters), unit);
  const isWidth = Number.isInteger(interval) && interval >= 1 && interval <= (unit === 'Minute' ? 1_440 : 1);
  check('interval', isWidth, '1 to 1440 minutes, 1 of anything else', interval);
  checkWhole('barsBack', mostBars(bars), barsBack);
  const name = symbolOf(symbol);
  const query = {
    interval: String(interval),
    unit,
    barsback: String(barsBack),
    ...(session !== undefined && { sessiontemplate: session }),
  };
  const path = `/v3/marketdata/stream/barcharts/${encodeURIComponent(name)}`;
  return marketDataRequest('bars', 'bars', path, query, { symbol: name });
}

/** How many bars of the past the venue has at most. */
export const mostBars = ({ unit = 'Minute', interval = 1 }: TradestationBars): number =>
  unit === 'Minute' ? Math.min(57_600, Math.floor(500_000 / interval)) : 57_600;

const letters = { Minute: 'm', Daily: 'd', Weekly: 'w', Monthly: 'M' } as const;

/**
 * The venue tells the end of a bar (`Epoch`); where it began is its width before: for days and longer that is the calendar's
 * width ({@link barStart}), not the session's.
 */
export function candleOf(
  symbol: string,
  { unit = 'Minute', interval = 1 }: TradestationBars,
  bar: BarFrame,
  at: number,
): Candle {
  const { Open: open, High: high, Low: low, Close: close, TotalVolume: volume, Epoch: end } = bar;
  const exact = { open, high, low, close, volume };
  const facts = {
    instrument: symbol,
    interval: `${interval}${letters[unit]}`,
    openTime: barStart(end, unit, interval),
    closeTime: end - 1,
    ...known({ trades: bar.TotalTicks }),
    closed: isClosed(bar),
    receivedTime: at,
  };
  return makeCandle(facts, exact);
}

/**
 * Older servers say of a bar from the past only that, and the last of it may be the present one. What says neither so that it
 * can be read is not known to be over.
 */
const isClosed = ({ BarStatus: status, IsRealtime: isRealtime, IsEndOfHistory: isLast }: BarFrame): boolean =>
  typeof status === 'string' ? status === 'Closed' : isRealtime !== true && isRealtime !== null && isLast !== true;

/** One bar as it came. */
export interface BarMessage {
  readonly bar: BarFrame;
  readonly candle: Candle;
}

export const barsChannel = (
  request: TradestationStreamRequest,
  instrument: string,
  bars: TradestationBars,
  unread: Unread,
): ChannelSpec<BarMessage> => ({
  topic: topicOf(request),
  decode: sparingReader(BarFrame, [], unread, (bar, at) => ({ bar, candle: candleOf(instrument, bars, bar, at) })),
});

/** What bars have come to. */
export interface BarUpdate {
  readonly event: TradestationCandles;
  /** All bars of the session as they stand by now, oldest first. */
  readonly all: () => readonly Candle[];
}

/** The bars of a session by their beginnings: a map that it owns, since a past of tens of thousands comes bar by bar. */
interface Bars {
  readonly byTime: Map<number, Candle>;
  readonly isWhole: boolean;
}

/**
 * Puts bars together by their end: until the last one from the past they are gathered, in whatever order they come; from
 * then on each is told as it comes. All are forgotten with the session, and a new one begins with a snapshot. A frame that
 * could not be read may have been one of the past, so the stream is begun anew.
 */
export const foldBars = ({
  resubscribe,
}: FoldContext): OperatorFunction<ChannelEvent<BarMessage>, BarUpdate | undefined> =>
  foldSession({
    begin: (): Bars => ({ byTime: new Map(), isWhole: false }),
    message: ({ byTime, isWhole }, { bar, candle }) => {
      const all = (): readonly Candle[] => [...byTime.values()].sort((a, b) => a.openTime - b.openTime);
      byTime.set(candle.openTime, candle);
      if (isWhole) return { known: { byTime, isWhole }, emitted: [{ event: { type: 'candle', candle }, all }] };
      // Where there is no past, the first live bar says so.
      const isEnd = bar.IsEndOfHistory === true || bar.IsRealtime === true;
      const emitted: readonly BarUpdate[] = isEnd ? [{ event: { type: 'snapshot', candles: all() }, all }] : [];
      return { known: { byTime, isWhole: isEnd }, emitted };
    },
    missed: resubscribe,
  });

/** The events of a shared fold of bars: a late observer begins with a snapshot of all there are. */
export const candleEvents = (updates$: Observable<BarUpdate | undefined>): Observable<TradestationCandles> =>
  new Observable((subscriber) => {
    let isBegun = false;
    return passOn(updates$, subscriber, (update) => {
      if (update === undefined) return;
      subscriber.next(isBegun ? update.event : { type: 'snapshot', candles: update.all() });
      isBegun = true;
    });
  });
