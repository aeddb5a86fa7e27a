import fc from 'fast-check';
import { levelOf } from '../../../lib/codec/levelOf.js';
import { patchOf, patched } from '../../../lib/relay/wire/patch.js';
import { decoded, encoded } from '../../../lib/relay/wire/plain.js';

const over = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const key = fc.oneof(fc.constantFrom('$', 'v', 'a', 'b', '__proto__'), fc.string({ maxLength: 3 }));
/** Values that change little from one to the next, as states do. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('fields'), tie('map'), tie('set')),
  leaf: fc.oneof(
    fc.constantFrom<unknown>(null, true, NaN, Infinity, -0, 1.5, 10n ** 30n, ''),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
    fc.double({ noNaN: true }),
  ),
  list: fc.array(fc.oneof(tie('value'), fc.constant(undefined)), { maxLength: 4 }),
  fields: fc
    .uniqueArray(fc.tuple(key, tie('value')), { selector: ([name]) => name, maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
  map: fc
    .uniqueArray(fc.tuple(fc.oneof(key, fc.integer()), tie('value')), { selector: ([name]) => name, maxLength: 4 })
    .map((entries) => new Map(entries)),
  set: fc.uniqueArray(fc.string({ maxLength: 2 }), { maxLength: 3 }).map((all) => new Set(all)),
}));

describe('plain data', () => {
  it('is the same on the other side', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(decoded(over(encoded(one)))).toStrictEqual(one);
      }),
    );
  });

  it('has no field where nothing is said', () => {
    expect(decoded(over(encoded({ a: undefined, b: [undefined] })))).toStrictEqual({ b: [undefined] });
  });

  it.each(['101.50', '0.000000000000000000000000000000000000001'])(
    'has a level at %s like any other object',
    (price) => {
      const level = levelOf(price, '2.0');
      expect(decoded(encoded({ bid: level }))).toEqual({
        bid: { price: Number(price), size: 2, exact: { price, size: '2.0' } },
      });
    },
  );

  it('tells texts and keys as they are to be told', () => {
    const telling = (text: string): string => text.replace('5WT00001', 'main');
    const told = encoded({ '5WT00001': new Map([['5WT00001', ['of 5WT00001']]]) }, telling);
    expect(decoded(over(told))).toEqual({ main: new Map([['main', ['of main']]]) });
  });

  it.each([[() => 1], [new Date(0)], [Symbol('x')], [{ a: [new URL('a:b')] }]])('refuses %p', (one) => {
    expect(() => encoded(one)).toThrow(expect.objectContaining({ name: 'InvalidArgumentError' }));
  });

  it('takes what it could not have written as it is', () => {
    for (const one of [{ $: 'map', v: 7 }, { $: 'set' }, { $: 'object', v: [1] }, { $: 'bigint', v: 'x' }]) {
      expect(decoded(one)).toEqual(one);
    }
  });
});

describe('a change', () => {
  it('makes the one of the other, entries in their order', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const patch = patchOf(before, after);
        const made = patch === undefined ? { value: before } : patched(before, over(patch));
        expect(made?.value).toStrictEqual(after);
        const orderOf = (one: unknown): unknown => (one instanceof Map ? [...one.keys()] : []);
        expect(orderOf(made?.value)).toStrictEqual(orderOf(after));
      }),
    );
  });

  it('of a state that shares the rest tells what is new alone', () => {
    const rows = Array.from({ length: 1_000 }, (_, i) => ({ id: String(i), size: i }));
    const orders = new Map(rows.map((row) => [row.id, row]));
    const before = { account: 'a', orders, rows, none: undefined };
    const next = new Map(orders).set('7', { id: '7', size: 8 }).set('x', { id: 'x', size: 1 });
    next.delete('3');
    const after = { ...before, orders: next, rows: [...rows, { id: 'x', size: 1 }] };
    expect(JSON.stringify(patchOf(before, after)).length).toBeLessThan(250);
    expect(patched(before, over(patchOf(before, after)))?.value).toEqual(after);
    expect(patchOf(before, { ...before, orders: new Map(orders) })).toBeUndefined();
  });

  it.each<[unknown, unknown]>([
    [{ a: 1 }, 7],
    [[1], { k: [['a', { r: 1 }]] }],
    [{ a: 1 }, { a: [0, 1, []] }],
    [[1], { a: [0, 2, []] }],
    [[1], { a: ['x', 0, []] }],
    [{ a: 1 }, { k: 7 }],
    [{ a: 1 }, { k: [['a', { k: [] }]] }],
    [7, {}],
  ])('that does not belong to %j is none: %j', (before, patch) => {
    expect(patched(before, patch)).toBeUndefined();
  });
});
