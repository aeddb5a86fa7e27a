import { learned as learnedShape } from '../../lib/codec/learnedShape.js';
import fc from 'fast-check';
import { ExactFrames } from '../../lib/codec/shapedFrames.js';
import { parseExact } from '../../lib/codec/losslessJson.js';

const RUNS = Number(process.env['MUTATIONS'] ?? 3_000);

const plain =
  '{"channel":"trade","type":"update","data":[{"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":-40.0,"n":12,"is":true,' +
  '"trade_id":4665906,"none":null,"list":[1.5,[]],"timestamp":"2023-09-25T07:49:37.708706Z"}]}';
const learned = (): ExactFrames => {
  const frames = new ExactFrames();
  frames.read(plain);
  return frames;
};
const outcome = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : error;
  }
};

describe('ExactFrames', () => {
  it('reads the frame after one of its shape without parsing it', () => {
    const frames = learned();
    const next = plain.replace('0.5117', '17.10').replace('12', '12.50').replace('-40.0', '40');
    const parse = jest.spyOn(JSON, 'parse');
    const read = frames.read(next);
    const times = parse.mock.calls.length;
    parse.mockRestore();

    expect(read).toEqual(parseExact(next));
    expect(times).toBe(0);
  });

  it('does not remember what is no number', () => {
    const frames = learned();
    const wrong = plain.replace('0.5117', '1.');

    for (let i = 0; i < 3; i += 1) expect(() => frames.read(wrong)).toThrow(SyntaxError);
  });

  it('reads any number as parseExact does', () => {
    const frames = learned();
    const number = fc.oneof(
      fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][-+]?\d{1,2})?$/),
      fc.stringMatching(/^-?\d{1,4}\.?\d{0,4}$/),
      fc.constantFrom('-0', '0', '-0.0', '0.50', '00.5', '1.', '.5', '9007199254740993', '1.5 ', '1.5.5'),
    );
    fc.assert(
      fc.property(number, number, (price, id) => {
        const text = plain.replace('0.5117', price).replace('4665906', id);

        expect(outcome(() => frames.read(text))).toEqual(outcome(() => parseExact(text)));
      }),
      { numRuns: RUNS },
    );
  });

  it('reads a text that was tampered with as parseExact does', () => {
    const piece = fc.constantFrom(
      ...Array.from('"\\{}[],:-0123456789. '),
      'e5',
      '00',
      '0.0',
      'null',
      '{"a":1}',
      '"x":1,',
    );
    const change = fc.tuple(fc.nat(plain.length), fc.nat(3), piece);
    const kept = learned();
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
        const text = changes.reduce((one, [at, gone, put]) => one.slice(0, at) + put + one.slice(at + gone), plain);
        for (const frames of [learned(), kept]) {
          expect(outcome(() => frames.read(text))).toEqual(outcome(() => parseExact(text)));
        }
      }),
      { numRuns: RUNS },
    );
  });
});

it('learns no shape of a frame that is longer than frames of a channel are, nor of one that nests without an end', () => {
  const shapeOf = (list: string): unknown => learnedShape(`{"a":${list},`, { b: 1 }, '}');

  expect(shapeOf('[0,[0]]')).toBeDefined();
  expect(shapeOf(`[${Array<string>(30_000).fill('0').join()}]`)).toBeUndefined();
  expect(shapeOf(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)).toBeUndefined();
});
