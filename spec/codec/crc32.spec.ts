import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { crc32 } from '../../lib/codec/crc32.js';

describe('crc32', () => {
  it.each([
    ['', 0],
    ['123456789', -873187034],
    ['3366.1:7:3366.8:9:3366:6:3368:8', -1881014294],
    ['3366.1:7:3366.8:9:3368:8:3372:8', 831078360],
  ])('of %j is %d, signed', (text, sum) => {
    expect(crc32(text)).toBe(sum);
  });

  it('goes on from what was summed before', () => {
    expect(crc32('89', crc32('1234567'))).toBe(-873187034);
    expect(crc32('', crc32('1'))).toBe(crc32('1'));
  });

  it('is what zlib computes, of any ASCII', () => {
    // Not in every Node that this package supports.
    if (typeof zlibCrc32 !== 'function') return;
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(crc32(text) >>> 0).toBe(zlibCrc32(text));
      }),
    );
  });
});
