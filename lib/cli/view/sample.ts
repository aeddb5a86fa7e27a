import type { WatchState } from './watchState.js';

/** Points of the price line that are kept: more than any terminal shows. */
const KEPT = 200;
/** Between two of them, in ms. */
const SAMPLE_EVERY = 500;

/** Adds a point to the price line when it is time. */
export function sample(state: WatchState, at: number): WatchState {
  if (at - state.sampledAt < SAMPLE_EVERY) return state;
  const price = priceOf(state);
  return price === undefined ? state : { ...state, prices: [...state.prices, price].slice(-KEPT), sampledAt: at };
}

function priceOf({
  book,
  quotes: [quote],
  trades: [trade],
  candles: [candle],
  ticker,
}: WatchState): number | undefined {
  if (book.status === 'live') return mid(book.book.bestBid?.price, book.book.bestAsk?.price);
  // A stale book's price is the past; the line waits until it is live again.
  if (book.status === 'stale') return undefined;
  return mid(quote?.bid?.price, quote?.ask?.price) ?? trade?.price ?? candle?.close ?? ticker?.last;
}

const mid = (bid: number | undefined, ask: number | undefined): number | undefined =>
  bid === undefined || ask === undefined ? undefined : (bid + ask) / 2;
