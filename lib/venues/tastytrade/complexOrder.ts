import { type TastytradeComplexOrder, type TastytradeOrder, isFinal } from './orders.js';
import { type TastytradeTrackedOrder, isOlder } from './trackedOrder.js';

/** The complex order once one of its orders was told alone. */
export const withOrder = (complex: TastytradeComplexOrder, order: TastytradeOrder): TastytradeComplexOrder =>
  eachOrder(complex, (known) => (known.id === order.id && !isOlder(order, known) ? order : known));

/** The complex order as it was told, but for those of its orders that are known to have gone on. */
export const withNewest = (
  complex: TastytradeComplexOrder,
  orders: ReadonlyMap<string, TastytradeTrackedOrder>,
): TastytradeComplexOrder =>
  eachOrder(complex, (told) => {
    const known = orders.get(told.id)?.order;
    return known !== undefined && isOlder(told, known) ? known : told;
  });

/**
 * Whether it says nothing new. It has no time of its own: it is older where one of its orders is, and none has gone on or is
 * new to it.
 */
export function isOlderComplex(seen: TastytradeComplexOrder, known: TastytradeComplexOrder | undefined): boolean {
  const before = new Map(known && ordersOf(known).map((order) => [order.id, order]));
  let isBehind = false;
  for (const order of ordersOf(seen)) {
    const other = before.get(order.id);
    if (other === undefined) return false;
    if (isOlder(order, other)) isBehind = true;
    else if (order.updatedAt !== other.updatedAt || order.status !== other.status) return false;
  }
  return isBehind;
}

/** Whether none of its orders is open any more. */
export const isOver = (complex: TastytradeComplexOrder): boolean =>
  complex.terminalAt !== undefined || ordersOf(complex).every(isFinal);

const ordersOf = ({ orders, triggerOrder }: TastytradeComplexOrder): readonly TastytradeOrder[] =>
  triggerOrder === undefined ? orders : [...orders, triggerOrder];

const eachOrder = (
  complex: TastytradeComplexOrder,
  change: (order: TastytradeOrder) => TastytradeOrder,
): TastytradeComplexOrder => ({
  ...complex,
  orders: complex.orders.map(change),
  ...(complex.triggerOrder !== undefined && { triggerOrder: change(complex.triggerOrder) }),
});
