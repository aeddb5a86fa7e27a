import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { crc32, crc32Joined, crc32OfCode, crc32OfDigits } from '../../lib/codec/crc32.js';

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

  it('is that of its characters, one by one', () => {
    const text = '30236.1:0.18050747:';
    for (let end = 0; end <= text.length; end += 1) {
      const sums = Array.from({ length: end }, (_, i) => text.charCodeAt(i));
      expect(crc32(text.slice(0, end))).toBe(sums.reduce((before, code) => crc32OfCode(code, before), 0));
    }
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

describe('crc32OfDigits', () => {
  it.each(['0.00000500', '45285.2', '0.10000000', '0', '0.000', '', '100', '10.010'])(
    'of %s is that of its digits',
    (text) => {
      const digits = text.replace('.', '').replace(/^0+/, '');

      expect(crc32OfDigits(text)).toBe(crc32(digits));
      expect(crc32OfDigits(text, crc32('77'))).toBe(crc32(`77${digits}`));
    },
  );
});

describe('crc32Joined', () => {
  it('is the sum of both texts, one behind the other', () => {
    const text = fc.string({ unit: 'binary-ascii', maxLength: 100 });
    fc.assert(
      fc.property(text, text, (before, behind) => {
        expect(crc32Joined(crc32(before), crc32(behind), behind.length)).toBe(crc32(before + behind));
      }),
    );
  });
});
