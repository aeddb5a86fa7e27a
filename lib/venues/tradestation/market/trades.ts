import { type Observable, defer, filter, map } from 'rxjs';
import type { QuoteUpdate, TradestationQuote } from './quotes.js';
import type { TradestationTickBar } from './tickBars.js';

/**
 * A trade as it can be told: the venue has no stream of trades, only traces of them. No id, no taker's side.
 *
 * - `quote`: the last trade that a change of the quote tells. Several between two changes show as one; `unseen` is then how
 *   much more has traded.
 * - `tickBar`: a bar of one tick, which is one trade; of an older interface of the venue, and not on all accounts.
 */
export interface TradestationTrade {
  /** What it was read off: a change of the quote, or a bar of one tick. */
  readonly source: 'quote' | 'tickBar';
  readonly instrument: string;
  /** In quote units. */
  readonly price: number;
  /** In shares or contracts. */
  readonly size: number;
  /** The same as decimal texts. */
  readonly exact: { readonly price: string; readonly size: string };
  /** The exchange, in the venue's words, where it is told. */
  readonly exchange?: string | undefined;
  /** By how much more than `size` the day's volume has grown since the trade before; absent where that is not known. */
  readonly unseen?: number | undefined;
  /** In ms. */
  readonly venueTime: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}

const traces = ['Last', 'LastSize', 'LastVenue', 'TradeTime', 'Volume'] as const;

/** Of the quote before: the day's volume, and when the last trade was. */
type Before = Partial<Pick<TradestationQuote, 'volume' | 'venueTime'>>;

/** The trade that a change of a quote tells, if it tells one. */
function tradeIn({ quote, frame, isFull }: QuoteUpdate, before: Before): TradestationTrade | undefined {
  const { Last: price, LastSize: size } = quote.exact;
  const isTrace = traces.some((name) => frame[name] !== undefined);
  // A full frame tells of a trade that may be old.
  if (isFull || !isTrace || price === undefined || size === undefined) return undefined;
  const { volume } = quote;
  const isPresent = typeof frame.Volume === 'string' && volume !== undefined && before.volume !== undefined;
  let grown = isPresent ? volume - before.volume : undefined;
  if (grown !== undefined && volume !== undefined && grown <= 0) {
    const isLater = (quote.venueTime ?? -Infinity) > (before.venueTime ?? Infinity);
    const isFirst = grown < 0 && volume > 0 && volume <= Number(size) && typeof frame.LastSize === 'string';
    // A volume that stands still or falls is a correction, unless there was a trade since: then another day has begun.
    if (!isLater && !isFirst) return undefined;
    grown = isFirst || dayOf(quote.venueTime) !== dayOf(before.venueTime) ? volume : undefined;
  }
  return {
    source: 'quote',
    instrument: quote.instrument,
    price: Number(price),
    size: Number(size),
    exact: { price, size },
    exchange: quote.lastVenue,
    unseen: grown === undefined ? undefined : Math.max(0, grown - Number(size)),
    venueTime: quote.venueTime,
    receivedTime: quote.receivedTime,
  };
}

const DAY = 86_400_000;
const dayOf = (time = 0): number => Math.floor(time / DAY);

/** Whether less had traded by then, and no later. */
const isOlder = ({ volume, venueTime }: Before, before: Before): boolean =>
  volume !== undefined &&
  before.volume !== undefined &&
  volume < before.volume &&
  !((venueTime ?? -Infinity) > (before.venueTime ?? Infinity));

/** The trades that the quotes of one symbol tell. */
export const tradesIn = (updates$: Observable<QuoteUpdate>): Observable<TradestationTrade> =>
  defer(() => {
    let before: Before = {};
    let isFirst = true;
    // A new stream of the wire may begin with a quote from before what the last one told, and tells that again.
    let isBehind = false;
    return updates$.pipe(
      map((update) => {
        const { quote, isFull } = update;
        isBehind = (isFull || isBehind) && isOlder(quote, before);
        // What a late observer is given at once has been told before.
        const trade = isFirst || isBehind ? undefined : tradeIn(update, before);
        isFirst = false;
        if (!isBehind) before = quote;
        return trade;
      }),
      filter((trade) => trade !== undefined),
    );
  });

/** Bars that hold nothing: `EMPTY`, `GHOST`, `END_OF_HISTORY`. */
const HOLLOW = (1 << 25) | (1 << 28) | (1 << 29);

/** The trade that a bar of one tick is. Bars from the past and hollow ones are none. */
export function tradeOfTick(bar: TradestationTickBar): TradestationTrade | undefined {
  if (!bar.isRealtime || (bar.status & HOLLOW) !== 0) return undefined;
  return {
    source: 'tickBar',
    instrument: bar.instrument,
    price: bar.close,
    size: bar.volume,
    exact: { price: bar.exact.close, size: bar.exact.volume },
    venueTime: bar.venueTime,
    receivedTime: bar.receivedTime,
  };
}
