import fc from 'fast-check';
import { parseExact, parseLossless } from '../../lib/codec/losslessJson.js';

describe('parseLossless', () => {
  it.each([
    ['{"id":18446744073709551615}', { id: '18446744073709551615' }],
    ['[-9223372036854775808,1]', ['-9223372036854775808', 1]],
    ['{"a":{"b":[9007199254740993 ]}}', { a: { b: ['9007199254740993'] } }],
    ['340282366920938463463374607431768211455', '340282366920938463463374607431768211455'],
    ['{"safe":9007199254740991}', { safe: 9007199254740991 }],
    ['{"fraction":12345678901234567890.5}', { fraction: Number('12345678901234567890.5') }],
    ['{"power":12345678901234567890e2}', { power: Number('12345678901234567890e2') }],
    [
      '{"text":",18446744073709551615","n":18446744073709551615}',
      { text: ',18446744073709551615', n: '18446744073709551615' },
    ],
    ['{"text":"\\",18446744073709551615"}', { text: '",18446744073709551615' }],
    ['{"text":"\\\\","n":18446744073709551615}', { text: '\\', n: '18446744073709551615' }],
    ['{",18446744073709551615":1}', { ',18446744073709551615': 1 }],
    ['[0.12345678901234567890,18446744073709551615]', [Number('0.12345678901234567890'), '18446744073709551615']],
    ['[0.12345678901234567890, 18446744073709551615 ]', [Number('0.12345678901234567890'), '18446744073709551615']],
    ['{"t":1764000000000005,"id":-18446744073709551615}', { t: 1764000000000005, id: '-18446744073709551615' }],
  ])('reads %s', (text, expected) => {
    expect(parseLossless(text)).toEqual(expected);
  });

  it.each(['', '{', '{"a":01234567890123456789}', '{"a":18446744073709551615'])(
    'refuses %j as JSON.parse does',
    (text) => {
      expect(() => parseLossless(text)).toThrow(SyntaxError);
    },
  );

  it('agrees with JSON.parse wherever that loses nothing', () => {
    const json = fc.json().filter((text) => !/\d{16}/.test(text));
    fc.assert(
      fc.property(json, (text) => {
        expect(parseLossless(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('gives back the digits of every integer, wherever it stands, whatever stands around it', () => {
    const Value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.bigInt({ min: -(2n ** 130n), max: 2n ** 130n }),
        fc.string(),
        fc.stringMatching(/^[[,:"\\ ]{0,3}\d{15,22}[\],:"\\ ]{0,3}$/),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.array(Value), (value) => {
        expect(parseLossless(written(value))).toEqual(expectedOf(value));
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseExact', () => {
  it.each([
    ['{"qty":0.10000000}', { qty: '0.10000000' }],
    ['[-1.50,0.0,7,70]', ['-1.50', '0.0', 7, 70]],
    ['{"id":18446744073709551615}', { id: '18446744073709551615' }],
    ['{"power":1.50e2,"small":1e-7}', { power: 150, small: 1e-7 }],
    ['{"text":",1.50","\\"1.50":"\\",1.50"}', { text: ',1.50', '"1.50': '",1.50' }],
    ['1.00', '1.00'],
    ['{"price": 1.50, "sizes":[ 2.0 ,3.50]}', { price: '1.50', sizes: ['2.0', '3.50'] }],
    ['{"text":"a:1.50,b","price":1.50}', { text: 'a:1.50,b', price: '1.50' }],
    ['{"k:1.50,":1.50}', { 'k:1.50,': '1.50' }],
    ['{"text":"\\\\:1.50,","price":1.50}', { text: '\\:1.50,', price: '1.50' }],
  ])('reads %s', (text, expected) => {
    expect(parseExact(text)).toEqual(expected);
  });

  it('reads whatever it is given as if it had gone through it token by token', () => {
    const token = fc.oneof(
      fc.constantFrom('1.50', '-0.0', '01.5', '1.5e3', '7', '.5', '1.', '18446744073709551615', 'null', ' ', '"a"', '"1.50"'),
      fc.constantFrom('":1.50,"', '":1.50"', '"[1.50]"', '"\\\\"', '"\\":1.50,"', '" 1.50 "', '"44.08Z"', '"', ':', ',', '[', ']', '{', '}'),
    ); // prettier-ignore
    const list = fc.array(token, { maxLength: 6 }).map((tokens) => `[${tokens.join(',')}]`);
    const object = fc.array(fc.tuple(token, token), { maxLength: 4 }).map((fields) => `{${fields.map(([key, value]) => `"k":${value},${key}:${value}`).join(',')}}`); // prettier-ignore
    const anything = fc.array(token, { maxLength: 9 }).map((tokens) => tokens.join(''));
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(list, object, anything), (text) => {
        let expected: unknown;
        try {
          expected = tokenByToken(text);
          read += 1;
        } catch {
          expect(() => parseExact(text)).toThrow(SyntaxError);
          return;
        }
        expect(parseExact(text)).toEqual(expected);
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it.each(['', '{', '{"a":01.5}', '[1.]', '[.5]'])('refuses %j as JSON.parse does', (text) => {
    expect(() => parseExact(text)).toThrow(SyntaxError);
  });
});

function tokenByToken(text: string): unknown {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
  const isKept = (token: string): boolean =>
    /^-?(?:0|[1-9]\d*)\.\d+$/.test(token) || (/^-?[1-9]\d*$/.test(token) && !Number.isSafeInteger(Number(token)));
  return JSON.parse(text.replace(tokens, (token) => (isKept(token) ? `"${token}"` : token)));
}

function written(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[ ${value.map(written).join(' ,')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${written(one)}`);
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value);
}

function expectedOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(expectedOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, expectedOf(one)]));
}
