import { sumDecimals } from '../../../book/decimals.js';
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
  readonly level: Level;
  size: number;
}

/** What stands at one price. */
interface Level {
  readonly price: number;
  readonly text: string;
  readonly orders: Set<Standing>;
}
type Touched = Readonly<Record<Side, Set<Level>>>;

/** A removal, a size of 0 or none: the order is gone. One without side or price is none. */
function standingOf(
  order: DxLinkOrder,
): { readonly side: Side; readonly price: number; readonly size: number } | undefined {
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
    const touched: Touched = { bids: new Set(), asks: new Set() };
    for (const order of events) this.put(order, touched);
    return type === 'snapshot' ? this.snapshot(events) : this.diff(events, touched);
  }

  private put(order: DxLinkOrder, touched: Touched): void {
    const index = indexOf(order);
    const old = this.standing.get(index);
    const now = standingOf(order);
    if (old !== undefined) {
      touched[old.side].add(old.level);
      if (now?.side === old.side && now.price === old.level.price) {
        old.size = now.size;
        return;
      }
      this.standing.delete(index);
      old.level.orders.delete(old);
    }
    if (now === undefined) return;
    const { side, price, size } = now;
    const level = this.levels[side].get(price) ?? { price, text: Decimal.encode(price), orders: new Set() };
    const standing = { side, level, size };
    this.levels[side].set(price, level);
    this.standing.set(index, standing);
    level.orders.add(standing);
    touched[side].add(level);
  }

  private snapshot(events: readonly DxLinkOrder[]): DepthSnapshot {
    const side = (name: Side, sign: number): readonly PriceLevel[] =>
      [...this.levels[name].values()]
        .sort((a, b) => sign * (a.price - b.price))
        .map((level) => this.levelAt(name, level))
        .filter(({ size }) => size > 0);
    return { type: 'snapshot', ...this.head(events), bids: side('bids', -1), asks: side('asks', 1) };
  }

  private diff(events: readonly DxLinkOrder[], touched: Touched): DepthDiff {
    const side = (name: Side): readonly PriceLevel[] => {
      const levels: PriceLevel[] = [];
      for (const level of touched[name]) levels.push(this.levelAt(name, level));
      return levels;
    };
    return { type: 'diff', ...this.head(events), bids: side('bids'), asks: side('asks') };
  }

  /** The level as it stands; of size 0, and forgotten, where nothing is left. */
  private levelAt(side: Side, { price, text, orders }: Level): PriceLevel {
    if (orders.size === 0) this.levels[side].delete(price);
    return levelOf(text, sumOfSizes(orders));
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

/** The exact sum of sizes: of the decimals that they are, not of the doubles that stand for them. */
function sumOfSizes(orders: ReadonlySet<Standing>): string {
  let units = 0;
  let scale = 0;
  for (const { size } of orders) {
    const decimals = decimalsOf(size);
    if (decimals < 0) return sumDecimals([...orders].map((order) => Decimal.encode(order.size)));
    const finest = Math.max(scale, decimals);
    units = units * (POWERS[finest - scale] ?? NaN) + Math.round(size * (POWERS[finest] ?? NaN));
    scale = finest;
    // Beyond, whole numbers are no longer all doubles.
    if (!(units < EXACT)) return sumDecimals([...orders].map((order) => Decimal.encode(order.size)));
  }
  const text = String(units);
  return scale === 0 ? text : withPoint(text.padStart(scale + 1, '0'), scale);
}

const withPoint = (digits: string, scale: number): string => `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;

const POWERS: readonly number[] = [1, 10, 100, 1_000, 10_000];
/** A decimal of fewer units has at most 15 digits, which a double tells apart. */
const EXACT = 1e15;

/** How many decimals a size has, most of which have few; -1: more, or what is no size. */
function decimalsOf(size: number): number {
  for (let decimals = 0; decimals < POWERS.length; decimals += 1) {
    const power = POWERS[decimals] ?? NaN;
    const units = Math.round(size * power);
    if (!(units >= 0 && units < EXACT)) return -1;
    if (units / power === size) return decimals;
  }
  return -1;
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
