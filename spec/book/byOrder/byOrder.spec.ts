import fc from 'fast-check';
import { byOrder } from '../../../lib/book/byOrder/byOrder.js';
import { isBookByOrder } from '../../../lib/book/byOrder/isByOrder.js';
import { sumDecimals } from '../../../lib/book/decimals.js';
import type { Fold } from '../../../lib/book/fold.js';
import { levelOf } from '../../../lib/book/level.js';
import { applyDiff, bookFrom } from '../../../lib/book/orderBook.js';
import { emptyTally } from '../../../lib/book/tally.js';
import { plainDecimal } from '../../../lib/book/ticks.js';
import type { BookByOrder, DepthDiff, DepthSnapshot, OrderChange, OrderBook } from '../../../lib/index.js';

type News = OrderChange['news'];
const change = (id: string, price: string, size: string, news?: News): OrderChange => ({
  id,
  ...levelOf(price, size),
  news,
});
const snapshot = (bids: readonly OrderChange[], asks: readonly OrderChange[] = []): DepthSnapshot => ({
  type: 'snapshot',
  instrument: 'X',
  bids,
  asks,
  venueTime: 1_000,
  receivedTime: 1_000,
});
const diff = (bids: readonly OrderChange[], asks: readonly OrderChange[] = [], venueTime = 1_000): DepthDiff => ({
  type: 'diff',
  instrument: 'X',
  bids,
  asks,
  venueTime,
  receivedTime: venueTime,
});

/** A book that is folded step by step; a fold that is broken throws its text. */
function run(fold: Fold, begin: DepthSnapshot, ...diffs: readonly DepthDiff[]) {
  const tally = emptyTally();
  const begun = fold.begin(begin, { tally });
  if (begun.type === 'gap') throw new Error(begun.text);
  const events: (DepthDiff | DepthSnapshot | undefined)[] = [begun.read];
  let { book } = begun;
  for (const one of diffs) {
    const folded = fold.goOn(book, one, { tally });
    if (folded.type === 'gap') throw new Error(folded.text);
    events.push(folded.read);
    book = folded.book;
  }
  return { book: byOrderOf(book), tally, events };
}

function byOrderOf(book: OrderBook): BookByOrder {
  if (!isBookByOrder(book)) throw new Error('no book by order');
  return book;
}

/** Best first: `101×3 a,b`. */
const shown = (side: BookByOrder['bids']): readonly string[] =>
  side
    .slice()
    .map(({ exact, orders }) => `${exact.price}×${plainDecimal(exact.size)} ${orders.map(({ id }) => id).join(',')}`);

