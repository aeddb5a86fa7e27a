import { millisOfNanos } from '../../codec/integers.js';
import type { TplusOpenOrders } from './openOrders.js';
import { isBefore, isBeforeListed } from './orderChanges.js';
import type { TplusOrderEvent } from './orderEvent.js';

/**
 * What events leave open of the orders that they have made; `undefined`: nothing. A failed creation has no time, and ids are the
 * client's own: it may be of another attempt, which another order with that id was or is in the way of, or of this one. So may an
 * end be that is older than the order it took off, where no end of that one was heard.
 */
export function doubtOfOrders(state: TplusOpenOrders, events: readonly TplusOrderEvent[]): string | undefined {
  for (const event of events) {
    if (event.type === 'createFailed' && state.orders.has(event.orderId))
      return `${event.orderId} could not be created, and one of that id stands`;
    if ((event.type === 'canceled' || event.type === 'removed') && isOfAnother(state, event))
      return `${event.orderId} ended before it was made, and another may stand`;
  }
  return undefined;
}

function isOfAnother(
  state: TplusOpenOrders,
  event: Extract<TplusOrderEvent, { readonly type: 'canceled' | 'removed' }>,
): boolean {
  const { orders, made, ended, listed } = state;
  const { orderId, venueTimeNs } = event;
  if (orders.has(orderId) || venueTimeNs === '0') return false;
  const { at } = made?.get(orderId) ?? {};
  const since = Math.max(listed?.get(orderId) ?? -Infinity, at === undefined ? -Infinity : millisOfNanos(at));
  return (isBefore(venueTimeNs, at) || isBeforeListed(state, event)) && (ended?.get(orderId) ?? -Infinity) < since;
}
