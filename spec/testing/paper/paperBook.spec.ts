import fc from 'fast-check';
import { liveState, staleState, trade } from '../../../lib/testing/builders.js';
import type { OrderCommand, OrderReport, OrderSide } from '../../../lib/testing/paper/order.js';
import { PaperBook, type PaperVenueConfig } from '../../../lib/testing/paper/paperBook.js';

/** What happens to a market and to orders on it. Prices and sizes are small whole numbers. */
type Happening =
  | { readonly what: 'book'; readonly bids: Levels; readonly asks: Levels }
  | { readonly what: 'stale' }
  | { readonly what: 'trade'; readonly side: OrderSide; readonly price: number; readonly size: number }
  | { readonly what: 'place'; readonly order: WrittenOrder }
  | { readonly what: 'cancel'; readonly nth: number };
type Levels = readonly (readonly [price: number, size: number])[];
interface WrittenOrder {
  readonly side: OrderSide;
  readonly size: number;
  readonly price: number | undefined;
  readonly timeInForce: 'gtc' | 'ioc' | 'fok' | undefined;
  readonly postOnly: boolean;
}

/**
 * The same venue, made the slow way: a queue is a list of single units, whose they are written on each. It shares nothing with
 * `PaperBook`, which counts.
 */
class UnitVenue {
  /** By side and price: `''` is a unit of somebody else's, anything else the id of an order of ours. */
  readonly queues = new Map<string, string[]>();
  readonly orders: { readonly id: string; readonly side: OrderSide; readonly price: number; left: number }[] = [];
  /** Units that still show and were taken by us: of a side and price, at the size that showed. */
  readonly eaten = new Map<string, { readonly shown: number; units: number }>();
  book: { readonly buy: Map<number, number>; readonly sell: Map<number, number> } | undefined;
  readonly told: string[] = [];

  constructor(private readonly queue: 'back' | 'front') {}

  /** What stands against a taker, best first, less what we ate of it. */
  against(side: OrderSide, limit: number | undefined): [price: number, units: number][] {
    const theirs = side === 'buy' ? this.book?.sell : this.book?.buy;
    const sign = side === 'buy' ? 1 : -1;
    return [...(theirs ?? [])]
      .filter(([price]) => limit === undefined || (price - limit) * sign <= 0)
      .sort(([a], [b]) => (a - b) * sign)
      .map(([price, size]) => [price, size - (this.eaten.get(`${side} ${price}`)?.units ?? 0)]);
  }

  /** Eats single units until there are enough, or none. */
  eat(side: OrderSide, limit: number | undefined, wanted: number): number[] {
    const prices: number[] = [];
    for (const [price, units] of this.against(side, limit)) {
      for (let unit = 0; unit < units && prices.length < wanted; unit += 1) {
        const shown = (side === 'buy' ? this.book?.sell : this.book?.buy)?.get(price) ?? 0;
        const before = this.eaten.get(`${side} ${price}`)?.units ?? 0;
        this.eaten.set(`${side} ${price}`, { shown, units: before + 1 });
        prices.push(price);
      }
    }
    return prices;
  }

  fill(order: { readonly id: string; left: number }, price: number, units: number, how: string): void {
    if (units === 0) return;
    order.left -= units;
    this.told.push(`${order.id} ${units}x${price} ${how}, left ${order.left}`);
  }

  /** Ours by price, then by when they came; those who buy first. */
  ours(side?: OrderSide): typeof this.orders {
    const all = this.orders.filter((one) => one.left > 0 && (side === undefined || one.side === side));
    return all.sort((a, b) =>
      a.side !== b.side ? (a.side === 'buy' ? -1 : 1) : (b.price - a.price) * (a.side === 'buy' ? 1 : -1),
    );
  }

  forget(): void {
    for (const [key, units] of this.queues) {
      const live = units.filter((id) => id === '' || this.orders.some((one) => one.id === id && one.left > 0));
      // Nobody of ours waits there any more, and who comes next looks at the book.
      if (live.some((id) => id !== '')) this.queues.set(key, live);
      else this.queues.delete(key);
    }
  }

