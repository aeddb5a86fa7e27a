import { type Observable, VirtualTimeScheduler, of } from 'rxjs';
import { type CandlePage, historyByCount, historyByTime, loadCandles } from '../../lib/feed/candleHistory.js';
import { pastCandle } from '../../lib/feed/pastCandle.js';
import type { Candle } from '../../lib/index.js';
import { steady } from '../../lib/time/steadyScheduler.js';

const MINUTE = 60_000;
const exact = { open: '1', high: '1', low: '1', close: '1', volume: '1' };
const candle = (minute: number): Candle =>
  pastCandle({ instrument: 'X', interval: '1m', openTime: minute * MINUTE, length: MINUTE, exact }, 0);
const minutesOf = (candles$: Observable<readonly Candle[]>): readonly number[] => {
  const told: number[] = [];
  candles$.subscribe((candles) => told.push(...candles.map(({ openTime }) => openTime / MINUTE)));
  return told;
};
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Half of minute 1,000 is over. */
const scheduler = steady(new VirtualTimeScheduler(undefined, 0));
jest.spyOn(scheduler, 'now').mockReturnValue(1_000.5 * MINUTE);

/** A venue that is asked by times, and has candles of these minutes only. */
const byTime = (minutes: readonly number[]) => {
  const asked: (readonly [number, number])[] = [];
  const history = historyByTime(10, MINUTE, { scheduler }, (from, to) => {
    asked.push([from, to]);
    return of(minutes.filter((minute) => minute * MINUTE >= from && minute * MINUTE <= to).map(candle));
  });
  return { history, asked };
};

/** A venue that is asked by count, and never answers with more than `answers`. */
const byCount = (minutes: readonly number[], perPage = 10, answers = perPage) => {
  const asked: number[] = [];
  const history = historyByCount(perPage, (count, before = Infinity) => {
    asked.push(count);
    const older = minutes.filter((minute) => minute * MINUTE < before);
    return of(older.slice(-Math.min(count, answers)).map(candle));
  });
  return { history, asked };
};

describe('candles of the past, by times', () => {
  it('are as many as are wanted, the present one among them, in one request', () => {
    const { history, asked } = byTime(range(1, 1_000));

    expect(minutesOf(loadCandles(history, 3))).toEqual([998, 999, 1_000]);
    expect(asked).toHaveLength(1);
  });

  it('are as many as are wanted where the present one has not traded yet', () => {
    const { history } = byTime(range(1, 999));

    expect(minutesOf(loadCandles(history, 3))).toEqual([997, 998, 999]);
  });

  it('are as many as are wanted where there was no trade in some intervals', () => {
    const { history } = byTime(range(1, 1_000).filter((minute) => minute % 3 === 0));

    expect(minutesOf(loadCandles(history, 6)).slice(-6)).toEqual([984, 987, 990, 993, 996, 999]);
  });

  it('go over as many pages as it takes, each boundary once', () => {
    const { history } = byTime(range(1, 1_000));
    const minutes = minutesOf(loadCandles(history, 25));

    expect(minutes.slice(-25)).toEqual(range(976, 1_000));
    expect(new Set(minutes).size).toBe(minutes.length);
  });

  it.each([0, 1])('are %d where so many are wanted', (count) => {
    const { history } = byTime(range(1, 1_000));

    expect(minutesOf(loadCandles(history, count))).toEqual(range(1_001 - count, 1_000));
  });

  it('end where the venue has no more', () => {
    const { history, asked } = byTime(range(996, 1_000));

    expect(minutesOf(loadCandles(history, 9_000))).toEqual(range(996, 1_000));
    expect(asked).toHaveLength(4);
  });

  it.each([
    [
      'behind a halt of two pages',
      9,
      [...range(940, 970), ...range(991, 1_000)],
      [...range(962, 970), ...range(991, 1_000)],
    ],
    ['of a market that is quiet for longer than is asked for', 2, range(1, 980), [979, 980]],
  ])('are had %s', (_, more, minutes, expected) => {
    const { history, asked } = byTime(minutes);
    const count = more === 2 ? more : 10 + more;

    expect(minutesOf(loadCandles(history, count))).toEqual(expected);
    expect(asked.length).toBeLessThan(7);
  });

  it('end after some requests where there are hardly any', () => {
    const { history, asked } = byTime(range(1, 1_000).filter((minute) => minute % 10 === 0));

    expect(minutesOf(loadCandles(history, 60)).length).toBeGreaterThan(15);
    expect(asked.length).toBeLessThan(30);
  });
});

describe('candles of the past, by count', () => {
  it('are as many as are wanted where a page is smaller than the venue says', () => {
    const { history } = byCount(range(1, 1_000), 300, 100);

    expect(minutesOf(loadCandles(history, 600))).toEqual(range(401, 1_000));
  });

  it('are as many as are wanted where there was no trade in some intervals', () => {
    const { history, asked } = byCount(range(1, 1_000).filter((minute) => minute % 3 === 0));

    expect(minutesOf(loadCandles(history, 12))).toEqual(range(322, 333).map((third) => third * 3));
    expect(asked).toEqual([10, 2]);
  });

  it('end where the venue has no more', () => {
    const { history } = byCount(range(996, 1_000));

    expect(minutesOf(loadCandles(history, 9_000))).toEqual(range(996, 1_000));
  });

  it('end where it answers the same again', () => {
    const page: CandlePage = { candles: [candle(1)], since: MINUTE };
    const same = historyByCount(10, () => of([candle(1)]));

    expect(minutesOf(loadCandles(same, 5))).toEqual([1]);
    // As of a venue of somebody else's, which says that there are older ones and has none.
    expect(minutesOf(loadCandles({ perPage: 10, page: () => of(page) }, 50))).toEqual([1]);
  });

  it('are all from a candle on where that is wanted', () => {
    const { history } = byCount(range(1, 1_000));

    expect(minutesOf(loadCandles(history, 3, 975 * MINUTE)).slice(-26)).toEqual(range(975, 1_000));
  });
});
