import {
  type Observable,
  type ObservableInput,
  type SchedulerLike,
  NEVER,
  ReplaySubject,
  Subject,
  catchError,
  defer,
  distinctUntilChanged,
  finalize,
  from,
  ignoreElements,
  map,
  merge,
  of,
  share,
  switchMap,
  take,
  tap,
  throwError,
  throwIfEmpty,
  timeout,
  timer,
} from 'rxjs';
import { isFatal } from '../errors/isFatal.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { FaultNotice } from '../model/fault.js';
import { type PausePolicy, defaultPause, pauseBefore } from './pause.js';

/** Something secret that opens doors for a while. */
export interface Credential<T> {
  readonly value: T;
  /** When it runs out, in ms of our clock; `Infinity`: never. */
  readonly expiresAt: number;
}

/** Gives access tokens, wherever they come from. Asked again when one runs out or is refused; the first value counts. */
export type TokenProvider = () => ObservableInput<Credential<string>>;

/** Where a token comes from, and when it is asked for anew. */
export interface CredentialsConfig<T> {
  /** What they are called in faults and losses: `token`. */
  readonly name: string;
  /**
   * Asks for new ones; the first value counts. An `AuthenticationRefusedError` is final; anything else is tried again
   * after a pause, and only its kind and status are told.
   */
  readonly obtain: () => ObservableInput<Credential<T>>;
  /** How long before they run out they are renewed, and no longer used for anything new, in ms. Default: 60,000. */
  readonly renewAhead?: number | undefined;
  /** How long asking may take, in ms. Default: 8,000. */
  readonly obtainWithin?: number | undefined;
  /** Between two attempts that fail. Default: 5 s, doubling to 60 s. */
  readonly pause?: Partial<PausePolicy> | undefined;
  readonly scheduler: SchedulerLike;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (fault: FaultNotice) => void;
}

interface Held<T> extends Credential<T> {
  readonly obtainedAt: number;
}

/** Timers of platforms end at 2^31 ms. */
const LONGEST_TIMER = 86_400_000;
/** Credentials that are refused sooner than this were never good: asking for others at once would not help. */
const FRESH = 60_000;

/**
 * Credentials that run out: asked for when they are needed, once for all who need them at the same time, and renewed
 * ahead of their end while somebody keeps them. What they are is never told; that and why they could not be had is.
 */
export class Credentials<T> {
  private held: Held<T> | undefined;
  private flight: Observable<Held<T>> | undefined;
  private readonly changes = new Subject<Held<T>>();
  private readonly pause: PausePolicy;
  private readonly renewAhead: number;
  /** In a row: how often they could not be had, and how often fresh ones were refused. */
  private failures = 0;
  private refusals = 0;
  private notBefore = -Infinity;
  private trouble = '';

  constructor(private readonly config: CredentialsConfig<T>) {
    this.pause = { ...defaultPause, base: 5_000, cap: 60_000, ...config.pause };
    this.renewAhead = config.renewAhead ?? 60_000;
  }

  /**
   * Emits credentials that are good for a while yet, and completes. Asks for some where there are none; two who ask at
   * once ask once.
   *
   * @throws (on the stream) WireLostError with reason `auth` where they can't be had now, also during the pause after a
   *   failure; AuthenticationRefusedError where the venue refused for good.
   */
  get(): Observable<T> {
    return this.current().pipe(map(({ value }) => value));
  }

  /**
   * Asks for new ones, however good the present ones may be; two who ask at once ask once. What there was before stays in
   * use until they are there.
   *
   * @throws (on the stream) what {@link get} throws.
   */
  fresh(): Observable<T> {
    return defer(() => this.obtain()).pipe(map(({ value }) => value));
  }

  /**
   * Emits the present credentials and then each new one. While it is observed they are renewed ahead of their end; a
   * renewal that fails is tried again until they have run out.
   *
   * @throws (on the stream) what {@link get} throws where there are none, and WireLostError with reason `auth` when they
   *   have run out; AuthenticationRefusedError at once.
   */
  readonly kept$: Observable<T> = defer(() => merge(this.current(), this.changes)).pipe(
    distinctUntilChanged(),
    switchMap((held) => merge(of(held.value), this.end(held), this.renewal(this.renewalTime(held)))),
    share({ connector: () => new ReplaySubject(1) }),
  );

