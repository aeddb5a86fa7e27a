import {
  EMPTY,
  Subject,
  asyncScheduler,
  defer,
  endWith,
  ignoreElements,
  interval,
  map,
  merge,
  takeUntil,
  tap,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import { aDuration, aFiniteNumber, aScheduler, anObservable, checkConfig, texts } from '../errors/optionRules.js';
import type { Fault } from '../model/fault.js';
import { type SteadyScheduler, steady } from '../time/steadyScheduler.js';

/** What health is read from: quotes, trades, tickers, candles of any venue have it. */
export interface Timed {
  readonly instrument: string;
  /** In ms, where the venue tells. */
  readonly venueTime?: number | undefined;
  readonly receivedTime: number;
}

/** What the health of a stream is judged by. */
export interface HealthConfig {
  /** How often it is told, in ms. */
  readonly every: number;
  /** An instrument without a value for so many ms is stale. */
  readonly staleAfter: number;
  /** Instruments that are expected: one that never came is stale, too. Default: those that came. */
  readonly expected?: readonly string[];
  /** What goes wrong beside the stream: `exchange.faults$`. Default: nothing is counted. */
  readonly faults$?: Observable<Fault>;
  /** The clock that stamps `receivedTime`. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

/** How a stream was doing when it was told. Times in ms; a new value at each tick, never changed afterwards. */
export interface Health {
  /** When it was told, in ms. */
  readonly at: number;
  /** Values since the beginning. */
  readonly total: number;
  /** Values a second since it was told last. */
  readonly rate: number;
  /** How long ago the latest value of each instrument was received, in ms. */
  readonly ages: ReadonlyMap<string, number>;
  /** Instruments that are stale, in order of their names. */
  readonly stale: readonly string[];
  /** Faults since the beginning, by type. */
  readonly errors: Readonly<Partial<Record<Fault['type'], number>>>;
  /**
   * How long values took from the venue's time to ours, in ms, over the latest 1,000 that tell. Clocks differ: it may be
   * negative. Absent while none told.
   */
  readonly latency: { readonly p50: number; readonly p90: number; readonly p99: number } | undefined;
}

const SAMPLES = 1_000;

/**
 * How a stream of many instruments is doing, at every tick: how fast values come, how old each instrument is, which are
 * stale, what went wrong beside it, and how long values are on their way.
 *
 *     values               -q--p---p-p|
 *     health every 4 ms    ----x---y--(z|)    drawn and tested in marbles/health.txt
 *
 * Counting a value costs the same however many instruments there are; only a tick looks at all of them.
 *
 * @returns An operator. Tells once more when the source completes, and completes with it. Errors with the source and with
 *   `faults$`. Subscribes `faults$` first, since the first fault may come with the first value.
 * @throws InvalidArgumentError at once unless `every` and `staleAfter` are above 0; `staleAfter` may be `Infinity`.
 */
export function health<T extends Timed>(config: HealthConfig): OperatorFunction<T, Health> {
  checkConfig('config', config, needed, others);
  const { every, faults$ = EMPTY, scheduler = asyncScheduler } = config;
  return (source) =>
    defer(() => {
      const time = steady(scheduler);
      const { count, blame, current } = tally(config, time);
      const ended = new Subject<void>();
      const values = source.pipe(tap({ next: count, complete: () => ended.next() }), ignoreElements());
      const faults = faults$.pipe(tap(blame), ignoreElements(), takeUntil(ended));
      const ticks = interval(every, time).pipe(takeUntil(ended));
      return merge(faults, ticks, values).pipe(endWith(undefined), map(current));
    });
}

const needed = { every: aFiniteNumber, staleAfter: aDuration };
const others = { expected: texts, faults$: anObservable, scheduler: aScheduler };

/** When a value was received, by the clock, and what had passed by then: the clock may be set back since. */
interface Received {
  readonly at: number;
  readonly since: number;
}

/** What one subscription counts. Changed in place, since a value must cost little; what is told never changes. */
function tally({ staleAfter, expected = [] }: HealthConfig, time: SteadyScheduler) {
  const received = new Map<string, Received>();
  const begunAt = time.elapsed();
  const latencies: number[] = [];
  let errors: Health['errors'] = {};
  let total = 0;
  let timed = 0;
  let last = { at: begunAt, total: 0 };

  return {
    count: ({ instrument, venueTime, receivedTime }: Timed): void => {
      total += 1;
      received.set(instrument, { at: receivedTime, since: time.elapsed() });
      if (venueTime === undefined) return;
      latencies[timed % SAMPLES] = receivedTime - venueTime;
      timed += 1;
    },
    blame: ({ type }: Fault): void => {
      errors = { ...errors, [type]: (errors[type] ?? 0) + 1 };
    },
    current: (): Health => {
      const at = time.now();
      const now = time.elapsed();
      const passed = now - last.at;
      const rate = passed === 0 ? 0 : ((total - last.total) * 1_000) / passed;
      last = { at: now, total };
      const ages = new Map(
        [...received].map(([instrument, one]) => [instrument, Math.max(at - one.at, now - one.since)]),
      );
      const age = (instrument: string): number => ages.get(instrument) ?? now - begunAt;
      const stale = [...new Set([...expected, ...ages.keys()])].filter((one) => age(one) >= staleAfter).sort();
      return { at, total, rate, ages, stale, errors, latency: quantilesOf(latencies) };
    },
  };
}

/** The value that so large a part of all does not exceed. */
function quantilesOf(values: readonly number[]): Health['latency'] {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((left, right) => left - right);
  const quantile = (part: number): number => sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
  return { p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99) };
}
