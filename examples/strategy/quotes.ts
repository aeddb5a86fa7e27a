import type { LiveBook, OrderBook } from 'millrace';

/** How the market maker prices. Prices in quote units, sizes in base units, as decimal texts where they go out. */
export interface QuotingConfig {
  /** The tick of the instrument, as the venue writes it: `0.01`. */
  readonly tick: string;
  /** The size of each order. */
  readonly size: string;
  /** How far from the fair price it quotes on either side. */
  readonly edge: number;
  /** How far the fair price is moved against the position, for each unit that is held. */
  readonly skew: number;
  /** No side is quoted that could take the position beyond this, in base units. */
  readonly limit: number;
}

/** What it wants to have in the market. A side that is absent is not to be quoted. */
export interface Quotes {
  readonly buy: string | undefined;
  readonly sell: string | undefined;
}

export const nothing: Quotes = { buy: undefined, sell: undefined };

/**
 * What to quote, given a book and what is held. It takes a book that is `live`, by its type: what is stale or missing can't be
 * handed to it.
 */
export function quotesFor({ book }: LiveBook, position: number, config: QuotingConfig): Quotes {
  const { tick, size, edge, skew, limit } = config;
  const fair = fairPrice(book);
  if (fair === undefined) return nothing;
  const middle = fair - skew * position;
  const ticks = (price: number, round: (value: number) => number): number => round(price / Number(tick));
  // Never at a price that would take: a post-only order there is refused.
  const best = { bid: ticks(book.bestBid?.price ?? 0, Math.round), ask: ticks(book.bestAsk?.price ?? 0, Math.round) };
  const buy = Math.min(ticks(middle - edge, Math.floor), best.ask - 1);
  const sell = Math.max(ticks(middle + edge, Math.ceil), best.bid + 1);
  const decimals = tick.split('.')[1]?.length ?? 0;
  const text = (at: number): string => (at * Number(tick)).toFixed(decimals);
  return {
    buy: position + Number(size) <= limit && buy > 0 ? text(buy) : undefined,
    sell: position - Number(size) >= -limit ? text(sell) : undefined,
  };
}

/** The microprice: the mid, weighted by what stands on the other side. */
function fairPrice({ bestBid, bestAsk }: OrderBook): number | undefined {
  if (bestBid === undefined || bestAsk === undefined) return undefined;
  const sizes = bestBid.size + bestAsk.size;
  return (bestBid.price * bestAsk.size + bestAsk.price * bestBid.size) / sizes;
}
