import fc from 'fast-check';
import { pathOf } from '../../lib/codec/path.js';
import { inData } from '../../lib/codec/placeOfLevels.js';
import { changeScanner } from '../../lib/codec/scanChanges.js';
import type { LevelScanner } from '../../lib/codec/gapScanner.js';
import { ScannedLevels } from '../../lib/codec/scanSides.js';
import { BookFrame } from '../../lib/venues/deribit/frames.js';

const RUNS = Number(process.env['MUTATIONS'] ?? 3_000);

const fresh = (): LevelScanner =>
  changeScanner('bids', 'asks', { new: 'set', change: 'set', delete: 'removed' }, inData);
const textOf = (bids: string, asks: string): string =>
  `{"data":{"timestamp":1618677844534,"type":"change","instrument_name":"X","change_id":7,"bids":${bids},"asks":${asks}}}`;
const read = (frame: unknown): unknown => {
  const result = BookFrame.decode(inData(frame));
  return result._tag === 'Left' ? pathOf(result.left) : result.right;
};
const ordinary = (text: string): unknown => {
  try {
    return read(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
};
const scanned = (scanner: LevelScanner, text: string): unknown => {
  try {
    const frame = scanner.read(text);
    return frame === undefined ? undefined : read(frame);
  } catch {
    return 'unreadable';
  }
};

const number = fc.stringMatching(/^(0|[1-9]\d{0,6})(\.\d{1,8})?$/);
const row = fc.tuple(fc.constantFrom('new', 'change', 'delete'), number, number);
const side = fc
  .array(row, { maxLength: 6 })
  .map((rows) => `[${rows.map(([word, price, amount]) => `["${word}",${price},${amount}]`).join()}]`);

describe('changeScanner', () => {
  it('reads what JSON.parse and the codec read, the shortest texts included', () => {
    const scanner = fresh();
    fc.assert(
      fc.property(side, side, (bids, asks) => {
        const text = textOf(bids, asks);

        expect(inData(scanner.read(text))?.['bids']).toBeInstanceOf(ScannedLevels);
        expect(scanned(scanner, text)).toEqual(ordinary(text));
      }),
    );
  });

  it('reads a text that was tampered with as these do, or leaves it to them', () => {
    const plain = textOf('[["change",60000.50,10.0],["delete",59999.0,0.0]]', '[["new",0.0005,7]]');
    const scanner = fresh();
    scanner.read(plain);
    const piece = fc.constantFrom(
      '0',
      '1',
      '.',
      '-',
      'e5',
      ',',
      '"',
      '[',
      ']',
      '{',
      '}',
      ' ',
      '0.0',
      'new',
      '00',
      '\\',
      ':',
    );
    let [left, taken] = [0, 0];
    fc.assert(
      fc.property(fc.nat(plain.length), fc.nat(2), piece, (at, gone, put) => {
        const text = plain.slice(0, at) + put + plain.slice(at + gone);
        const result = scanned(scanner, text);
        if (result === undefined) left += 1;
        else {
          taken += 1;
          expect(result).toEqual(ordinary(text));
        }
      }),
      { numRuns: RUNS },
    );
    expect(left).toBeGreaterThan(100);
    expect(taken).toBeGreaterThan(100);
  });

  it.each([
    ['a number with an exponent', '[["new",1e5,1]]'],
    ['a number below zero', '[["new",-1,1]]'],
    ['a text', '[["new","1",1]]'],
    ['another word', '[["old",1,1]]'],
    ['no word', '[[1,1]]'],
    ['a value more', '[["new",1,1,1]]'],
    ['a space', '[["new", 1,1]]'],
    ['more digits than all doubles tell apart', '[["new",1234567890.123456,1]]'],
    ['zeros ahead', '[["new",01,1]]'],
  ])('leaves %s to the ordinary way', (_, bids) => {
    expect(fresh().read(textOf(bids, '[]'))).toBeUndefined();
  });
});