  /** The venue refused these: new ones are asked for when some are needed next. */
  refuse(value: T): void {
    const { held } = this;
    if (held === undefined || held.value !== value) return;
    this.held = undefined;
    const now = this.config.scheduler.now();
    if (now - held.obtainedAt >= FRESH) {
      this.refusals = 0;
      return;
    }
    this.refusals += 1;
    this.trouble = 'the venue refused one that was new';
    this.rest(this.refusals, now);
  }

  private current(): Observable<Held<T>> {
    return defer(() => {
      const { held } = this;
      const isGood = held !== undefined && this.config.scheduler.now() < this.renewalTime(held);
      return isGood ? of(held) : this.obtain();
    });
  }

  private obtain(): Observable<Held<T>> {
    const { name, obtain, obtainWithin = 8_000, scheduler } = this.config;
    if (this.flight !== undefined) return this.flight;
    const wait = this.notBefore - scheduler.now();
    if (wait > 0) {
      const text = `no ${name}: ${this.trouble}; asked for again in ${Math.ceil(wait)} ms at the earliest`;
      return throwError(() => new WireLostError('auth', text));
    }
    const land = (): void => {
      if (this.flight === flight) this.flight = undefined;
    };
    const flight: Observable<Held<T>> = defer(() => from(obtain())).pipe(
      take(1),
      throwIfEmpty(() => new RequestFailedError('no answer')),
      timeout({ first: obtainWithin, scheduler }),
      map((credential): Held<T> => {
        const obtainedAt = scheduler.now();
        if (credential.expiresAt > obtainedAt) return { ...credential, obtainedAt };
        throw new ExpiredError();
      }),
      tap((held) => {
        land();
        this.failures = 0;
        this.held = held;
        this.changes.next(held);
      }),
      catchError((error: unknown) => {
        land();
        return throwError(() => this.failed(error));
      }),
      finalize(land),
      share({ connector: () => new ReplaySubject(1) }),
    );
    this.flight = flight;
    return flight;
  }

  private failed(error: unknown): unknown {
    if (isFatal(error)) return error;
    const { name, report, scheduler } = this.config;
    this.failures += 1;
    this.trouble = kindOf(error);
    this.rest(this.failures, scheduler.now());
    const message = `the ${name} could not be had: ${this.trouble}`;
    report({ type: 'credentials', attempt: this.failures, message });
    return new WireLostError('auth', message);
  }

  private rest(count: number, now: number): void {
    this.notBefore = Math.max(this.notBefore, now + pauseBefore(count + 1, this.pause, this.config.random));
  }

  /** Short-lived ones are used for half their life at the least. */
  private renewalTime({ obtainedAt, expiresAt }: Held<T>): number {
    return Math.max(expiresAt - this.renewAhead, obtainedAt + (expiresAt - obtainedAt) / 2);
  }

  private renewal(time: number): Observable<never> {
    return this.at(time).pipe(
      switchMap(() => this.obtain()),
      ignoreElements(),
      catchError((error: unknown) =>
        isFatal(error)
          ? throwError(() => error)
          : this.renewal(Math.max(this.notBefore, this.config.scheduler.now() + 1)),
      ),
    );
  }

  private end({ expiresAt }: Held<T>): Observable<never> {
    return this.at(expiresAt).pipe(
      map(() => {
        throw new WireLostError('auth', `the ${this.config.name} has run out: ${this.trouble}`);
      }),
    );
  }

  private at(time: number): Observable<unknown> {
    const { scheduler } = this.config;
    return defer(() => {
      const left = time - scheduler.now();
      if (left === Infinity) return NEVER;
      if (left <= LONGEST_TIMER) return timer(Math.max(0, left), scheduler);
      return timer(LONGEST_TIMER, scheduler).pipe(switchMap(() => this.at(time)));
    });
  }
}

/** The venue gave something whose time is over already. */
class ExpiredError extends Error {
  override readonly name = 'ExpiredError';
}

/** What may be told of an error that may hold anything. */
function kindOf(error: unknown): string {
  if (error instanceof RequestFailedError) {
    return error.status === undefined ? 'no usable answer' : `the answer had status ${error.status}`;
  }
  if (error instanceof ExpiredError) return 'what came has run out already, by our clock';
  return error instanceof Error ? error.name : typeof error;
}
