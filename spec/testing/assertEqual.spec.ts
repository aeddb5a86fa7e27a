import { assertEqual } from '../../lib/testing/assertEqual.js';
import { book, diff, level, snapshot } from '../../lib/testing/builders.js';
import { applyDiff, bookFrom } from '../../lib/book/orderBook.js';

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
}
const cycle = (): unknown => {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
};

describe('assertEqual', () => {
  it.each<[string, unknown, unknown]>([
    ['NaN', NaN, NaN],
    ['zeros of both signs', 0, -0],
    ['fields in another order', { a: 1, b: [2] }, { b: [2], a: 1 }],
    ['an absent field and an undefined one', { a: 1 }, { a: 1, b: undefined }],
    ['a class and a plain value with the same fields', new Point(1, 2), { x: 1, y: 2 }],
    ['errors of the same name, message and fields', new RangeError('no'), new RangeError('no')],
    ['maps', new Map([['a', 1]]), new Map([['a', 1]])],
    ['sets', new Set([1]), new Set([1])],
    ['dates', new Date(1), new Date(1)],
    ['cycles', cycle(), cycle()],
    [
      'books folded in different ways',
      applyDiff(
        bookFrom(snapshot({ bids: [['99', '1']], sequence: 1 })),
        diff({ bids: [['100', '2']], lastSequence: 2 }),
      ),
      book({
        bids: [
          ['100', '2'],
          ['99', '1'],
        ],
        sequence: 2,
      }),
    ],
  ])('takes for the same: %s', (_, a, b) => {
    expect(() => {
      assertEqual(a, b);
    }).not.toThrow();
  });

  it.each<[string, unknown, unknown]>([
    ['a number and its text', 1, '1'],
    ['a number and a bigint', 1, 1n],
    ['null and undefined', null, undefined],
    ['an array and a set', [1], new Set([1])],
    ['items in another order', [1, 2], [2, 1]],
    ['a longer array', [1], [1, undefined]],
    ['errors of another class', new Error('no'), new RangeError('no')],
    ['errors of another message', new Error('no'), new Error('yes')],
    ['levels whose texts differ', level('1.0', '2'), level('1.00', '2')],
    ['a field more', { a: 1 }, { a: 1, b: 2 }],
  ])('tells apart: %s', (_, a, b) => {
    expect(() => {
      assertEqual(a, b);
    }).toThrow('not as expected');
  });

  it('shows the messages that differ, each under its time', () => {
    const next = (frame: number, value: unknown) => ({ frame, notification: { kind: 'N', value, error: undefined } });
    const complete = { frame: 9, notification: { kind: 'C', value: undefined, error: undefined } };
    const failed = { frame: 9, notification: { kind: 'E', value: undefined, error: new RangeError('far out') } };

    expect(() => {
      assertEqual(
        [next(1, 'a'), next(3, { b: 1 }), next(4, 'c'), failed],
        [next(1, 'a'), next(2, { b: 1 }), next(4, 'c'), complete],
      );
    }).toThrow(`not as expected (- expected, + received)

  1 ms  "a"
- 2 ms  {b: 1}
+ 3 ms  {b: 1}
  4 ms  "c"
- 9 ms  complete
+ 9 ms  error RangeError "far out"
`);
  });

  it('shows where a large value differs', () => {
    const sides = {
      bids: [level('101.25', '3'), level('101.00', '1')],
      asks: [level('102.00', '1'), level('103.00', '1')],
    };

    expect(() => {
      assertEqual(sides, { ...sides, bids: [level('101.25', '4'), level('101.00', '1')] });
    }).toThrow(`-     {exact: {price: "101.25", size: "4"}, price: 101.25, size: 4},
+     {exact: {price: "101.25", size: "3"}, price: 101.25, size: 3},`);
  });

  it('says so when there was nothing', () => {
    expect(() => {
      assertEqual([], [{ frame: 1, notification: { kind: 'N', value: 1 } }]);
    }).toThrow('- 1 ms  1\n+ (nothing)');
  });
});
