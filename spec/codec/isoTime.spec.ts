import fc from 'fast-check';
import { IsoTime, timeIfAny } from '../../lib/codec/isoTime.js';

describe('IsoTime', () => {
  it.each([
    ['2026-08-12T19:28:44Z', Date.UTC(2026, 7, 12, 19, 28, 44)],
    ['2025-05-06T09:17:26.208075Z', Date.UTC(2025, 4, 6, 9, 17, 26) + 208.075],
    ['2026-08-12T19:28:44.084233010Z', Date.UTC(2026, 7, 12, 19, 28, 44) + 84.233],
    ['1970-01-01T00:00:00.000000Z', 0],
  ])('reads %s', (text, expected) => {
    const read = IsoTime.decode(text);

    expect(read).toMatchObject({ _tag: 'Right' });
    expect('right' in read && Math.abs(read.right - expected)).toBeLessThan(0.001);
  });

  it.each(['2026-08-12', '2026-13-12T00:00:00Z', '2026-08-12T19:28:44', '2026-08-12T19:28:44+02:00', '', 17, null])(
    'refuses %j',
    (value) => {
      expect(IsoTime.decode(value)).toMatchObject({ _tag: 'Left' });
    },
  );

  it('reads every text as its pattern and the platform do', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
    const usual = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 19)); // prettier-ignore
    const any = fc.tuple(fc.constantFrom('19', '20', '00'), two, two, two, two, two, two).map(([a, b, m, d, h, i, s]) => `${a}${b}-${m}-${d}T${h}:${i}:${s}`); // prettier-ignore
    const end = fc.constantFrom('Z', '.5Z', '.084233010Z', '.1234567891Z', '.Z', '', 'z', 'Z ', '.-1Z', '+00:00');
    fc.assert(
      fc.property(fc.oneof(usual, any), end, (time, last) => {
        const [, seconds, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?Z$/.exec(time + last) ?? [];
        const expected = seconds === undefined ? NaN : Date.parse(`${seconds}Z`) + Number(`0${fraction}`) * 1_000;
        const read = IsoTime.decode(time + last);
        expect('right' in read ? read.right : NaN).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it('knows times that mean nothing', () => {
    const read = IsoTime.decode('0001-01-01T00:00:00.000000Z');

    expect(timeIfAny('right' in read ? read.right : NaN)).toBeUndefined();
    expect([timeIfAny(0), timeIfAny(undefined), timeIfAny(17)]).toEqual([undefined, undefined, 17]);
  });
});
