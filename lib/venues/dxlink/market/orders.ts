import { addDecimals } from '../../../book/decimals.js';
import { Decimal } from '../../../codec/decimal.js';
import { levelOf } from '../../../codec/levelOf.js';
import type { DepthDiff, DepthSnapshot } from '../../../model/depthEvent.js';
import type { PriceLevel } from '../../../model/priceLevel.js';
import type { DxLinkEvent } from '../eventTypes.js';
import { type IndexedChange, indexOf, isRemoval } from './transactions.js';

/** One order or price level of a source, as the venue tells it. */
export type DxLinkOrder = DxLinkEvent<'Order' | 'SpreadOrder' | 'AnalyticOrder'>;
type Side = 'bids' | 'asks';

/** An order that stands in a book. */
interface Standing {
  readonly side: Side;
  readonly price: number;
}

/** What stands at one price: sizes by index, as texts. */
type Level = Map<string, string>;

/** A removal, a size of 0 or none: the order is gone. One without side or price is none. */
function standingOf(order: DxLinkOrder): (Standing & { readonly size: number }) | undefined {
  const { orderSide, price, size } = order;
  if (isRemoval(order) || price === undefined || size === undefined || size === 0) return undefined;
  if (orderSide !== 'BUY' && orderSide !== 'SELL') return undefined;
  return { side: orderSide === 'BUY' ? 'bids' : 'asks', price, size };
}

/**
 * The orders of one book, and the levels they make. Changed in place; what it tells is never changed afterwards. The key
 * of an order is its index alone: price and side of an index may change.
 */
export class OrderPool {
  private standing = new Map<string, Standing>();
  private levels: Readonly<Record<Side, Map<number, Level>>> = { bids: new Map(), asks: new Map() };

  constructor(private readonly instrument: string) {}

  apply({ type, events }: IndexedChange<DxLinkOrder>): DepthSnapshot | DepthDiff {
    if (type === 'snapshot') {
      this.standing = new Map();
      this.levels = { bids: new Map(), asks: new Map() };
    }
    const touched: Readonly<Record<Side, Set<number>>> = { bids: new Set(), asks: new Set() };
    for (const order of events) this.put(order, touched);
    return type === 'snapshot' ? this.snapshot(events) : this.diff(events, touched);
  }

  private put(order: DxLinkOrder, touched: Readonly<Record<Side, Set<number>>>): void {
    const index = indexOf(order);
    const old = this.standing.get(index);
    if (old !== undefined) {
      this.standing.delete(index);
      this.levels[old.side].get(old.price)?.delete(index);
      touched[old.side].add(old.price);
    }
    const now = standingOf(order);
    if (now === undefined) return;
    const { side, price, size } = now;
    this.standing.set(index, now);
    const level = this.levels[side].get(price) ?? new Map<string, string>();
    this.levels[side].set(price, level.set(index, Decimal.encode(size)));
    touched[side].add(price);
  }

  private snapshot(events: readonly DxLinkOrder[]): DepthSnapshot {
    const side = (name: Side, sign: number): readonly PriceLevel[] =>
      [...this.levels[name].keys()]
        .sort((a, b) => sign * (a - b))
        .map((price) => this.levelAt(name, price))
        .filter(({ size }) => size > 0);
    return { type: 'snapshot', ...this.head(events), bids: side('bids', -1), asks: side('asks', 1) };
  }

  private diff(events: readonly DxLinkOrder[], touched: Readonly<Record<Side, Set<number>>>): DepthDiff {
    const side = (name: Side): readonly PriceLevel[] => [...touched[name]].map((price) => this.levelAt(name, price));
    return { type: 'diff', ...this.head(events), bids: side('bids'), asks: side('asks') };
  }

  /** The level as it stands; of size 0, and forgotten, where nothing is left. */
  private levelAt(side: Side, price: number): PriceLevel {
    const level = this.levels[side].get(price);
    if (level?.size === 0) this.levels[side].delete(price);
    let sum: string | undefined;
    for (const size of level?.values() ?? []) sum = sum === undefined ? size : addDecimals(sum, size);
    return levelOf(Decimal.encode(price), sum ?? '0');
  }

  private head(events: readonly DxLinkOrder[]): {
    instrument: string;
    venueTime: number | undefined;
    receivedTime: number;
  } {
    let venueTime: number | undefined;
    for (const { time = 0 } of events) if (time > (venueTime ?? 0)) venueTime = time;
    return { instrument: this.instrument, venueTime, receivedTime: events.at(-1)?.receivedTime ?? 0 };
  }
}

/** All orders of a source, best first on each side. */
export interface DxLinkOrderList {
  readonly bids: readonly DxLinkOrder[];
  readonly asks: readonly DxLinkOrder[];
  /** False where the venue cut the snapshot off. */
  readonly isWhole: boolean;
}

/** One change applied to the orders themselves. Costs as much as there are orders: for lists that people read. */
export function foldOrders(
  before: DxLinkOrderList | undefined,
  { type, events, isWhole }: IndexedChange<DxLinkOrder>,
): DxLinkOrderList {
  const held = type === 'snapshot' || before === undefined ? [] : [...before.bids, ...before.asks];
  const orders = new Map(held.map((order) => [indexOf(order), order]));
  for (const order of events) {
    orders.delete(indexOf(order));
    if (standingOf(order) !== undefined) orders.set(indexOf(order), order);
  }
  const side = (name: Side): readonly DxLinkOrder[] =>
    [...orders.values()].filter((order) => standingOf(order)?.side === name).sort(name === 'bids' ? byBid : byAsk);
  return {
    bids: side('bids'),
    asks: side('asks'),
    isWhole: type === 'snapshot' ? isWhole : (before?.isWhole ?? isWhole),
  };
}

const byBid = (a: DxLinkOrder, b: DxLinkOrder): number => (b.price ?? 0) - (a.price ?? 0) || atOnePrice(a, b);
const byAsk = (a: DxLinkOrder, b: DxLinkOrder): number => (a.price ?? 0) - (b.price ?? 0) || atOnePrice(a, b);

/** The order of dxfeed-graal-net-api's `Models/MarketDepthModel.cs`. */
function atOnePrice(a: DxLinkOrder, b: DxLinkOrder): number {
  const [isOrder, isOtherOrder] = [a.scope === 'ORDER', b.scope === 'ORDER'];
  if (isOrder !== isOtherOrder) return isOrder ? 1 : -1;
  const byTime = (a.time ?? 0) - (b.time ?? 0) || (a.sequence ?? 0) - (b.sequence ?? 0);
  const byIndex = (): number => compareTexts(indexOf(a).padStart(20, '0'), indexOf(b).padStart(20, '0'));
  if (isOrder) return byTime || byIndex();
  return (
    (b.size ?? 0) - (a.size ?? 0) ||
    byTime ||
    compareTexts(a.scope ?? '', b.scope ?? '') ||
    compareTexts(a.exchangeCode ?? '', b.exchangeCode ?? '') ||
    byIndex()
  );
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
