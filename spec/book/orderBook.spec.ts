import fc from 'fast-check';
import { compareDecimals } from '../../lib/book/decimals.js';
import { levelOf, removes } from '../../lib/book/level.js';
import { applyDiff, bookFrom, isCrossed } from '../../lib/book/orderBook.js';
import type { DepthDiff, DepthSnapshot } from '../../lib/model/depthEvent.js';
import type { BookSide, OrderBook } from '../../lib/model/orderBook.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';

type Pairs = readonly (readonly [price: string, size: string])[];
const levels = (pairs: Pairs): readonly PriceLevel[] => pairs.map(([price, size]) => levelOf(price, size));
const snapshot = (bids: Pairs, asks: Pairs, more: Partial<DepthSnapshot> = {}): DepthSnapshot => ({
  type: 'snapshot',
  instrument: 'ABC',
  sequence: 10,
  bids: levels(bids),
  asks: levels(asks),
  receivedTime: 1,
  ...more,
});
const diff = (bids: Pairs, asks: Pairs, more: Partial<DepthDiff> = {}): DepthDiff => ({
  type: 'diff',
  instrument: 'ABC',
  lastSequence: 11,
  bids: levels(bids),
  asks: levels(asks),
  receivedTime: 2,
  ...more,
});
const texts = (side: Iterable<PriceLevel>): Pairs => [...side].map(({ exact }) => [exact.price, exact.size]);

/** What a book should be, by the dullest means there are: a list folded level by level, sorted after each. */
class Naive {
  constructor(
    readonly descending: boolean,
    readonly levels: readonly PriceLevel[] = [],
  ) {}

  fold(changes: readonly PriceLevel[], depth = Infinity, tally = { deletesOfNothing: 0 }): Naive {
    let list = this.levels;
    for (const change of changes) {
      const rest = list.filter(({ exact }) => compareDecimals(exact.price, change.exact.price) !== 0);
      const isGone = removes(change);
      if (isGone && rest.length === list.length) tally.deletesOfNothing++;
      list = isGone ? rest : [...rest, change];
    }
    const sorted = [...list].sort((a, b) => compareDecimals(a.exact.price, b.exact.price));
    return new Naive(this.descending, (this.descending ? sorted.reverse() : sorted).slice(0, depth));
  }
}

function expectSame(side: BookSide, { levels: expected, descending }: Naive): void {
  expect(texts(side)).toEqual(texts(expected));
  expect(side.length).toBe(expected.length);
  expect(side.slice()).toEqual(expected);
  expect(side.slice(3)).toEqual(expected.slice(0, 3));
  let volume = 0;
  expected.forEach((level, i) => {
    volume += level.size;
    expect(side.at(i)).toBe(level);
    expect(side.get(level.exact.price)).toBe(level);
    expect(side.sizeAt(level.exact.price)).toBe(level.size);
    expect(side.get(level.price)?.price).toBe(level.price);
    const next = expected[i + 1];
    if (next?.price !== level.price) expect(side.volumeTo(level.price)).toBe(volume);
  });
  expect(side.at(expected.length)).toBeUndefined();
  expect(side.at(-1)).toBeUndefined();
  expect(side.volumeTo(descending ? Infinity : -Infinity)).toBe(0);
}

