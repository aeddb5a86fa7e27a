import {
  asyncScheduler,
  concatMap,
  connect,
  distinctUntilChanged,
  endWith,
  ignoreElements,
  map,
  merge,
  scan,
  switchMap,
  takeUntil,
  timer,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import { openTimeOf, spanOf } from '../book/candleSpan.js';
import { foldTrade } from '../book/foldTrade.js';
import { check } from '../errors/checks.js';
import type { Candle } from '../model/candle.js';
import type { Trade } from '../model/trade.js';
import { atLeastOne } from './checks.js';

export interface CandlesFromTradesConfig {
  /** Length of a candle, in ms. Candles begin at its multiples in UTC. */
  readonly interval: number;
  /** What `Candle.interval` says. Default: the length in its largest whole unit, `1m` or `90s`. */
  readonly name?: string;
  /**
   * How long after an interval's end, by our own clock, its candle is closed though no trade of a later one came, in
   * ms. It must be longer than trades take to arrive. Default: never; venue time alone decides, so that a replay gives
   * the same candles at any speed.
   */
  readonly closeAfter?: number;
  /** Called for a trade whose candle is already closed; it counts in none. Default: not told. */
  readonly onLate?: (trade: Trade) => void;
  /** For `closeAfter`. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

interface Fold {
  readonly candle: Candle | undefined;
  readonly told: readonly Candle[];
}

/**
 * Candles from the trades of one instrument: a newer version with each trade, and a last one that says `closed` when a
 * trade of a later interval comes. Volumes are exact sums.
 *
 *     trades             -a-b--c-|       c is of the next interval
 *     candlesFromTrades  -x-y--(zw)-|    z is y, closed; drawn and tested in marbles/candlesFromTrades.txt
 *
 * An interval without trades has no candle. The candle that is open when the source ends stays open.
 *
 * @returns An operator. Errors and completes with the source; errors with what `onLate` throws.
 * @throws InvalidArgumentError at once when `interval` is not at least 1 ms, or `closeAfter` is below 0.
 */
export function candlesFromTrades({
  interval,
  name,
  closeAfter,
  onLate,
  scheduler = asyncScheduler,
}: CandlesFromTradesConfig): OperatorFunction<Trade, Candle> {
  atLeastOne('interval', interval);
  check('closeAfter', closeAfter === undefined || closeAfter >= 0, 'a number from 0', closeAfter);
  const span = spanOf(interval, name);

  const fold = ({ candle }: Fold, step: Trade | Closing): Fold => {
    if ('closes' in step) return close(candle);
    const openTime = openTimeOf(step, span);
    if (candle === undefined || openTime > candle.openTime) {
      const next = foldTrade(undefined, step, span);
      return { candle: next, told: [...close(candle).told, next] };
    }
    if (openTime < candle.openTime || candle.closed) {
      onLate?.(step);
      return { candle, told: [] };
    }
    const next = foldTrade(candle, step, span);
    return { candle: next, told: [next] };
  };

  const closings = (trades: Observable<Trade>, after: number): Observable<Closing> =>
    trades.pipe(
      scan((latest, trade) => Math.max(latest, openTimeOf(trade, span)), -Infinity),
      distinctUntilChanged(),
      switchMap((openTime) => timer(Math.max(0, openTime + interval + after - scheduler.now()), scheduler)),
      map(() => CLOSING),
      takeUntil(trades.pipe(ignoreElements(), endWith(undefined))),
    );

  return (source) =>
    source.pipe(
      connect((trades): Observable<Trade | Closing> =>
        closeAfter === undefined ? trades : merge(trades, closings(trades, closeAfter)),
      ),
      scan(fold, { candle: undefined, told: [] }),
      concatMap(({ told }) => told),
    );
}

interface Closing {
  readonly closes: true;
}
const CLOSING: Closing = { closes: true };

function close(candle: Candle | undefined): Fold {
  if (candle === undefined || candle.closed) return { candle, told: [] };
  const closed = { ...candle, closed: true };
  return { candle: closed, told: [closed] };
}
