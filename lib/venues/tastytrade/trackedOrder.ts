import { isLate } from './isLate.js';
import { type TastytradeFill, type TastytradeLeg, type TastytradeOrder, isFinal } from './orders.js';

/** One step in the life of an order. */
export interface TastytradeOrderStep {
  readonly id: string;
  readonly status: string;
  /** The venue's time, in ms, where it named one. */
  readonly at: number | undefined;
}

/** An order over all frames that told of it. */
export interface TastytradeTrackedOrder {
  /** The newest one, with every fill that any of them told, each once. */
  readonly order: TastytradeOrder;
  /** Its states as they were told, oldest first, at most 100. */
  readonly steps: readonly TastytradeOrderStep[];
}

const STEPS = 100;

/**
 * What is known of an order once another frame has told of it. Frames repeat fills, may come with fewer of them than the
 * one before, and may come out of order.
 *
 * @returns `known` itself where nothing new was told.
 */
export function trackOrder(known: TastytradeTrackedOrder | undefined, seen: TastytradeOrder): TastytradeTrackedOrder {
  if (known === undefined) return { order: deduplicated(seen), steps: [stepOf(seen)] };
  if (isOlder(seen, known.order)) {
    const order = withFills(known.order, seen);
    return order === known.order ? known : { ...known, order };
  }
  const { steps } = known;
  const isStep = steps.at(-1)?.status !== seen.status;
  return {
    order: withFills(deduplicated(seen), known.order),
    steps: isStep ? [...steps.slice(1 - STEPS), stepOf(seen)] : steps,
  };
}

/**
 * The life of an order, and of those that it replaced, oldest first: a replaced order is cancelled under its own id and
 * goes on under another.
 */
export function orderHistory(
  orders: ReadonlyMap<string, TastytradeTrackedOrder>,
  id: string,
): readonly TastytradeOrderStep[] {
  const passed = new Set<string>();
  let steps: readonly TastytradeOrderStep[] = [];
  for (let next: string | undefined = id; next !== undefined && !passed.has(next);) {
    passed.add(next);
    const tracked: TastytradeTrackedOrder | undefined = orders.get(next);
    steps = [...(tracked?.steps ?? []), ...steps];
    next = tracked?.order.replacesOrderId;
  }
  return steps;
}

/** Every fill of an order, each once. */
export const fillsOf = ({ legs }: TastytradeOrder): readonly TastytradeFill[] => legs.flatMap((leg) => leg.fills);

const stepOf = ({ id, status, updatedAt }: TastytradeOrder): TastytradeOrderStep => ({ id, status, at: updatedAt });

/** By `updated-at`; of two at one time, the one that is over is the later. */
export function isOlder(seen: TastytradeOrder, known: TastytradeOrder): boolean {
  if (seen.updatedAt === undefined || known.updatedAt === undefined) return isFinal(known) && !isFinal(seen);
  if (seen.updatedAt !== known.updatedAt) return isLate(seen.updatedAt, known.updatedAt);
  return isFinal(known) && !isFinal(seen);
}

function deduplicated(order: TastytradeOrder): TastytradeOrder {
  const ids = fillsOf(order).map(({ fillId }) => fillId);
  if (new Set(ids).size === ids.length) return order;
  const passed = new Set<string>();
  const isNew = ({ fillId }: TastytradeFill): boolean => !passed.has(fillId) && passed.add(fillId) === passed;
  return { ...order, legs: order.legs.map((leg) => ({ ...leg, fills: leg.fills.filter(isNew) })) };
}

/** The order with those fills of another frame that it lacks, on their legs. */
function withFills(order: TastytradeOrder, other: TastytradeOrder): TastytradeOrder {
  const known = new Set(fillsOf(order).map(({ fillId }) => fillId));
  if (fillsOf(other).every(({ fillId }) => known.has(fillId))) return order;
  const lacking = (leg: TastytradeLeg): readonly TastytradeFill[] =>
    other.legs
      .filter(({ symbol, action }) => symbol === leg.symbol && action === leg.action)
      .flatMap(({ fills }) => fills)
      .filter(({ fillId }) => !known.has(fillId) && known.add(fillId) === known);
  const legs = order.legs.map((leg) => ({ ...leg, fills: [...leg.fills, ...lacking(leg)] }));
  return { ...order, legs };
}
