import {
  type Observable,
  type SchedulerLike,
  ReplaySubject,
  Subject,
  defer,
  finalize,
  ignoreElements,
  map,
  of,
  retry,
  share,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { sparing } from '../../codec/sparing.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { leftOutOf } from '../../feed/leftOut.js';
import { defaultPause, pauseBefore } from '../../feed/pause.js';
import type { FaultNotice } from '../../model/fault.js';
import { type SteadyScheduler, steady } from '../../time/steadyScheduler.js';
import { MarketsAnswer } from './frames.js';
import { idOf } from './ids.js';
import type { Rest } from './rest.js';

/** A token as a market counts it. */
export interface O2Asset {
  /** The venue’s own, 0x and 64 digits. */
  readonly id: string;
  /** What people call it: `USDC`. */
  readonly symbol: string;
  /** Decimals of its smallest unit: amounts on the wire are whole numbers of these. */
  readonly decimals: number;
  /**
   * How many decimals an order may have: of the quote's its price, of the base's its size. Absent where the venue does not
   * say so. Source: the SDKs of o2-exchange/sdks, which cut orders off there, read 2026-11-29.
   */
  readonly precision?: number | undefined;
}

/** One market. Its prices are scaled by the decimals of `quote`, its sizes by those of `base`. */
export interface O2Market {
  /** `0x…`, in lower case. */
  readonly id: string;
  /** `ETH/USDC`, made of the two symbols. */
  readonly pair: string;
  /** What is bought and sold. */
  readonly base: O2Asset;
  /** What it is paid in. */
  readonly quote: O2Asset;
}

export interface MarketsConfig {
  readonly rest: Rest;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  readonly report: (fault: FaultNotice) => void;
  /** Emits or has emitted when the caller closed everything. */
  readonly closed$: Observable<unknown>;
}

/** A list as young as this is not asked for again, whatever is missing in it, in ms. */
const FRESH = 1_000;
/** How many keys lead to a whole market of the answer: `markets`, and which. */
const ROW = 2;
/** How long a list is good for who asks for all of it, in ms: as at other venues. */
const LIFETIME = 3_600_000;

/** The venue's markets: asked for once, and again when one is named that is not among them. */
export class Markets {
  private known: readonly O2Market[] = [];
  private byId: ReadonlyMap<string, O2Market> = new Map();
  private loadedAt = -Infinity;
  /** What of the last list could not be read. */
  private lacking = '';
  private readonly time: SteadyScheduler;
  private readonly load$: Observable<readonly O2Market[]>;
  private readonly changes = new Subject<readonly O2Market[]>();
  /** The one that is out. */
  private request: { readonly sentAt: number; readonly answer$: Observable<readonly O2Market[]> } | undefined;
  /** Emits each list that comes. Completes with the venue. */
  readonly changed$: Observable<readonly O2Market[]>;

  constructor(private readonly config: MarketsConfig) {
    const { random, report, closed$ } = config;
    this.time = steady(config.scheduler);
    this.changed$ = this.changes.pipe(takeUntil(closed$));
    this.load$ = this.loaded().pipe(
      retry({
        delay: (error: unknown, attempt) => {
          const text = error instanceof Error ? error.message : String(error);
          const message = `the markets could not be loaded: ${text}`;
          report({ type: 'snapshot', channel: 'markets', attempt, message });
          return timer(pauseBefore(attempt + 1, defaultPause, random), this.time);
        },
      }),
      takeUntil(closed$),
      share({ connector: () => new ReplaySubject(1) }),
    );
  }

  /** One market by id, if it is known by now. */
  get(id: string): O2Market | undefined {
    return this.byId.get(id);
  }

  /** One asset of any market, if it is known by now. */
  asset(id: string): O2Asset | undefined {
    for (const { base, quote } of this.known) {
      if (base.id === id) return base;
      if (quote.id === id) return quote;
    }
    return undefined;
  }

  /** All markets: those known, or loaded first. */
  all(): Observable<readonly O2Market[]> {
    return defer(() => (this.loadedAt === -Infinity ? this.load$ : of(this.known)));
  }

  /**
   * All markets as they were listed within the last hour.
   *
   * @throws (on the stream) RequestFailedError.
   */
  listed(): Observable<readonly O2Market[]> {
    return defer(() =>
      isYounger(this.time.elapsed() - this.loadedAt, LIFETIME) ? of(this.known) : this.loaded(),
    ).pipe(takeUntil(this.config.closed$));
  }

  /**
   * All markets as the venue lists them now: by one request, or by one that was sent a moment ago.
   *
   * @throws (on the stream) RequestFailedError.
   */
  loaded(): Observable<readonly O2Market[]> {
    return defer(() => {
      const now = this.time.elapsed();
      if (this.request !== undefined && isYounger(now - this.request.sentAt, FRESH)) return this.request.answer$;
      const answer$ = this.requested().pipe(
        tap((markets) => {
          this.known = markets;
          this.byId = new Map(markets.map((market) => [market.id, market]));
          this.loadedAt = this.time.elapsed();
          this.changes.next(markets);
        }),
        finalize(() => {
          if (this.request === request) this.request = undefined;
        }),
        share(),
      );
      const request = { sentAt: now, answer$ };
      this.request = request;
      return answer$;
    });
  }

  /** All markets, asked for anew unless that was just done. Waits as long as it takes. */
  refreshed(): Observable<readonly O2Market[]> {
    return defer(() => (this.freshFor() > 0 ? of(this.known) : this.load$));
  }

  /**
   * A market by its id or its pair.
   *
   * @throws (on the stream) SubscriptionRefusedError where a list loaded for the question does not hold it.
   */
  find(name: string): Observable<O2Market> {
    return this.all().pipe(
      switchMap(() => {
        const found = this.named(name);
        return found === undefined ? this.refreshed().pipe(map(() => this.named(name))) : of(found);
      }),
      map((found) => {
        if (found !== undefined) return found;
        const refusal = new SubscriptionRefusedError('o2', name, 'there is no such market');
        this.config.report({ type: 'refused', channel: name, message: refusal.message });
        throw refusal;
      }),
    );
  }

  /** What is known of the name by now. */
  named(name: string): O2Market | undefined {
    return this.byId.get(idOf(name)) ?? this.known.find(({ pair }) => pair.toUpperCase() === name.toUpperCase());
  }

  /** Completes when they were asked for once more; where that was just done, after a pause. */
  ensure(): Observable<never> {
    return defer(() => {
      const wait = this.freshFor();
      return wait > 0 ? timer(wait, this.config.scheduler).pipe(switchMap(() => this.load$)) : this.load$;
    }).pipe(takeUntil(this.config.closed$), ignoreElements());
  }

  /**
   * One that lacks markets that were there, since they could not be read, is asked for again: who is followed on what it
   * lists would miss what is there, and who names one of them would be told that there is none. What is lacking again is so
   * for good.
   */
  private requested(): Observable<readonly O2Market[]> {
    const { rest, random, report } = this.config;
    return defer(() => {
      const leftOut = leftOutOf('markets', report);
      let lacking = '';
      const answer = sparing(MarketsAnswer, ['markets.*'], (paths, payload, keys = []) => {
        lacking = paths.filter((_, i) => (keys[i]?.length ?? 0) <= ROW).join();
        leftOut(paths, payload, keys);
      });
      return rest.get('/v1/markets', {}, answer).pipe(
        switchMap(({ markets }) => {
          const isKnown = lacking === '' || lacking === this.lacking;
          this.lacking = lacking;
          if (isKnown) return of(markets.map(marketOf));
          return timer(pauseBefore(2, defaultPause, random), this.time).pipe(switchMap(() => this.requested()));
        }),
      );
    });
  }

  /** For how long, in ms, the list is too young to be asked for again; whatever the clock does, not longer than that. */
  private freshFor(): number {
    const age = this.time.elapsed() - this.loadedAt;
    return isYounger(age, FRESH) ? FRESH - age : 0;
  }
}

/** Whether something is that young; after a clock was set back nothing is. */
const isYounger = (age: number, bound: number): boolean => age >= 0 && age < bound;

function marketOf({ market_id, base, quote }: MarketsAnswer['markets'][number]): O2Market {
  const asset = ({ asset, symbol, decimals, max_precision: precision }: typeof base): O2Asset => ({
    id: asset,
    symbol,
    decimals,
    ...(typeof precision === 'number' && { precision: Math.min(precision, decimals) }),
  });
  return { id: market_id, pair: `${base.symbol}/${quote.symbol}`, base: asset(base), quote: asset(quote) };
}