describe('byOrder', () => {
  it.each<[string, readonly OrderChange[], readonly string[]]>([
    ['adds one behind the others', [change('c', '100', '4')], ['100×7 a,b,c', '99×5 z']],
    ['adds one at a price of its own', [change('c', '99.5', '4')], ['100×3 a,b', '99.5×4 c', '99×5 z']],
    ['takes one away', [change('a', '0', '0')], ['100×2 b', '99×5 z']],
    ['takes away the last of its price', [change('z', '99', '0')], ['100×3 a,b']],
    ['leaves one in its place that was filled in part', [change('a', '100', '0.25')], ['100×2.25 a,b', '99×5 z']],
    ['puts one that grew behind the others', [change('a', '100', '1.5')], ['100×3.5 b,a', '99×5 z']],
    ['moves one to another price', [change('a', '99', '1')], ['100×2 b', '99×6 z,a']],
    ['reads a price by its worth', [change('c', '100.00', '1')], ['100×4 a,b,c', '99×5 z']],
    ['passes over the end of what nobody knows', [change('x', '100', '0')], ['100×3 a,b', '99×5 z']],
    ['takes what comes and goes at once', [change('c', '98', '1'), change('c', '98', '0')], ['100×3 a,b', '99×5 z']],
    ['takes several changes of one', [change('a', '98', '1'), change('a', '97', '2')], ['100×2 b', '99×5 z', '97×2 a']],
  ])('%s', (_, changes, expected) => {
    const begin = snapshot([change('a', '100', '1'), change('b', '100', '2'), change('z', '99', '5')]);

    const { book } = run(byOrder(), begin, diff(changes));

    expect(shown(book.bids)).toEqual(expected);
    expect(book.orders.size).toBe([...book.orders].length);
  });

  it('counts the end of what nobody knows, and leaves versions before as they were', () => {
    const begin = snapshot([change('a', '100', '1')]);
    const before = run(byOrder(), begin);

    const { book, tally } = run(byOrder(), begin, diff([change('x', '100', '0')]), diff([change('a', '100', '0')]));

    expect(tally.deletesOfNothing).toBe(1);
    expect([book.orders.size, book.orders.get('a'), book.bids.length]).toEqual([0, undefined, 0]);
    expect(before.book.orders.get('a')).toEqual({ id: 'a', side: 'bid', ...levelOf('100', '1') });
    expect(shown(before.book.bids)).toEqual(['100×1 a']);
  });

  it('sums exactly', () => {
    const orders = ['0.1', '0.2', '0.30'].map((size, i) => change(`${i}`, '1', size));

    expect(run(byOrder(), snapshot(orders)).book.bestBid?.exact).toEqual({ price: '1', size: '0.6' });
  });

  it('stands by ids where these tell who was first, however long they are', () => {
    const begin = snapshot([change('10', '5', '1'), change('9', '5', '1'), change('1000', '5', '1')]);

    const { book } = run(byOrder({ queue: 'id' }), begin, diff([change('99', '5', '1'), change('9', '5', '7')]));

    expect(book.bestBid?.orders.map(({ id }) => id)).toEqual(['9', '10', '99', '1000']);
  });

  it('knows orders at the market and filled ones, which stand nowhere', () => {
    const { book, tally } = run(
      byOrder(),
      snapshot([change('a', '100', '1')]),
      diff([change('m', '0', '3', 'created')]),
      diff([change('m', '101', '2', 'changed')]),
      diff([change('a', '100', '0', 'changed')]),
      diff([change('a', '100', '0', 'deleted'), change('m', '0', '1', 'deleted')]),
    );

    expect([shown(book.bids), book.orders.size, tally.deletesOfNothing]).toEqual([[], 0, 0]);
  });

  it('is broken by what was told before and is not known, once the snapshot is old enough', () => {
    const fold = byOrder({ warmUp: 100 });
    const begin = snapshot([]);
    const late = (news: News) => diff([change('x', '100', '1', news)], [], 1_101);

    expect(shown(run(fold, begin, diff([change('x', '100', '1', 'changed')], [], 1_100)).book.bids)).toEqual([
      '100×1 x',
    ]);
    expect(() => run(fold, begin, late('changed'))).toThrow('order x changed, and never told');
    expect(() => run(fold, begin, late('deleted'))).toThrow('order x deleted, and never told');
    expect(shown(run(fold, begin, late('created')).book.bids)).toEqual(['100×1 x']);
  });

  it('is broken by levels that name no order', () => {
    const none = { ...snapshot([]), bids: [levelOf('1', '1')] };

    expect(() => run(byOrder(), none)).toThrow('a change that names no order');
  });

  const ids = fc.integer({ min: 0, max: 60 }).map(String);
  const prices = fc.constantFrom('9.5', '10', '10.0', '10.5', '11', '0.00000001');
  const sizes = fc.constantFrom('0', '0.1', '0.2', '1.50', '3');
  const changes = fc.array(fc.tuple(ids, prices, sizes), { maxLength: 12 });

  it('comes to the book of the same orders told level by level, and to the same by its own events', () => {
    fc.assert(
      fc.property(changes, fc.array(changes, { maxLength: 30 }), fc.boolean(), (first, steps, isBid) => {
        const truth = new Map<string, { readonly price: string; readonly size: string }>();
        const told = (list: readonly (readonly [string, string, string])[]): readonly OrderChange[] =>
          list.map(([id, price, size]) => {
            if (Number(size) === 0) truth.delete(id);
            else truth.set(id, { price: plainDecimal(price), size });
            return change(id, price, size);
          });
        const sided = (list: readonly OrderChange[]): readonly [readonly OrderChange[], readonly OrderChange[]] =>
          isBid ? [list, []] : [[], list];
        const begin = snapshot(...sided(told(first)));
        const diffs = steps.map((step) => diff(...sided(told(step))));

        const { book, events } = run(byOrder(), begin, ...diffs);

        const byPrice = new Map<string, string[]>();
        for (const { price, size } of truth.values()) byPrice.set(price, [...(byPrice.get(price) ?? []), size]);
        const levels = [...byPrice].map(([price, all]) => levelOf(price, plainDecimal(sumDecimals(all))));
        const [bids, asks] = isBid ? [levels, []] : [[], levels];
        const naive = bookFrom({ ...begin, bids, asks });
        expect(levelsOf(book)).toEqual(levelsOf(naive));
        expect(book.orders.size).toBe(truth.size);
        for (const [id, { price, size }] of truth) {
          expect(book.orders.get(id)).toMatchObject({ price: Number(price), exact: { size } });
        }
        const again = events.reduce<OrderBook | undefined>(
          (now, event) =>
            event?.type === 'snapshot' ? bookFrom(event) : now && event ? applyDiff(now, event) : undefined,
          undefined,
        );
        expect(again && shown(byOrderOf({ ...again, orders: book.orders } as OrderBook).bids)).toEqual(
          shown(book.bids),
        );
      }),
    );
  });
});

const levelsOf = ({ bids, asks }: OrderBook) =>
  [...bids, ...asks].map(({ exact }) => [plainDecimal(exact.price), plainDecimal(exact.size)]);

describe('the index of a book by order', () => {
  it('finds each of very many, and shares what did not change', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => change(`${2_037_493_298_597_888 + i * 1_024}`, '100', '1'));
    const { book } = run(byOrder({ queue: 'id' }), snapshot(many));

    expect(book.orders.size).toBe(5_000);
    expect(many.every(({ id }) => book.orders.get(id)?.id === id)).toBe(true);
    expect(book.bestBid).toMatchObject({ size: 5_000 });
  });
});
