import { isInterval, nextOpenTimeOf, openTimeOf } from '../../../lib/simulation/market/interval.js';

const at = (text: string): number => Date.parse(text);

describe('openTimeOf', () => {
  it.each([
    ['1s', '2026-11-20T09:28:47.123Z', '2026-11-20T09:28:47Z', '2026-11-20T09:28:48Z'],
    ['15m', '2026-11-20T09:28:47Z', '2026-11-20T09:15:00Z', '2026-11-20T09:30:00Z'],
    ['4h', '2026-11-20T09:28:47Z', '2026-11-20T08:00:00Z', '2026-11-20T12:00:00Z'],
    ['1d', '2026-11-20T09:28:47Z', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
    ['1w', '2026-11-20T09:28:47Z', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
    ['1M', '2026-02-28T23:59:59Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'],
    ['1M', '2026-12-31T23:59:59Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ] as const)('a candle of %s around %s opened at %s and ends at %s', (interval, time, open, next) => {
    expect(openTimeOf(interval, at(time))).toBe(at(open));
    expect(nextOpenTimeOf(interval, at(time))).toBe(at(next));
  });

  it('knows its intervals by name', () => {
    expect(['1m', '1M', '3d', '2m', '', 'toString'].map(isInterval)).toEqual([true, true, true, false, false, false]);
  });
});
