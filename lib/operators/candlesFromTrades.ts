import {
  asyncScheduler,
  concatMap,
  distinctUntilChanged,
  endWith,
  ignoreElements,
  map,
  merge,
  scan,
  switchMap,
  takeUntil,
  tap,
  timer,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import { openTimeOf, spanOf } from '../book/candleSpan.js';
import { isAboutAnother } from '../book/correctable.js';
import { OpenCandle } from '../book/openCandle.js';
import { type OptionRule, aCount, aFunction, aScheduler, aText, checkConfig, fromZero } from '../errors/optionRules.js';
import type { Candle } from '../model/candle.js';
import type { Trade } from '../model/trade.js';
import { steady } from '../time/steadyScheduler.js';
import { connectOwned } from './shared/connectOwned.js';

/** How trades are cut into candles. */
export interface CandlesFromTradesConfig {
  /** Length of a candle, in ms. Candles begin at its multiples in UTC; weeks, whole numbers of 7 days, on Mondays. */
  readonly interval: number;
  /** What `Candle.interval` says. Default: the length in its largest whole unit, `1m` or `90s`. */
  readonly name?: string;
  /**
   * How long after an interval's end, by our own clock, its candle is closed though no trade of a later one came, in
   * ms. It must be longer than trades take to arrive. Default: never; venue time alone decides, so that a replay gives
   * the same candles at any speed.
   */
  readonly closeAfter?: number;
  /**
   * How many trades of a candle that may be corrected are remembered; the oldest are forgotten first, and stay in it as they
   * are. A correction takes time and memory by so many. Default: 10,000.
   */
  readonly remember?: number;
  /**
   * Called for a trade whose candle is already closed, one without a time, and for a correction or cancellation of a trade that is in no open
   * candle or forgotten; it counts in none. Default: not told.
   */
  readonly onLate?: (trade: Trade) => void;
  /** For `closeAfter`. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

interface Fold {
  readonly open: OpenCandle | undefined;
  /** The one before it: what is told again of that is late. */
  readonly last: OpenCandle | undefined;
  readonly emitted: readonly Candle[];
  /** What counts in none. */
  readonly late?: Trade;
}

/** A boundary is a multiple of it: of what has no end there is none. */
const aWidth: OptionRule = [
  (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1,
  'a whole number of ms above 0',
];

/**
 * Candles from the trades of one instrument: a newer version with each trade, and a last one that says `closed` when a
 * trade of a later interval comes. Volumes are exact sums. A trade of the open candle that is told again (corrected,
 * confirmed) counts once, as it was told last; one that is cancelled or rolled back counts no more.
 *
 *     trades             -a-b--c-|       c is of the next interval
 *     candlesFromTrades  -x-y--(zw)-|    z is y, closed; drawn and tested in marbles/candlesFromTrades.txt
 *
 * An interval without trades has no candle. The candle that is open when the source ends stays open. Open and close are of the
 * trades that were told first and last, whatever their times within it.
 *
 * @returns An operator. Errors and completes with the source; errors with what `onLate` throws.
 * @throws InvalidArgumentError at once for a config that can't be meant: an `interval` that is not a whole number of ms, for
 *   instance.
 */
export function candlesFromTrades(config: CandlesFromTradesConfig): OperatorFunction<Trade, Candle> {
  checkConfig('config', config, { interval: aWidth }, others);
  const { interval, name, closeAfter, remember = 10_000, onLate, scheduler = asyncScheduler } = config;
  const span = spanOf(interval, name);

  const fold = ({ open, last }: Fold, step: Trade | Closing): Fold => {
    if ('closes' in step) return { open, last, emitted: close(open) };
    const late = (): Fold => ({ open, last, emitted: [], late: step });
    const isKnown = open?.knows(step) === true;
    const openTime = openTimeOf(step, span);
    const isNowhere = isAboutAnother(step) || Number.isNaN(openTime);
    if ((isNowhere && !isKnown) || last?.knows(step) === true) return late();
    if (open === undefined || (openTime > open.candle.openTime && !isKnown)) {
      const next = new OpenCandle(step, span, remember);
      return { open: next, last: open, emitted: [...close(open), next.candle] };
    }
    if (open.candle.closed || (openTime < open.candle.openTime && !isKnown)) return late();
    open.put(step);
    return { open, last, emitted: [open.candle] };
  };

  const closings = (trades: Observable<Trade>, after: number): Observable<Closing> =>
    trades.pipe(
      map((trade) => openTimeOf(trade, span)),
      scan((latest, openTime) => (openTime > latest ? openTime : latest), -Infinity),
      distinctUntilChanged(),
      // Never longer than a whole candle: the clock may have been set back.
      map((openTime) => Math.min(openTime + interval - scheduler.now(), interval) + after),
      switchMap((wait) => timer(Math.max(0, wait), steady(scheduler))),
      map(() => CLOSING),
      takeUntil(trades.pipe(ignoreElements(), endWith(undefined))),
    );

  return (source) =>
    source.pipe(
      connectOwned((trades): Observable<Trade | Closing> =>
        closeAfter === undefined ? trades : merge(trades, closings(trades, closeAfter)),
      ),
      scan(fold, { open: undefined, last: undefined, emitted: [] }),
      // Behind the fold: what is caused by it is of the next step.
      tap(({ late }) => {
        if (late !== undefined) onLate?.(late);
      }),
      concatMap(({ emitted }) => emitted),
    );
}

const others = { name: aText, closeAfter: fromZero, remember: aCount, onLate: aFunction, scheduler: aScheduler };

interface Closing {
  readonly closes: true;
}
const CLOSING: Closing = { closes: true };

function close(open: OpenCandle | undefined): readonly Candle[] {
  if (open === undefined || open.candle.closed) return [];
  open.candle = { ...open.candle, closed: true };
  return [open.candle];
}
