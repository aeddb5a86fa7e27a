import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { NoOwnStreams, OwnStreams } from '../../feed/ownStreams.js';
import type { BookState } from '../../model/bookState.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';
import { type ValueWire, candleWire, quoteWire, tickerWire, tradeWire } from './values.js';

/** What the streams of an exchange tell that are relayed, by the names of its methods. */
export interface RelayedValues {
  readonly book: BookState;
  readonly depth: DepthEvent;
  readonly trades: Trade;
  readonly aggregateTrades: Trade;
  readonly fills: Trade;
  readonly quotes: Quote;
  readonly candles: Candle;
  readonly ticker: Ticker;
}

/** How the values of a method are relayed. */
export interface ValueKind {
  readonly wire: ValueWire<Trade> | ValueWire<Quote> | ValueWire<Candle> | ValueWire<Ticker>;
  /** Whether the latest value is a state, which who comes late is given. */
  readonly isState: boolean;
}

/** The methods whose values stand alone. */
export type ValueMethod = 'trades' | 'aggregateTrades' | 'fills' | 'quotes' | 'candles' | 'ticker';

export const valueKinds: Readonly<Record<ValueMethod, ValueKind>> = {
  trades: { wire: tradeWire, isState: false },
  aggregateTrades: { wire: tradeWire, isState: false },
  fills: { wire: tradeWire, isState: false },
  quotes: { wire: quoteWire, isState: true },
  candles: { wire: candleWire, isState: true },
  ticker: { wire: tickerWire, isState: true },
};

export const isValueMethod = (method: string): method is ValueMethod => Object.hasOwn(valueKinds, method);

/** The methods of an exchange that are relayed: those whose values are of the library's words. */
export type RelayedMethod<E> = {
  [K in keyof E & keyof RelayedValues]: E[K] extends (
    instrument: string,
    ...rest: never
  ) => Observable<RelayedValues[K]>
    ? K
    : never;
}[keyof E & keyof RelayedValues];

/** What one call of such a method is given: the instrument alone, or all arguments. */
export type RelayedCall<E, K extends keyof E> = E[K] extends (...args: infer A) => unknown
  ? string | Readonly<A>
  : never;

/** The methods of a venue's own streams, of markets and of accounts. */
export type OwnMethod<S extends OwnStreams> = keyof S['market'] | keyof S['account'];

/** What one call of a stream that is the venue's own is given: its only argument where that is a text, or all arguments. */
export type OwnCall<F> = F extends (...args: infer A) => unknown
  ? Readonly<A> | (readonly [string] extends Readonly<A> ? string : never)
  : never;

/**
 * Which streams of an exchange are offered, by method: `{ book: ['BTCUSDT'], candles: [['BTCUSDT', '1m']] }`. Those of
 * `streams` as well: `{ orders: [[['main']]] }` is one call, whose only argument is a list.
 */
export type RelayOffer<E extends Exchange, S extends OwnStreams = NoOwnStreams> = {
  readonly [K in Exclude<RelayedMethod<E>, 'depth' | OwnMethod<S>>]?: readonly RelayedCall<E, K>[];
} & {
  readonly [K in OwnMethod<S> & keyof E]?: readonly OwnCall<E[K]>[];
};
