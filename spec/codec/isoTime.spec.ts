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

  it('knows times that mean nothing', () => {
    const read = IsoTime.decode('0001-01-01T00:00:00.000000Z');

    expect(timeIfAny('right' in read ? read.right : NaN)).toBeUndefined();
    expect([timeIfAny(0), timeIfAny(undefined), timeIfAny(17)]).toEqual([undefined, undefined, 17]);
  });
});
