import type { TastytradeComplexOrder, TastytradeOrder } from './orders.js';
import { type TastytradeTrackedOrder, isOlder } from './trackedOrder.js';

/** The complex order with its orders as they stand by now, told with it or alone. */
export function withOrders(
  complex: TastytradeComplexOrder,
  orders: ReadonlyMap<string, TastytradeTrackedOrder>,
): TastytradeComplexOrder {
  const newest = (one: TastytradeOrder): TastytradeOrder => {
    const order = orders.get(one.id)?.order;
    return order === undefined || isOlder(order, one) ? one : order;
  };
  const { triggerOrder } = complex;
  return {
    ...complex,
    orders: complex.orders.map(newest),
    ...(triggerOrder !== undefined && { triggerOrder: newest(triggerOrder) }),
  };
}

/**
 * Whether it says nothing new. It has no time of its own: it is older where one of its orders is and none is newer, or new
 * to it.
 */
export function isOlderComplex(seen: TastytradeComplexOrder, known: TastytradeComplexOrder | undefined): boolean {
  const before = new Map(known && ordersOf(known).map((order) => [order.id, order]));
  let isBehind = false;
  for (const order of ordersOf(seen)) {
    const other = before.get(order.id);
    if (other === undefined || isOlder(other, order)) return false;
    isBehind ||= isOlder(order, other);
  }
  return isBehind;
}

const ordersOf = ({ orders, triggerOrder }: TastytradeComplexOrder): readonly TastytradeOrder[] =>
  triggerOrder === undefined ? orders : [...orders, triggerOrder];