  happen(happening: Happening, id: string): void {
    switch (happening.what) {
      case 'stale':
        this.book = undefined;
        return;
      case 'book': {
        this.book = { buy: new Map(happening.bids), sell: new Map(happening.asks) };
        for (const [key, { shown }] of this.eaten) {
          const [side, price] = key.split(' ');
          if ((side === 'buy' ? this.book.sell : this.book.buy).get(Number(price)) !== shown) this.eaten.delete(key);
        }
        for (const order of this.ours()) {
          const key = `${order.side} ${order.price}`;
          const units = this.queues.get(key) ?? [];
          const there = this.book[order.side].get(order.price) ?? 0;
          // Who left stood behind us, as far as that can be.
          while (units.filter((one) => one === '').length > there) units.splice(units.lastIndexOf(''), 1);
          this.fillResting(order, order.price, this.eat(order.side, order.price, order.left).length);
        }
        this.forget();
        return;
      }
      case 'trade': {
        const { side, price, size } = happening;
        const maker = side === 'buy' ? 'sell' : 'buy';
        const better = maker === 'buy' ? 1 : -1;
        for (const order of this.ours(maker).filter((one) => (one.price - price) * better > 0))
          this.fillResting(order, order.price, order.left);
        const units = this.queues.get(`${maker} ${price}`) ?? [];
        const reached = units.splice(0, size);
        for (const order of this.ours(maker).filter((one) => one.price === price))
          this.fill(order, price, reached.filter((one) => one === order.id).length, 'maker');
        this.forget();
        return;
      }
      case 'cancel': {
        const order = this.orders[happening.nth];
        if (order === undefined || order.left === 0) {
          this.told.push(`${order?.id ?? 'none'} rejected: unknown`);
          return;
        }
        this.told.push(`${order.id} cancelled: asked, left ${order.left}`);
        order.left = 0;
        this.forget();
        return;
      }
      case 'place':
        this.place(happening.order, id);
    }
  }

  fillResting(
    order: { readonly id: string; readonly side: OrderSide; left: number },
    price: number,
    size: number,
  ): void {
    const units = this.queues.get(`${order.side} ${price}`) ?? [];
    for (let unit = 0; unit < size; unit += 1) units.splice(units.indexOf(order.id), 1);
    this.fill(order, price, size, 'maker');
  }

  place({ side, size, price, timeInForce, postOnly }: WrittenOrder, id: string): void {
    const isResting = price !== undefined && (timeInForce ?? 'gtc') === 'gtc';
    const cannotBeMeant = (postOnly && !isResting) || (price === undefined && timeInForce === 'gtc');
    const order = { id, side, price: price ?? 0, left: 0 };
    this.orders.push(order);
    const takeable = this.against(side, price).reduce((sum, [, units]) => sum + units, 0);
    if (cannotBeMeant) return void this.told.push(`${id} rejected: invalid`);
    if (this.book === undefined) return void this.told.push(`${id} rejected: no book`);
    if (postOnly && takeable > 0) return void this.told.push(`${id} rejected: would take`);
    this.told.push(`${id} accepted`);
    if (timeInForce === 'fok' && takeable < size) return void this.told.push(`${id} cancelled: fok, left ${size}`);
    order.left = size;
    const prices = this.eat(side, price, size);
    for (const at of new Set(prices)) this.fill(order, at, prices.filter((one) => one === at).length, 'taker');
    if (order.left === 0) return;
    if (!isResting) {
      this.told.push(`${id} cancelled: ioc, left ${order.left}`);
      order.left = 0;
      return;
    }
    const key = `${side} ${price}`;
    const units = this.queues.get(key) ?? [];
    const known = units.filter((one) => one === '').length;
    const shown = this.queue === 'back' ? (this.book[side].get(price) ?? 0) : 0;
    const others = Array.from({ length: Math.max(0, shown - known) }, () => '');
    this.queues.set(key, [...units, ...others, ...Array.from({ length: order.left }, () => id)]);
  }
}

const show = (report: OrderReport): string => {
  switch (report.type) {
    case 'accepted':
      return `${report.id} accepted`;
    case 'rejected':
      return `${report.id} rejected: ${report.reason}`;
    case 'cancelled':
      return `${report.id} cancelled: ${report.reason}, left ${report.remaining}`;
    case 'fill': {
      const { price, size, remaining } = report.exact;
      return `${report.id} ${size}x${price} ${report.liquidity}, left ${remaining}`;
    }
  }
};

const side = fc.constantFrom('buy' as const, 'sell' as const);
const price = fc.integer({ min: 97, max: 103 });
const levels = (min: number, max: number): fc.Arbitrary<Levels> =>
  fc.uniqueArray(fc.tuple(fc.integer({ min, max }), fc.integer({ min: 1, max: 6 })), {
    selector: ([at]) => at,
    minLength: 1,
    maxLength: 4,
  });
