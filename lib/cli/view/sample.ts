import type { PricePoint, WatchState } from './watchState.js';

/** Points of the price line that are kept: more than any terminal shows. */
const KEPT = 400;
/** Between two of them, in ms. */
const SAMPLE_EVERY = 500;

/** Adds a point to the price line when it is time. */
export function sample(state: WatchState, at: number): WatchState {
  if (at - state.sampledAt < SAMPLE_EVERY) return state;
  const price = priceOf(state);
  // Before the first price there is no line; later a hole in it says that there was none to be had.
  if (price === undefined && state.prices.length === 0) return state;
  const point: PricePoint = { at, price };
  return { ...state, prices: [...state.prices, point].slice(-KEPT), sampledAt: at };
}

function priceOf({
  book,
  quotes: [quote],
  trades: [trade],
  candles: [candle],
  ticker,
}: WatchState): number | undefined {
  if (book.status === 'live') return mid(book.book.bestBid?.price, book.book.bestAsk?.price);
  // A stale book's price is the past.
  if (book.status === 'stale') return undefined;
  return mid(quote?.bid?.price, quote?.ask?.price) ?? trade?.price ?? candle?.close ?? ticker?.last;
}

const mid = (bid: number | undefined, ask: number | undefined): number | undefined =>
  bid === undefined || ask === undefined ? undefined : (bid + ask) / 2;
