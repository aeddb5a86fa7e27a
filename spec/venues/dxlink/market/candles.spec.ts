import { type Observable, VirtualTimeScheduler, of } from 'rxjs';
import type { Candle } from '../../../../lib/model/candle.js';
import { dxlink } from '../../../../lib/venues/dxlink/index.js';
import { candlePeriod } from '../../../../lib/venues/dxlink/candleSymbol.js';
import { type DxLinkCandleList, candlesOf } from '../../../../lib/venues/dxlink/market/candles.js';

const NOW = Date.UTC(2026, 10, 29, 12);
const MINUTE = 60_000;
const scheduler = new VirtualTimeScheduler();
scheduler.now = () => NOW;
const base = { scheduler, random: () => 0, report: () => undefined };

/** A venue that has candles at some times, and its snapshots cut off before `cut`. */
function having(times: readonly number[], cut = 0) {
  const asked: number[] = [];
  const since = (from: number): Observable<DxLinkCandleList> => {
    asked.push(from);
    const rows = times
      .filter((time) => time >= Math.max(from, cut))
      .map((time) => {
        const prices = { open: 2.5, high: 3, low: 2, close: 2.25, volume: 1e-7, count: 4 };
        return { event: 'Candle' as const, instrument: 'AAPL{=m}', time, receivedTime: NOW, ...prices };
      });
    const latest = { type: 'snapshot' as const, set: rows, removed: [] };
    return of({ status: 'live', value: { rows, latest, isWhole: from >= cut } });
  };
  return { asked, since };
}

const candlesAt = (since: (from: number) => Observable<DxLinkCandleList>, history: number): readonly Candle[] => {
  const told: Candle[] = [];
  candlesOf(base, { symbol: 'AAPL', period: '1m', options: { history } }, since).subscribe((one) => told.push(one));
  return told;
};

describe('candles over dxLink', () => {
  it('are asked for since a time within which there should be enough', () => {
    const { asked, since } = having(Array.from({ length: 400 }, (_, i) => NOW - (399 - i) * MINUTE));
    const told = candlesAt(since, 5);
    expect(told.map(({ openTime, closed }) => [(openTime - NOW) / MINUTE, closed])).toEqual([
      ...[-4, -3, -2, -1].map((minute) => [minute, true]),
      [0, false],
    ]);
    expect(told[0]).toMatchObject({
      instrument: 'AAPL',
      interval: '1m',
      closeTime: NOW - 3 * MINUTE - 1,
      exact: { open: '2.5', high: '3', low: '2', close: '2.25', volume: '0.0000001' },
      trades: 4,
    });
    // Once to see that it is enough, once to stay.
    expect(new Set(asked).size).toBe(1);
    expect(NOW - (asked[0] ?? 0)).toBeGreaterThanOrEqual(4 * 1_440 * MINUTE);
  });

  it('are asked for since an earlier time where there are too few, and no more than a few times', () => {
    const month = 30 * 1_440 * MINUTE;
    const old = having([NOW - month - MINUTE, NOW - month]);
    expect(candlesAt(old.since, 2)).toHaveLength(2);
    expect(new Set(old.asked).size).toBe(3);
    const none = having([]);
    expect(candlesAt(none.since, 2)).toEqual([]);
    expect(new Set(none.asked).size).toBe(5);
  });

  it('are taken as they are where the venue cuts its list off', () => {
    const { asked, since } = having([NOW], NOW - MINUTE);
    expect(candlesAt(since, 100)).toHaveLength(1);
    expect(new Set(asked).size).toBe(1);
  });

  it.each([
    ['s', 1_000],
    ['5m', 5 * MINUTE],
    ['=1h,tho=true', 60 * MINUTE],
    ['2w', 14 * 1_440 * MINUTE],
  ])('know how long a period of %s is', (period, length) => {
    expect(candlePeriod(period)?.endOf(NOW)).toBe(NOW + length);
  });

  it('know how long months and years are', () => {
    expect(candlePeriod('mo')?.endOf(Date.UTC(2024, 1))).toBe(Date.UTC(2024, 2));
    expect(candlePeriod('2mo')?.endOf(Date.UTC(2026, 11))).toBe(Date.UTC(2027, 1));
    expect(candlePeriod('y')?.endOf(Date.UTC(2024, 0))).toBe(Date.UTC(2025, 0));
    expect(['100t', '1000v', '0.1p', 'o', '5pr'].map(candlePeriod)).toEqual(Array(5).fill(undefined));
  });

  it.each([
    ['mo', '2023-01-31T23:00Z', '2023-02-28T23:00Z'],
    ['mo', '2023-02-28T23:00Z', '2023-03-31T23:00Z'],
    ['mo', '2024-01-31T05:00Z', '2024-02-29T05:00Z'],
    ['mo', '2023-12-31T23:00Z', '2024-01-31T23:00Z'],
    ['3mo', '2023-11-30T23:00Z', '2024-02-29T23:00Z'],
    ['y', '2023-12-31T23:00Z', '2024-12-31T23:00Z'],
    ['mo', '2023-03-01T05:00Z', '2023-04-01T05:00Z'],
    ['y', '2024-02-29T00:00Z', '2025-02-28T00:00Z'],
  ])(
    '%s from %s on, with the sessions of a month that has as many days as it has, is over at %s',
    (period, open, end) => {
      expect(candlePeriod(period)?.endOf(Date.parse(open))).toBe(Date.parse(end));
    },
  );

  it('refuse at the call what can not be meant', () => {
    const { candles } = dxlink();
    expect(() => candles('AAPL', '100t')).toThrow(expect.objectContaining({ field: 'period' }));
    expect(() => candles('AAPL', '1m', { history: 0 })).toThrow(expect.objectContaining({ field: 'history' }));
    expect(() => candles('AAPL', '1m', JSON.parse('7') as object)).toThrow(
      expect.objectContaining({ field: 'options' }),
    );
  });
});
