import { scaledDown } from '../../codec/integers.js';
import type { TplusBookDecimals, TplusOrder, TplusOrderEvent } from './orderEvent.js';

/** The newest events that set an order's price and its size. */
export interface TplusLastChanges {
  /** What it has its price of. */
  readonly price?: Extract<TplusOrderEvent, { readonly type: 'replaced' }> | undefined;
  /** What it has its size of. */
  readonly size?: Extract<TplusOrderEvent, { readonly type: 'replaced' | 'amended' }> | undefined;
}

type Change = NonNullable<TplusLastChanges['size']>;

type Texts = Partial<TplusOrder['exact']>;

/**
 * What a change makes of an order's texts: nothing of what a newer one has set. Without a time it counts as it is heard.
 *
 * @returns `last` is absent where there is nothing to remember.
 */
export function withChange(
  known: TplusLastChanges = {},
  change: Change,
  decimals: TplusBookDecimals | undefined,
): { readonly last?: TplusLastChanges; readonly exact: Texts } {
  const isNewest = (other: Change | undefined): boolean => !isBefore(change.venueTimeNs, other?.venueTimeNs);
  const news: TplusLastChanges = {
    ...(change.type === 'replaced' && isNewest(known.price) && { price: change }),
    ...(isNewest(known.size) && { size: change }),
  };
  const exact = textsOf(news, decimals);
  return change.venueTimeNs === undefined || (news.size === undefined && news.price === undefined)
    ? { exact }
    : { last: { ...known, ...news }, exact };
}

/** What was heard of an order before the word that it was made, and came after it. */
export function changesSince(
  { price, size }: TplusLastChanges = {},
  madeAt: string | undefined,
  decimals: TplusBookDecimals,
): Texts {
  const since = <C extends Change>(change: C | undefined): C | undefined =>
    isBefore(change?.venueTimeNs, madeAt) ? undefined : change;
  return textsOf({ price: since(price), size: since(size) }, decimals);
}

/** Whether a moment is before another, both known and of one clock, in ns. */
export const isBefore = (at: string | undefined, other: string | undefined): boolean =>
  at !== undefined && other !== undefined && BigInt(at) < BigInt(other);

/** Of an order that was made before the one that the load had of its id. */
export const isBeforeListed = (
  { listed }: { readonly listed?: ReadonlyMap<string, number> },
  { orderId, venueTime = Infinity }: { readonly orderId: string; readonly venueTime?: number | undefined },
): boolean => venueTime < (listed?.get(orderId) ?? -Infinity);

/** In human units; what is in whole numbers of a market that is not known is left out. */
function textsOf({ price, size }: TplusLastChanges, decimals: TplusBookDecimals | undefined): Texts {
  const sizeText =
    size?.type === 'amended' ? size.size : decimals && size && scaledDown(size.quantityUnits, decimals.quantity);
  return {
    ...(decimals && price && { price: scaledDown(price.priceUnits, decimals.price) }),
    ...(sizeText !== undefined && { size: sizeText }),
  };
}
