import fc from 'fast-check';
import * as t from 'io-ts';
import { frame } from '../../lib/codec/frame.js';
import { Levels } from '../../lib/codec/levels.js';
import { scanLevels } from '../../lib/codec/scanLevels.js';
import { ScannedLevels } from '../../lib/codec/scanSides.js';

type Data = Record<string, unknown>;
const dataOf = (whole: unknown): Data | undefined => (whole as { readonly data?: Data } | null)?.data;
const scan = (text: string): unknown => scanLevels(text, 'b', 'a', dataOf);
const Frame = frame('acme.Frame', { b: Levels, a: Levels, u: t.number });
const read = (whole: unknown): unknown => Frame.decode(dataOf(whole));

const digits = fc.stringMatching(/^\d{1,7}(\.\d{1,8})?$/);
const side = fc.array(fc.tuple(digits, digits), { maxLength: 6 });

describe('scanLevels', () => {
  it('reads what JSON.parse and the codec read, whatever the digits and whatever stands around', () => {
    fc.assert(
      fc.property(side, side, fc.jsonValue(), fc.integer(), (b, a, other, u) => {
        const text = JSON.stringify({ stream: 'x', data: { other, u, b, a, after: other } });

        const scanned = scan(text);

        // Where the rest holds a list by a name that ends like that, nothing is scanned.
        if (scanned !== undefined) expect(read(scanned)).toEqual(read(JSON.parse(text)));
        expect(scanned === undefined).toBe(JSON.stringify(other).includes('b":['));
      }),
    );
  });

  it('reads each text to the double that Number reads it to', () => {
    // Wherever doubles are dense: around powers of two and ten, with the point at any place.
    const whole = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
      fc.bigInt({ min: 2n ** 53n - 200n, max: 2n ** 53n - 1n }),
      fc.tuple(fc.nat(15), fc.integer({ min: -9, max: 9 })).map(([power, by]) => 10n ** BigInt(power) + BigInt(by)),
    );
    const text = fc.tuple(whole, fc.nat(22)).map(([units, decimals]) => {
      const padded = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
      const point = padded.length - decimals;
      return decimals === 0 ? padded : `${padded.slice(0, point)}.${padded.slice(point)}`;
    });

    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 2_000, size: 'max' }), (texts) => {
        const scanned = scan(JSON.stringify({ data: { b: texts.map((one) => [one, one]), a: [] } }));
        const { levels } = dataOf(scanned)?.['b'] as ScannedLevels;
        const wrong = levels.filter(({ price, exact }, i) => price !== Number(texts[i]) || exact.price !== texts[i]);
        expect(wrong).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ...['90071992547409.89', '9007199254740.989', '0.9007199254740989', '9007199254740989', '9007199254740991'],
    ...['45035996273704.97', '0.000000000000000001', '00000000000000000000001.5'],
  ])('reads %s as Number does', (text) => {
    const { levels } = dataOf(scan(`{"data":{"b":[["${text}","1"]],"a":[]}}`))?.['b'] as ScannedLevels;

    expect(levels[0]?.price).toBe(Number(text));
  });

  it('keeps the texts digit for digit, also long ones', () => {
    const text = '{"data":{"u":1,"b":[["58005.11000000","0.00100000"]],"a":[["0.10","000"]]}}';

    expect(read(scan(text))).toEqual(
      t.success({
        u: 1,
        b: [{ price: 58005.11, size: 0.001, exact: { price: '58005.11000000', size: '0.00100000' } }],
        a: [{ price: 0.1, size: 0, exact: { price: '0.10', size: '000' } }],
      }),
    );
  });

  it('shows what it read as the venue sent it', () => {
    const text = '{"data":{"u":1,"b":[["1.0","2"]],"a":[]}}';

    expect(JSON.stringify(scan(text))).toBe('{"data":{"u":1,"b":[["1.0","2"]],"a":[]}}');
    expect(dataOf(scan(text))?.['b']).toBeInstanceOf(ScannedLevels);
  });

  it.each([
    ['no levels', '{"data":{"u":1}}'],
    ['white space', '{"data":{"b":[["1", "2"]],"a":[]}}'],
    ['another order', '{"data":{"a":[],"b":[]}}'],
    ['something between', '{"data":{"b":[],"u":1,"a":[]}}'],
    ['numbers', '{"data":{"b":[[1,2]],"a":[]}}'],
    ['three in a level', '{"data":{"b":[["1","2","3"]],"a":[]}}'],
    ['one in a level', '{"data":{"b":[["1"]],"a":[]}}'],
    ['a sign', '{"data":{"b":[["-1","2"]],"a":[]}}'],
    ['an exponent', '{"data":{"b":[["1e5","2"]],"a":[]}}'],
    ['no digits', '{"data":{"b":[["","2"]],"a":[]}}'],
    ['a point before', '{"data":{"b":[[".5","2"]],"a":[]}}'],
    ['a point behind', '{"data":{"b":[["5.","2"]],"a":[]}}'],
    ['two points', '{"data":{"b":[["5.5.5","2"]],"a":[]}}'],
    ['more digits than a double holds', '{"data":{"b":[["1.00000000000000001","2"]],"a":[]}}'],
    ['more than a thousand characters', `{"data":{"b":[["${'0'.repeat(1_000)}1","2"]],"a":[]}}`],
    ['a comma too many', '{"data":{"b":[["1","2"],],"a":[]}}'],
    ['the end of another key', '{"data":{"xb":[["1","2"]],"a":[]}}'],
    ['another object', '{"b":[["1","2"]],"a":[],"data":{}}'],
    ['no object', '{"b":[["1","2"]],"a":[]}'],
    ['a key twice', '{"data":{"b":[["1","2"]],"a":[],"b":7}}'],
    ['escapes', '{"data":{"b":[["\\u0031","2"]],"a":[]}}'],
    ['a text cut short', '{"data":{"b":[["1","2"]'],
  ])('leaves the judgement to the ordinary way: %s', (_, text) => {
    expect(scan(text)).toBeUndefined();
  });

  it('passes over as many whole numbers behind price and size as it is told of', () => {
    const four = fc.array(fc.tuple(digits, digits, fc.constantFrom('0', ''), fc.nat().map(String)), { maxLength: 6 });
    fc.assert(
      fc.property(four, four, (b, a) => {
        const text = JSON.stringify({ data: { u: 1, b, a } });

        const scanned = scanLevels(text, 'b', 'a', dataOf, 2);

        expect(read(scanned)).toEqual(read(JSON.parse(text)));
      }),
    );
  });

  it.each([
    ['fewer', '{"data":{"b":[["1","2","3"]],"a":[]}}'],
    ['none', '{"data":{"b":[["1","2"]],"a":[]}}'],
    ['more', '{"data":{"b":[["1","2","3","4","5"]],"a":[]}}'],
    ['numbers', '{"data":{"b":[["1","2",3,4]],"a":[]}}'],
    ['other texts', '{"data":{"b":[["1","2","a","4"]],"a":[]}}'],
    ['a text that ends a level', '{"data":{"b":[["1","2","]","4"]],"a":[]}}'],
    ['something for a comma', '{"data":{"b":[["1","2";"3","4"]],"a":[]}}'],
    ['a text cut short', '{"data":{"b":[["1","2","3","4'],
  ])('leaves the judgement to the ordinary way where it was told of two: %s', (_, text) => {
    expect(scanLevels(text, 'b', 'a', dataOf, 2)).toBeUndefined();
  });

  it('throws what JSON.parse throws where the rest is no JSON', () => {
    expect(() => scan('{"data":{"b":[],"a":[]')).toThrow(SyntaxError);
  });
});
