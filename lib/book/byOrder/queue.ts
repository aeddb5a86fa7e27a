import type { RestingOrder } from '../../model/bookByOrder.js';

/**
 * In what order orders of one price stand. `arrival`: as they were told; one that grew, or moved, goes to the end. `id`: by
 * their ids, lower first, as venues have them that count their orders up.
 */
export type QueueOrder = 'arrival' | 'id';

/** Where an order stands in a queue; -1 where it does not. By a loop: queues are long, and each change looks. */
export function placeOf(queue: readonly RestingOrder[], id: string): number {
  for (let at = 0; at < queue.length; at += 1) if ((queue[at] as RestingOrder).id === id) return at;
  return -1;
}

/** Changes one queue in place: puts an order where it belongs, in place of itself as it was. */
export function enqueue(queue: RestingOrder[], order: RestingOrder, by: QueueOrder): void {
  const at = placeOf(queue, order.id);
  const before = queue[at];
  if (before !== undefined) {
    if (by === 'id' || order.size <= before.size) {
      queue[at] = order;
      return;
    }
    queue.splice(at, 1);
  }
  let place = queue.length;
  if (by === 'id') while (place > 0 && compareIds(queue[place - 1]?.id ?? '', order.id) > 0) place--;
  queue.splice(place, 0, order);
}

/** Whole numbers by their height, however many digits they have; anything else as text. */
function compareIds(a: string, b: string): number {
  if (a.length !== b.length && DIGITS.test(a) && DIGITS.test(b)) return a.length - b.length;
  return a < b ? -1 : Number(a > b);
}
const DIGITS = /^[1-9]\d*$/;