const book = fc
  .integer({ min: 98, max: 101 })
  .chain((best) =>
    fc.record({ what: fc.constant('book' as const), bids: levels(best - 3, best), asks: levels(best + 1, best + 4) }),
  );
const place = fc.record({
  what: fc.constant('place' as const),
  order: fc.record({
    side,
    size: fc.integer({ min: 1, max: 7 }),
    price: fc.option(price, { nil: undefined, freq: 12 }),
    timeInForce: fc.option(fc.constantFrom('gtc' as const, 'ioc' as const, 'fok' as const), {
      nil: undefined,
      freq: 1,
    }),
    postOnly: fc.integer({ min: 0, max: 5 }).map((draw) => draw === 0),
  }),
});
/** Several prints at one price, as a large taker makes them. */
const trades = fc
  .tuple(side, price, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4, size: 'max' }))
  .map(([taker, at, sizes]) => sizes.map((size) => ({ what: 'trade' as const, side: taker, price: at, size })));
const one = (arbitrary: fc.Arbitrary<Happening>): fc.Arbitrary<readonly Happening[]> =>
  arbitrary.map((happening) => [happening]);
const happening: fc.Arbitrary<readonly Happening[]> = fc.oneof(
  { weight: 6, arbitrary: one(book) },
  { weight: 1, arbitrary: fc.constant([{ what: 'stale' as const }]) },
  { weight: 8, arbitrary: trades },
  { weight: 14, arbitrary: one(place) },
  { weight: 2, arbitrary: one(fc.record({ what: fc.constant('cancel' as const), nth: fc.nat(12) })) },
);
const happenings = fc
  .tuple(book, fc.array(happening, { minLength: 10, maxLength: 30, size: 'max' }))
  .map(([first, others]) => [first, ...others.flat()]);

/** What the library's own says to the same. */
function tell(venue: PaperBook, happening: Happening, id: string, ids: readonly string[]): readonly OrderReport[] {
  const written = (all: Levels): string => all.map(([price, one]) => `${price}x${one}`).join(' ');
  switch (happening.what) {
    case 'book':
      return venue.state(liveState(`${written(happening.bids)} | ${written(happening.asks)}`), 0);
    case 'stale':
      return venue.state(staleState('1 | 2'), 0);
    case 'trade':
      return venue.trade(trade(`${happening.side} ${happening.size}x${happening.price}`), 0);
    case 'cancel':
      return venue.command({ type: 'cancel', id: ids[happening.nth] ?? 'none' }, 0);
    case 'place': {
      const { price, timeInForce, size: wanted, ...order } = happening.order;
      const command: OrderCommand = {
        type: 'place',
        id,
        ...order,
        size: String(wanted),
        ...(price !== undefined && { price: String(price) }),
        ...(timeInForce !== undefined && { timeInForce }),
      };
      return venue.command(command, 0);
    }
  }
}

describe('the paper venue', () => {
  it.each<PaperVenueConfig & { readonly queue: 'back' | 'front' }>([{ queue: 'back' }, { queue: 'front' }])(
    'fills by price, then time, as a queue of single units does: %j',
    (config) => {
      fc.assert(
        fc.property(happenings, (all) => {
          const venue = new PaperBook(config);
          const slow = new UnitVenue(config.queue);
          const ids: string[] = [];
          all.forEach((next, index) => {
            const id = `o${index}`;
            const told = tell(venue, next, id, ids).map(show);
            if (next.what === 'place') ids.push(id);
            slow.happen(next, id);
            expect({ after: next, told }).toEqual({ after: next, told: slow.told.splice(0) });
          });
        }),
        { numRuns: 200 },
      );
    },
  );

  it('fills the better priced of its orders first, whichever came first', () => {
    const venue = new PaperBook();
    venue.state(liveState('99 | 105'), 0);
    venue.command({ type: 'place', id: 'late', side: 'buy', size: '2', price: '100' }, 0);
    venue.command({ type: 'place', id: 'early', side: 'buy', size: '2', price: '101' }, 0);
    expect(venue.state(liveState('99 | 100x3'), 0).map(show)).toEqual([
      'early 2x101 maker, left 0',
      'late 1x100 maker, left 1',
    ]);
  });
});
