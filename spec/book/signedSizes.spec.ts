import fc from 'fast-check';
import { applyDiff, bookFrom } from '../../lib/book/orderBook.js';
import { absoluteSizes, signedSizes } from '../../lib/book/signedSizes.js';
import { sideOf } from '../../lib/book/side.js';
import { scaledDown } from '../../lib/codec/integers.js';
import { levelOf } from '../../lib/codec/levelOf.js';
import { levelOfUnits } from '../../lib/codec/levelOfUnits.js';
import { diff, snapshot } from '../../lib/testing/builders.js';

const book = bookFrom(
  snapshot({
    bids: [
      ['99', '5'],
      ['98', '2.5'],
    ],
    asks: [['101', '0.3']],
  }),
);
const sizes = (read: ReturnType<typeof signedSizes>): unknown =>
  typeof read === 'string' ? read : [...read.bids, ...read.asks].map(({ exact }) => `${exact.price}=${exact.size}`);

describe('signedSizes', () => {
  it.each([
    ['adds to a level', diff({ bids: [['99', '1.25']] }), ['99=6.25']],
    ['takes from it', diff({ bids: [['99', '-1.5']] }), ['99=3.5']],
    ['leaves nothing of it', diff({ asks: [['101', '-0.3']] }), ['101=0']],
    ['adds exactly', diff({ asks: [['101', '0.2']] }), ['101=0.5']],
    ['writes no zeros at the end', diff({ bids: [['98', '0.5']] }), ['98=3']],
    [
      'counts each change of a price',
      diff({
        bids: [
          ['99', '1'],
          ['99', '2'],
        ],
      }),
      ['99=8'],
    ],
    ['makes a level', diff({ bids: [['97', '1']] }), ['97=1']],
    ['makes nothing of a 0 where there is no level', diff({ bids: [['97', '0']] }), ['97=0']],
  ])('%s', (_, changes, expected) => {
    expect(sizes(signedSizes(book, changes))).toEqual(expected);
  });

  it.each([
    [diff({ bids: [['99', '-5.1']] }), 'a change of -5.1 at 99 leaves -0.1'],
    [
      diff({
        bids: [
          ['99', '1'],
          ['99', '-7'],
        ],
      }),
      'a change of -7 at 99 leaves -1',
    ],
    [diff({ asks: [['102', '-1']] }), 'a change of -1 at 102 leaves -1'],
    [diff({ bids: [['99', '0']] }), 'a change of 0 at 99, where a level stands'],
  ])('says what contradicts the book', (changes, expected) => {
    expect(signedSizes(book, changes)).toBe(expected);
  });

  it('adds sizes of few digits by numbers as their digits add up, into levels that a book keeps as numbers', () => {
    const units = fc.oneof(fc.nat(2_000), fc.nat(10 ** 9), fc.nat(10 ** 16));
    const row = fc.record({ price: fc.integer({ min: 1, max: 12 }), size: units, isLess: fc.boolean() });
    const rows = fc.uniqueArray(row, { selector: ({ price }) => price, maxLength: 8 });
    fc.assert(
      fc.property(rows, rows, fc.nat(12), fc.nat(12), (stands, changes, decimals, others) => {
        const level = (price: number, size: bigint, places: number) =>
          levelOfUnits(String(price), 1, String(size), places);
        const bids = stands.map(({ price, size }) => level(price, BigInt(size), decimals));
        const book = bookFrom({ type: 'snapshot', instrument: 'X', bids, asks: [], receivedTime: 0 });
        const signed = changes.map(({ price, size, isLess }) => ({ price, size: BigInt(isLess ? -size : size) }));
        const told = signed.map(({ price, size }) => level(price, size, others));

        const read = signedSizes(book, { type: 'diff', instrument: 'X', bids: told, asks: [], receivedTime: 0 });

        const before = (price: number): bigint | undefined => {
          const size = stands.find((one) => one.price === price)?.size;
          return size === undefined || size === 0 ? undefined : BigInt(size);
        };
        const sums = signed.map(
          ({ price, size }) => (before(price) ?? 0n) * 10n ** BigInt(others) + size * 10n ** BigInt(decimals),
        );
        const isWrong = signed.some(
          ({ price, size }, i) => (sums[i] ?? 0n) < 0n || (size === 0n && before(price) !== undefined),
        );
        if (typeof read === 'string') {
          expect(isWrong).toBe(true);
          return;
        }
        expect(isWrong).toBe(false);
        const texts = sums.map((sum) => scaledDown(String(sum), decimals + others));
        expect(read.bids.map(({ exact }) => exact.size)).toEqual(texts);
        expect(read.bids.map(({ size }) => size)).toEqual(texts.map(Number));
        expect(sideOf(read.bids, -1).slice()).toEqual(
          sideOf(
            read.bids.map(({ exact }) => levelOf(exact.price, exact.size)),
            -1,
          ).slice(),
        );
      }),
      { numRuns: Number(process.env['MUTATIONS'] ?? 500) },
    );
  });

  it('undoes what the differences of two books are, for any two books', () => {
    const Side = fc.dictionary(fc.constantFrom('90', '91.5', '92', '93'), fc.bigInt({ min: 1n, max: 10n ** 30n }));
    const levels = (side: Readonly<Record<string, bigint>>) =>
      Object.entries(side).map(([price, size]) => [price, String(size)] as const);
    fc.assert(
      fc.property(Side, Side, (from, to) => {
        const prices = [...new Set([...Object.keys(from), ...Object.keys(to)])];
        const changes = prices
          .map((price) => [price, String((to[price] ?? 0n) - (from[price] ?? 0n))] as const)
          .filter(([, change]) => change !== '0');
        const before = bookFrom(snapshot({ bids: levels(from) }));

        const read = signedSizes(before, diff({ bids: changes }));

        if (typeof read === 'string') throw new Error(read);
        expect(
          applyDiff(before, read)
            .bids.slice()
            .map(({ exact }) => exact),
        ).toEqual(
          bookFrom(snapshot({ bids: levels(to) }))
            .bids.slice()
            .map(({ exact }) => exact),
        );
      }),
    );
  });
});

describe('absoluteSizes', () => {
  it('takes sizes as they are', () => {
    const sent = diff({ bids: [['99', '1']], asks: [['101', '0']] });
    expect(absoluteSizes(book, sent)).toBe(sent);
  });

  it('says that there is none below 0', () => {
    expect(absoluteSizes(book, diff({ asks: [['101', '-1']] }))).toBe('a size of -1 at 101');
  });
});