/** Few prices, so that they meet; the same ones in several spellings; some closer together than doubles can tell. */
const price = fc.oneof(
  fc.integer({ min: 1, max: 400 }).map(String),
  fc.integer({ min: 1, max: 400 }).map((n) => `${n}.00`),
  fc.integer({ min: 1, max: 4000 }).map((n) => (n / 10).toFixed(1)),
);
const closePrice = fc.oneof(
  price,
  fc.integer({ min: 0, max: 300 }).map((n) => `1.000000000000000${String(n).padStart(3, '0')}`),
  fc.integer({ min: 0, max: 3 }).map((n) => `${n}e-7`),
);
const size = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 999 }).map(String), weight: 3 },
  { arbitrary: fc.constantFrom('0', '0.000', `0.${'0'.repeat(400)}1`), weight: 1 },
);
const changesOf = (prices: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<Pairs> =>
  fc.array(fc.tuple(prices, size), { maxLength });

describe('bookFrom', () => {
  it('puts each side best first, whatever the order of the snapshot', () => {
    const book = bookFrom(snapshot([['1.5', '1'], ['1.7', '2'], ['1.6', '3']], [['2.1', '4'], ['1.9', '5']])); // prettier-ignore

    expect(texts(book.bids)).toEqual([['1.7', '2'], ['1.6', '3'], ['1.5', '1']]); // prettier-ignore
    expect(texts(book.asks)).toEqual([['1.9', '5'], ['2.1', '4']]); // prettier-ignore
    expect([book.bestBid, book.bestAsk]).toEqual([levelOf('1.7', '2'), levelOf('1.9', '5')]);
  });

  it('takes the last of a repeated price, in whatever spelling, and none that is empty', () => {
    const book = bookFrom(snapshot([['1.50', '1'], ['1.5', '2'], ['1.4', '0']], [['2', '1'], ['2.0', '0.00']])); // prettier-ignore

    expect(texts(book.bids)).toEqual([['1.5', '2']]);
    expect(texts(book.asks)).toEqual([]);
    expect(book.bestAsk).toBeUndefined();
  });

  it('carries instrument, sequence and times over', () => {
    expect(bookFrom(snapshot([], [], { venueTime: 7 }))).toMatchObject({
      instrument: 'ABC',
      sequence: 10,
      venueTime: 7,
      receivedTime: 1,
    });
  });
});

describe('applyDiff', () => {
  it('sets, adds and removes levels, and keeps the newer spelling of a price', () => {
    const before = bookFrom(snapshot([['1.50', '1'], ['1.40', '2']], [['1.60', '3']])); // prettier-ignore
    const after = applyDiff(before, diff([['1.5', '9'], ['1.45', '4'], ['1.40', '0.0']], [['1.7', '5']])); // prettier-ignore

    expect(texts(after.bids)).toEqual([['1.5', '9'], ['1.45', '4']]); // prettier-ignore
    expect(texts(after.asks)).toEqual([['1.60', '3'], ['1.7', '5']]); // prettier-ignore
    expect(texts(before.bids)).toEqual([['1.50', '1'], ['1.40', '2']]); // prettier-ignore
  });

  it('moves sequence and times on, and keeps them where the diff tells none', () => {
    const book = bookFrom(snapshot([], [], { venueTime: 7 }));

    expect(applyDiff(book, diff([], [], { venueTime: 8 }))).toMatchObject({
      sequence: 11,
      venueTime: 8,
      receivedTime: 2,
    });
    expect(applyDiff(book, diff([], [], { lastSequence: undefined }))).toMatchObject({ sequence: 10, venueTime: 7 });
  });

  it('keeps prices apart that share a double', () => {
    const [low, high] = ['0.300000000000000001', '0.300000000000000002'] as const;
    expect(Number(low)).toBe(Number(high));

    const book = applyDiff(bookFrom(snapshot([[low, '1']], [])), diff([[high, '2'], ['0.3', '3']], [])); // prettier-ignore
    expect(texts(book.bids)).toEqual([[high, '2'], [low, '1'], ['0.3', '3']]); // prettier-ignore
    expect([book.bids.sizeAt(high), book.bids.sizeAt(low), book.bids.sizeAt('0.3')]).toEqual([2, 1, 3]);
    expect(book.bids.get('0.300000000000000003')).toBeUndefined();

    expect(texts(applyDiff(book, diff([[low, '0']], [])).bids)).toEqual([[high, '2'], ['0.3', '3']]); // prettier-ignore
  });

  it('does not find a long text in a side of short ones by their double', () => {
    expect(bookFrom(snapshot([['0.3', '1']], [])).bids.get('0.300000000000000001')).toBeUndefined();
  });

  it('knows a price by any of its spellings', () => {
    const book = bookFrom(snapshot([['0.0000001', '1']], []));

    expect(texts(applyDiff(book, diff([['1e-7', '2']], [])).bids)).toEqual([['1e-7', '2']]);
  });

  it('keeps a size that is too small for a double', () => {
    const tiny = `0.${'0'.repeat(400)}1`;

    expect(texts(applyDiff(bookFrom(snapshot([], [])), diff([['1', tiny]], [])).bids)).toEqual([['1', tiny]]);
  });

  it('counts removals of levels that are not there, and leaves the side as it is', () => {
    const tally = { deletesOfNothing: 0 };
    const before = bookFrom(snapshot([['1', '1']], []));
    const after = applyDiff(before, diff([['2', '0'], ['1', '2']], [['3', '0']]), { tally }); // prettier-ignore

    expect(tally).toEqual({ deletesOfNothing: 2 });
    expect(texts(after.bids)).toEqual([['1', '2']]);
    expect(after.asks).toBe(before.asks);
  });

  it('cuts each side to the depth it is told, worst levels first', () => {
    const book = bookFrom(snapshot([['3', '1'], ['2', '1'], ['1', '1']], [['4', '1']]), { depth: 2 }); // prettier-ignore
    expect(texts(book.bids)).toEqual([['3', '1'], ['2', '1']]); // prettier-ignore

    const after = applyDiff(book, diff([['2.5', '1']], [['5', '1']]), { depth: 2 });
    expect(texts(after.bids)).toEqual([['3', '1'], ['2.5', '1']]); // prettier-ignore
    expect(after.asks.length).toBe(2);
    expect(applyDiff(after, diff([], []), { depth: 0 }).bids.length).toBe(0);
  });

  it('folds onto sides that were made elsewhere', () => {
    const own = bookFrom(snapshot([['1', '1'], ['0.9', '1']], [])); // prettier-ignore
    const foreign: BookSide = {
      length: own.bids.length,
      at: (i) => own.bids.at(i),
      slice: (n) => own.bids.slice(n),
      sizeAt: (p) => own.bids.sizeAt(p),
      get: (p) => own.bids.get(p),
      volumeTo: (p) => own.bids.volumeTo(p),
      [Symbol.iterator]: () => own.bids[Symbol.iterator](),
    };

    expect(texts(applyDiff({ ...own, bids: foreign }, diff([['1', '0']], [])).bids)).toEqual([['0.9', '1']]);
  });

  it('equals a naive book after every step, and no version ever changes', () => {
    const step = fc.record({ bids: changesOf(closePrice, 12), asks: changesOf(closePrice, 12) });
    const run = fc.record({
      start: fc.record({ bids: changesOf(closePrice, 500), asks: changesOf(price, 500) }),
      steps: fc.array(step, { maxLength: 12 }),
      depth: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined, freq: 2 }),
    });
    fc.assert(
      fc.property(run, ({ start, steps, depth }) => {
        const tallies = [{ deletesOfNothing: 0 }, { deletesOfNothing: 0 }] as const;
        let book = bookFrom(snapshot(start.bids, start.asks), { depth });
        let bids = new Naive(true).fold(levels(start.bids), depth);
        let asks = new Naive(false).fold(levels(start.asks), depth);
        const versions: { book: OrderBook; bids: Naive; asks: Naive }[] = [{ book, bids, asks }];
        for (const change of steps) {
          // A second line of versions from the same book: neither may see anything of the other.
          applyDiff(book, diff(change.asks, change.bids));
          book = applyDiff(book, diff(change.bids, change.asks), { depth, tally: tallies[0] });
          bids = bids.fold(levels(change.bids), depth, tallies[1]);
          asks = asks.fold(levels(change.asks), depth, tallies[1]);
          expect(texts(book.bids)).toEqual(texts(bids.levels));
          expect(texts(book.asks)).toEqual(texts(asks.levels));
          expect(texts(book.bids).at(0)).toEqual(book.bestBid && [book.bestBid.exact.price, book.bestBid.exact.size]);
          versions.push({ book, bids, asks });
        }
        expect(tallies[0]).toEqual(tallies[1]);
        for (const version of versions) {
          expect(texts(version.book.bids)).toEqual(texts(version.bids.levels));
          expect(texts(version.book.asks)).toEqual(texts(version.asks.levels));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a side', () => {
  it('answers every question as a plain list would', () => {
    fc.assert(
      fc.property(changesOf(closePrice, 300), changesOf(closePrice, 60), (start, changes) => {
        const book = applyDiff(bookFrom(snapshot(start, start)), diff(changes, changes));

        // `toBe` on levels: they come out as they went in.
        const bids = new Naive(true, book.bids.slice());
        expectSame(book.bids, bids);
        expectSame(book.asks, new Naive(false, book.asks.slice()));
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the very levels that a diff did not touch', () => {
    const pairs = Array.from({ length: 1_000 }, (_, i): readonly [string, string] => [String(5_000 - i), '1']);
    const before = bookFrom(snapshot(pairs, []));
    const after = applyDiff(before, diff([['4500', '2'], ['4999.5', '2']], [])); // prettier-ignore

    const old = new Set(before.bids);
    expect([...after.bids].filter((level) => !old.has(level)).map(({ exact }) => exact.price)).toEqual([
      '4999.5',
      '4500',
    ]);
  });

  it('looks right in toEqual and in JSON, however it came about', () => {
    const whole = bookFrom(snapshot([['2', '1'], ['1', '1']], [])); // prettier-ignore
    const grown = applyDiff(applyDiff(bookFrom(snapshot([['1', '1'], ['3', '1']], [])), diff([['3', '0']], [])), diff([['2', '1']], [])); // prettier-ignore

    expect(grown.bids).toEqual(whole.bids);
    expect(grown.bids).not.toEqual(grown.asks);
    expect(JSON.stringify(whole.bids)).toBe(
      '[{"price":2,"size":1,"exact":{"price":"2","size":"1"}},{"price":1,"size":1,"exact":{"price":"1","size":"1"}}]',
    );
    expect(levelOf('2.50', '1')).toEqual({ price: 2.5, size: 1, exact: { price: '2.50', size: '1' } });
  });

  it('has no level at what is no price', () => {
    const book = bookFrom(snapshot([['0.300000000000000001', '1']], []));

    expect([book.bids.get('abc'), book.bids.get(NaN), book.asks.get(1), book.asks.at(0)]).toEqual(
      Array(4).fill(undefined),
    );
    expect(book.bids.sizeAt(NaN)).toBe(0);
  });
});

describe('isCrossed', () => {
  it.each([
    ['apart', [['1.1', '1']], [['1.2', '1']], false],
    ['touching, spelt differently', [['1.10', '1']], [['1.1', '1']], true],
    ['crossed', [['1.3', '1']], [['1.2', '1']], true],
    ['apart by less than doubles tell', [['0.300000000000000001', '1']], [['0.300000000000000002', '1']], false],
    ['crossed by less than doubles tell', [['0.300000000000000002', '1']], [['0.300000000000000001', '1']], true],
    ['without bids', [], [['1', '1']], false],
    ['without asks', [['1', '1']], [], false],
  ] as const)('%s', (_, bids, asks, expected) => {
    expect(isCrossed(bookFrom(snapshot(bids, asks)))).toBe(expected);
  });
});
