import type { Fill, OrderCommand, OrderReport, OrderSide } from 'millrace/testing';
import type { Quotes } from './quotes.js';

/** An order of ours that the venue has, or is about to. */
interface Working {
  readonly id: string;
  readonly side: OrderSide;
  readonly price: string;
  /** A wish to take it back is on its way. */
  readonly isLeaving: boolean;
}

/** What is known of our own orders. Never changed: each step makes another. */
export interface WorkingOrders {
  readonly orders: readonly Working[];
  /** What was bought less what was sold. */
  readonly position: number;
  readonly lastId: number;
  /** When commands were sent within the last second, in ms. */
  readonly sent: readonly number[];
}

export const noOrders: WorkingOrders = { orders: [], position: 0, lastId: 0, sent: [] };

/** What the venue lets us send. */
export interface MessageBudget {
  /** Commands a second. For each order in the market one of them is kept, so that it can be taken back at any time. */
  readonly perSecond: number;
}

/** What the venue reported, put to what was known. */
export function afterReport(known: WorkingOrders, report: OrderReport): WorkingOrders {
  switch (report.type) {
    case 'accepted':
      return known;
    case 'rejected':
      // Refused where it was placed, or gone already where it was to be taken back.
      return without(known, report.id);
    case 'cancelled':
      return without(known, report.id);
    case 'fill': {
      const position = known.position + signed(report);
      const isOver = Number(report.exact.remaining) === 0;
      return { ...(isOver ? without(known, report.id) : known), position };
    }
  }
}

const signed = ({ side, size }: Fill): number => (side === 'buy' ? size : -size);

const without = (known: WorkingOrders, id: string): WorkingOrders => ({
  ...known,
  orders: known.orders.filter((order) => order.id !== id),
});

/**
 * What to send so that the market holds what is wanted, as far as the budget allows: orders at other prices are taken back
 * first; a side is placed anew when nothing of it is left. What is not sent now is sent at the next step, if it is wanted then.
 */
export function towards(
  known: WorkingOrders,
  wanted: Quotes,
  size: string,
  { perSecond }: MessageBudget,
  now: number,
): { readonly known: WorkingOrders; readonly commands: readonly OrderCommand[] } {
  const sent = known.sent.filter((at) => at > now - 1_000);
  const commands: OrderCommand[] = [];
  const orders: Working[] = known.orders.map((order) => {
    if (order.isLeaving || wanted[order.side] === order.price) return order;
    commands.push({ type: 'cancel', id: order.id });
    return { ...order, isLeaving: true };
  });

  let { lastId } = known;
  /** Placing one takes a message, and one to take it back. */
  const hasRoom = (): boolean => {
    const kept = orders.filter(({ isLeaving }) => !isLeaving).length;
    return sent.length + commands.length + kept + 2 <= perSecond;
  };
  for (const side of ['buy', 'sell'] as const) {
    const price = wanted[side];
    if (price === undefined || orders.some((order) => order.side === side) || !hasRoom()) continue;
    lastId += 1;
    const id = String(lastId);
    commands.push({ type: 'place', id, side, size, price, postOnly: true });
    orders.push({ id, side, price, isLeaving: false });
  }
  return { known: { ...known, orders, lastId, sent: [...sent, ...commands.map(() => now)] }, commands };
}
