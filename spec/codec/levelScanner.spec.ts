import fc from 'fast-check';
import * as t from 'io-ts';
import { frame } from '../../lib/codec/frame.js';
import { Levels } from '../../lib/codec/levels.js';
import { pathOf } from '../../lib/codec/path.js';
import { inData } from '../../lib/codec/placeOfLevels.js';
import { levelScanner } from '../../lib/codec/scanLevels.js';
import type { LevelScanner } from '../../lib/codec/gapScanner.js';

const RUNS = Number(process.env['MUTATIONS'] ?? 3_000);

const Frame = frame('acme.Frame', { b: Levels, a: Levels, u: t.number });
const readBy = (parsed: unknown): unknown => {
  const home = inData(parsed);
  const result = home && Frame.decode(home);
  return [JSON.parse(JSON.stringify(parsed)), result?._tag === 'Left' ? pathOf(result.left) : result?.right];
};
/** What the ordinary way says of a text: what it reads it to, or that it can't. */
const ordinary = (text: string): unknown => {
  try {
    return readBy(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
};
/** What a scanner says; `undefined` where it leaves that to the ordinary way. */
const scanned = (scanner: LevelScanner, text: string): unknown => {
  try {
    const parsed = scanner.read(text);
    return parsed === undefined ? undefined : readBy(parsed);
  } catch {
    return 'unreadable';
  }
};
const plain =
  '{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1626992741664,"s":"BTCUSDT","U":12,"u":15,"x":null,"is":true,' +
  '"in":{"n":-7,"list":[1,"two",[]]},"b":[["0.01724","641929"],["0.01725","955685"]],"a":[["0.3","0"]],"after":0}}';
const learned = (text = plain): LevelScanner => {
  const scanner = levelScanner('b', 'a', inData);
  scanner.read(text);
  return scanner;
};

describe('levelScanner', () => {
  it('reads frames of the shape it has learned to what JSON.parse reads them to', () => {
    const name = fc.stringMatching(/^[^"\\\p{Cc}]{0,30}$/u);
    const whole = fc.oneof(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.maxSafeInteger());
    const scanner = learned();
    fc.assert(
      fc.property(name, name, whole, whole, whole, (stream, s, E, u, n) => {
        const data = { e: 'depthUpdate', E, s, U: u, u, x: null, is: true, in: { n, list: [n, s, []] } };
        const text = JSON.stringify({ stream, data: { ...data, b: [['1.50', '2']], a: [], after: E } });

        expect(scanned(scanner, text)).toEqual(ordinary(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads a text that was tampered with as JSON.parse and the codec do, or leaves it to them', () => {
    const pieces = [
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '-',
      '0',
      '9',
      '.',
      'e',
      ' ',
      '\n',
      'é',
      'true',
      'null',
      '"b":',
      '"u":1,',
      '__proto__',
    ];
    const change = fc.tuple(
      fc.nat(plain.length),
      fc.nat(4),
      fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })),
    );
    const kept = learned();
    let read = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const text = changes.reduce(
          (whole, [at, gone, put]) => whole.slice(0, at) + put + whole.slice(at + gone),
          plain,
        );
        // One that has learned the frame as it was, and one that learns on.
        for (const scanner of [learned(), kept]) {
          const result = scanned(scanner, text);
          if (result === undefined) continue;
          read += 1;
          expect(result).toEqual(ordinary(text));
        }
      }),
      { numRuns: RUNS },
    );
    expect(read).toBeGreaterThan(RUNS / 100);
  });

  it('makes each frame anew', () => {
    const scanner = learned();
    const [one, other] = [scanner.read(plain), scanner.read(plain.replace('"u":15', '"u":16'))];

    expect(inData(one)?.['u']).toBe(15);
    expect(inData(other)?.['u']).toBe(16);
    expect(inData(one)?.['in']).not.toBe(inData(other)?.['in']);
  });

  it.each([
    ['a key twice', '{"data":{"u":1,"u":2,"b":[],"a":[]}}'],
    ['a key that sets the prototype', '{"data":{"u":1,"__proto__":{"v":1},"b":[],"a":[]}}'],
    ['escapes', '{"data":{"u":1,"s":"a\\nb","b":[],"a":[]}}'],
    ['fractions and exponents', '{"data":{"u":1.5,"v":1e3,"b":[],"a":[]}}'],
    ['minus nothing', '{"data":{"u":-0,"b":[],"a":[]}}'],
    ['more digits than a double holds', '{"data":{"u":12345678901234567890,"b":[],"a":[]}}'],
    ['white space', '{ "data" : {"u":1,"b":[],"a":[]} }'],
    ['nothing but the lists', '{"data":{"b":[],"a":[]}}'],
    ['much else', `{"data":{"u":1,"s":"${'x'.repeat(2_000)}","b":[],"a":[]}}`],
    ['levels first', '{"data":{"b":[["1","2"]],"a":[],"u":1},"z":[{}]}'],
  ])('reads frames with %s as JSON.parse does, the first and the next', (_, text) => {
    const scanner = levelScanner('b', 'a', inData);

    expect(scanned(scanner, text)).toEqual(ordinary(text));
    expect(scanned(scanner, text)).toEqual(ordinary(text));
  });

  it('learns another shape once the one it has does not fit any more', () => {
    const scanner = learned();
    const other = '{"data":{"seq":1,"b":[["1","2"]],"a":[]}}';
    const parse = jest.spyOn(JSON, 'parse');
    for (let i = 0; i < 200; i += 1) scanner.read(other);
    for (let i = 0; i < 200; i += 1) scanner.read(plain);
    const parsed = parse.mock.calls.length;
    parse.mockRestore();

    expect(parsed).toBeLessThan(10);
  });

  it('does not learn again and again where two shapes take turns', () => {
    const scanner = learned();
    const exec = jest.spyOn(RegExp.prototype, 'exec');
    const other = '{"data":{"seq":1,"b":[["1","2"]],"a":[]}}';
    for (let i = 0; i < 1_000; i += 1) scanner.read(i % 2 === 0 ? other : plain);
    const learnings = exec.mock.calls.length;
    exec.mockRestore();

    expect(learnings).toBeLessThan(2_000);
  });
});
