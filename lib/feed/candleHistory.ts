import { type Observable, map, of, switchMap } from 'rxjs';
import type { Candle } from '../model/candle.js';
import type { VenueBase } from './venueBase.js';

/** Candles of the past, as one answer has them, in any order. */
export interface CandlePage {
  readonly candles: readonly Candle[];
  /** From when on it has all that there are, in ms. Absent: there are no older ones. */
  readonly since?: number | undefined;
}

/** How a venue is asked for candles of the past. */
export interface CandleHistory {
  /**
   * Asks for one page of them.
   *
   * @param count At most `perPage`.
   * @param before Only those that begin before it, in ms. Absent: the newest.
   * @param begun A candle is known to have begun then, in ms: our clock may be behind that. Absent: none is.
   */
  readonly page: (count: number, before: number | undefined, begun?: number) => Observable<CandlePage>;
  /** The most that one answer has. */
  readonly perPage: number;
  /** The most that there are, where the venue has no more than so many. */
  readonly deepest?: number | undefined;
}

/** The history of a venue that answers with so many candles before some time. */
export const historyByCount = (
  perPage: number,
  request: (count: number, before: number | undefined) => Observable<readonly Candle[]>,
): CandleHistory => ({
  perPage,
  page: (count, before) =>
    request(count, before).pipe(
      map((candles) => {
        const oldest = Math.min(...candles.map(({ openTime }) => openTime));
        // None older, or a venue that goes no further back.
        const isOver = candles.length === 0 || (before !== undefined && oldest >= before);
        return { candles, since: isOver ? undefined : oldest };
      }),
    ),
});

/**
 * The history of a venue that answers with the candles that begin from some time to another, both of them included, in ms.
 *
 * @param length Of a candle, in ms.
 */
export const historyByTime = (
  perPage: number,
  length: number,
  { scheduler }: Pick<VenueBase, 'scheduler'>,
  request: (from: number, to: number) => Observable<readonly Candle[]>,
): CandleHistory => ({
  perPage,
  page: (count, before, begun = 0) => {
    // Without an end: the present one has begun, also where our clock is a little behind.
    const now = Math.max(scheduler.now(), begun);
    const [since, end] =
      before === undefined ? [now - count * length, now + length] : [before - count * length, before];
    return request(since, end - 1).pipe(map((candles) => ({ candles, since })));
  },
});

type CandlesLoaded = Observable<readonly Candle[]>;

/** So many pages in a row without a candle, and there are no older ones: a market may be halted, or new. */
const EMPTY = 3;

/**
 * The newest `count` candles, where there are so many before pages without any, or, where `from` is told, all from there on; page after page, oldest first.
 *
 * @param begun When one began that is known already, in ms; see {@link CandleHistory.page}.
 * @throws (on the stream) what a page errors with.
 */
export function loadCandles(
  history: CandleHistory,
  count: number,
  from?: number,
  begun = from,
): Observable<readonly Candle[]> {
  const { page, perPage } = history;
  // More than it takes: a venue may answer with fewer than it says, or leave out what had no trades.
  const most = 3 * Math.ceil(count / perPage) + 3;
  const load = (
    pages: number,
    empty: number,
    have: readonly Candle[],
    isSparse: boolean,
    before?: number,
  ): CandlesLoaded => {
    // Where some are left out, a whole page rather than one of the few that are missing.
    const wanted = from === undefined && !isSparse ? Math.min(perPage, count - have.length) : perPage;
    return page(wanted, before, begun).pipe(
      switchMap(({ candles, since }) => {
        // A venue may tell the one at the border once more.
        const older = candles.filter(({ openTime }) => openTime < (before ?? Infinity));
        const all = [...older, ...have];
        const none = older.length === 0 ? empty + 1 : 0;
        const isEnough = from === undefined ? all.length >= count : since !== undefined && since <= from;
        const isOver = from === undefined && (none === EMPTY || pages === most);
        if (since === undefined || isEnough || isOver) return of(all);
        return load(pages + 1, none, all, older.length < wanted, since);
      }),
    );
  };
  return load(1, 0, [], false).pipe(
    map((candles) => {
      const byTime = new Map(candles.map((candle) => [candle.openTime, candle]));
      const sorted = [...byTime.values()].sort((a, b) => a.openTime - b.openTime);
      return from === undefined ? sorted.slice(Math.max(0, sorted.length - count)) : sorted;
    }),
  );
}
