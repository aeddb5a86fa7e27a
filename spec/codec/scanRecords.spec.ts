import fc from 'fast-check';
import { frame } from '../../lib/codec/frame.js';
import { levelRecords } from '../../lib/codec/levelRecords.js';
import { parseExact } from '../../lib/codec/losslessJson.js';
import { Sequence } from '../../lib/codec/scalars.js';
import { ScannedLevels } from '../../lib/codec/scanSides.js';
import { scanRecords } from '../../lib/codec/scanRecords.js';

type Data = Record<string, unknown>;
const keys = { price: 'price', size: 'qty' };
const dataOf = (whole: unknown): Data | undefined => (whole as { readonly data?: Data } | null)?.data;
const scan = (text: string): unknown => scanRecords(text, 'bids', 'asks', keys, dataOf);
const Levels = levelRecords(keys);
const Frame = frame('acme.Frame', { bids: Levels, asks: Levels, u: Sequence });
const read = (whole: unknown): unknown => Frame.decode(dataOf(whole));

const digits = fc.stringMatching(/^(0|[1-9]\d{0,6})(\.\d{1,8})?$/);
const side = fc.array(fc.tuple(digits, digits), { maxLength: 6 });
const written = (levels: readonly (readonly [string, string])[]): string =>
  `[${levels.map(([price, qty]) => `{"price":${price},"qty":${qty}}`).join()}]`;
const textOf = (bids: string, asks: string): string => `{"type":"x","data":{"u":1,"bids":${bids},"asks":${asks}}}`;

describe('scanRecords', () => {
  it('reads what the exact JSON and the codec read, digits and all', () => {
    fc.assert(
      fc.property(side, side, (bids, asks) => {
        const text = textOf(written(bids), written(asks));

        const scanned = scan(text);

        expect(dataOf(scanned)?.['bids']).toBeInstanceOf(ScannedLevels);
        expect(read(scanned)).toEqual(read(parseExact(text)));
        const { levels } = dataOf(scanned)?.['asks'] as ScannedLevels;
        expect(levels.map(({ exact: { price, size } }) => [price, size])).toEqual(asks);
        expect(levels.map(({ price }) => price)).toEqual(asks.map(([price]) => Number(price)));
      }),
    );
  });

  it.each([
    ['a number with an exponent', '[{"price":1e5,"qty":1}]'],
    ['a number below zero', '[{"price":-1,"qty":1}]'],
    ['a text', '[{"price":"1","qty":1}]'],
    ['another order', '[{"qty":1,"price":1}]'],
    ['a key more', '[{"price":1,"qty":1,"n":1}]'],
    ['a space', '[{"price": 1,"qty":1}]'],
    ['more digits than a double has', '[{"price":9007199254740993,"qty":1}]'],
  ])('leaves %s to the ordinary way', (_, bids) => {
    expect(scan(textOf(bids, '[]'))).toBeUndefined();
  });

  it.each(['[{"price":1.,"qty":1}]', '[{"price":01,"qty":1}]', '[{"price":,"qty":1}]', '[{"price":1,"qty":1}', '[,]'])(
    'leaves %s, which is no JSON, to whoever says so',
    (bids) => {
      expect(scan(textOf(bids, '[]'))).toBeUndefined();
      expect(() => parseExact(textOf(bids, '[]'))).toThrow(SyntaxError);
    },
  );

  it('leaves a side that is told twice', () => {
    expect(scan('{"data":{"bids":[],"asks":[],"bids":[{"price":1,"qty":1}]}}')).toBeUndefined();
  });
});

describe('levelRecords', () => {
  it.each([
    ['[{"price":1.10,"qty":0.00000000}]', ['1.10', '0.00000000']],
    ['[{"price":"1.10","qty":"2"}]', ['1.10', '2']],
    ['[{"qty":2,"price":1e-7,"n":4}]', ['0.0000001', '2']],
  ])('reads %s', (text, expected) => {
    const read = Levels.decode(parseExact(text));

    expect(read).toMatchObject({ _tag: 'Right', right: [{ exact: { price: expected[0], size: expected[1] } }] });
  });

  it.each(['{}', '[{"price":1}]', '[{"price":1,"qty":-1}]', '[{"price":"x","qty":1}]', '[[1,1]]', '[null]'])(
    'refuses %s',
    (text) => {
      expect(Levels.decode(parseExact(text))).toMatchObject({ _tag: 'Left' });
    },
  );
});
