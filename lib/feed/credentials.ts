import {
  type Observable,
  type ObservableInput,
  type SchedulerLike,
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
import { isPage } from './isPage.js';
import type { FaultNotice } from '../model/fault.js';
import { notFollowed } from '../network/redirectOf.js';
import { type SteadyScheduler, steady } from '../time/steadyScheduler.js';
import { type PausePolicy, defaultPause, pauseBefore } from './pause.js';
import { UnusableTokenError } from './tokenOf.js';

/** Something secret that opens doors for a while. */
export interface Credential<T> {
  /** What is presented to the venue. */
  readonly value: T;
  /** When it runs out, in ms of our clock; `Infinity`: never. */
  readonly expiresAt: number;
}

/** Gives access tokens, wherever they come from. Asked again when one runs out or is refused; the first value counts. */
export type TokenProvider = () => ObservableInput<Credential<string>>;

/** Where a token comes from, and when it is requested anew. */
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
  /** Told when they can not be had, of what can be said of that. */
  readonly report: (fault: FaultNotice) => void;
}

/** What there is, and when it came, is to be renewed and ends by what has passed since: the clock may be set meanwhile. */
interface Held<T> extends Credential<T> {
  readonly obtainedAt: number;
  readonly renewsAt: number;
  readonly endsAt: number;
}

/** Credentials that are refused sooner than this were never good: asking for others at once would not help. */
const FRESH = 60_000;
/** What lasts no longer, in ms, is over before it can be used: another one would be asked for at once, and so on. */
const LEAST = 1_000;

/**
 * Credentials that run out: requested when they are needed, once for all who need them at the same time, and renewed
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
  private readonly time: SteadyScheduler;

  constructor(private readonly config: CredentialsConfig<T>) {
    this.pause = { ...defaultPause, base: 5_000, cap: 60_000, ...config.pause };
    this.renewAhead = config.renewAhead ?? 60_000;
    this.time = steady(config.scheduler);
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
    switchMap((held) => merge(of(held.value), this.end(held), this.renewal(held.renewsAt))),
    share({ connector: () => new ReplaySubject(1) }),
  );

  /** The venue refused these: new ones are requested when some are needed next. */
  refuse(value: T): void {
    const { held } = this;
    if (held === undefined || held.value !== value) return;
    this.held = undefined;
    const now = this.time.elapsed();
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
      return held !== undefined && this.isGood(held) ? of(held) : this.obtain();
    });
  }

  private obtain(): Observable<Held<T>> {
    const { name, obtain, obtainWithin = 8_000 } = this.config;
    if (this.flight !== undefined) return this.flight;
    const wait = this.notBefore - this.time.elapsed();
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
      timeout({ first: obtainWithin, scheduler: this.time }),
      map((credential) => this.heldOf(credential)),
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
    const { name, report } = this.config;
    this.failures += 1;
    this.trouble = kindOf(error);
    const now = this.time.elapsed();
    this.rest(this.failures, now);
    // Whoever gives tokens may say when to come back, whatever the status.
    if (error instanceof RequestFailedError) this.notBefore = Math.max(this.notBefore, now + (error.retryAfter ?? 0));
    const message = `the ${name} could not be had: ${this.trouble}`;
    report({ type: 'credentials', attempt: this.failures, message });
    return new WireLostError('auth', message);
  }

  private rest(count: number, now: number): void {
    this.notBefore = Math.max(this.notBefore, now + pauseBefore(count + 1, this.pause, this.config.random));
  }

  private heldOf(credential: Credential<T>): Held<T> {
    const life = credential.expiresAt - this.time.now();
    if (!(life > LEAST)) throw new ExpiredError();
    const obtainedAt = this.time.elapsed();
    // Short-lived ones are used for half their life at the least.
    const renewsAt = obtainedAt + Math.max(life - this.renewAhead, life / 2);
    return { ...credential, obtainedAt, renewsAt, endsAt: obtainedAt + life };
  }

  /** By what has passed, and by the clock: it may have been set right, or all of this have slept. */
  private isGood({ renewsAt, endsAt, expiresAt }: Held<T>): boolean {
    return (
      this.time.elapsed() < renewsAt && (expiresAt === Infinity || this.time.now() < expiresAt - (endsAt - renewsAt))
    );
  }

  private renewal(time: number): Observable<never> {
    return this.at(time).pipe(
      switchMap(() => this.obtain()),
      ignoreElements(),
      catchError((error: unknown) =>
        isFatal(error) ? throwError(() => error) : this.renewal(Math.max(this.notBefore, this.time.elapsed() + 1)),
      ),
    );
  }

  private end({ endsAt }: Held<T>): Observable<never> {
    return this.at(endsAt).pipe(
      map(() => {
        throw new WireLostError('auth', `the ${this.config.name} has run out: ${this.trouble}`);
      }),
    );
  }

  private at(time: number): Observable<unknown> {
    return defer(() => timer(Math.max(0, time - this.time.elapsed()), this.time));
  }
}

/** The venue gave something whose time is over already, or nearly. */
class ExpiredError extends Error {
  override readonly name = 'ExpiredError';
}

/** How much of a page is told that came for an answer, in characters. */
const TOLD = 100;

/** What may be told of an error that may hold anything. */
function kindOf(error: unknown): string {
  if (error instanceof RequestFailedError) {
    if (error.ledTo !== undefined) return notFollowed(error.ledTo);
    const { status, asked, text } = error;
    if (status === undefined) return 'no usable answer';
    const what = `the answer had status ${status}${status < 300 ? ' and was no JSON' : ''}`;
    // Without an address it is of a provider of somebody else's, which may have put anything into it.
    return asked === undefined || !isPage(text) ? what : `${what} (${asked}): ${text.slice(0, TOLD)}`;
  }
  if (error instanceof UnusableTokenError) return 'what came is no token: a text is expected';
  if (error instanceof ExpiredError) return 'what came has run out already, by our clock';
  return error instanceof Error ? error.name : typeof error;
}
