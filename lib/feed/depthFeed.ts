import { Observable, type OperatorFunction, Subject, type Subscriber, type Subscription, scan } from 'rxjs';
import { type BookContext, contextOf } from '../book/machine/context.js';
import type { BookInput } from '../book/machine/input.js';
import type { Note } from '../book/machine/note.js';
import type { Step, Want } from '../book/machine/state.js';
import { advance, firstStep } from '../book/machine/step.js';
import type { RequestFailedError } from '../errors/requestFailedError.js';
import type { BookUpdate } from '../model/bookUpdate.js';
import type { DepthEvent } from '../model/depthEvent.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { reportRefused } from '../socket/reportRefused.js';
import { inTurn } from '../time/inTurn.js';
import { Silence } from '../socket/silence.js';
import { type SteadyScheduler, steady } from '../time/steadyScheduler.js';
import { faultOf } from './bookFault.js';
import type { DepthFeedConfig } from './depthFeedConfig.js';
import { Lateness } from './lateness.js';
import { mendRequest } from './mendRequest.js';
import { passOn } from './passOn.js';
import { type PausePolicy, defaultPause, pauseBefore } from './pause.js';

/** What a depth channel tells: a frame holds one change or several, in order. */
export type DepthChannelEvent = ChannelEvent<DepthEvent | readonly DepthEvent[]>;

/**
 * Folds the events of a depth channel into the states of its book, and keeps the book right: joins it to a snapshot,
 * notices what was lost, has it mended, and says so meanwhile.
 *
 *     channel   b-1-2-3---5-6---7-l---b-8-9---    b begun, l lost, 5 does not follow 3
 *     snapshot    --s     --t           --u       s holds 1, t holds 5, u holds 8
 *     depthFeed y---2-3---!---6-7-!-------u9--    y syncing, ! stale, otherwise live at that sequence
 *
 * - Emits `syncing` at once, then one update for each diff folded and for each change of the claim.
 * - Goes stale in the very step that notices a gap, a failed checksum, a crossed top, a lost session, silence, and as its
 *   wire is found to be late; it is folded on then, and emitted again as it stands when the wire has caught up.
 * - Requests one snapshot at a time: at once, then with growing pauses until the book was live for a while. Diffs are
 *   held meanwhile.
 * - Each event of a frame is judged by itself: what a venue wants seen together must be one diff.
 *
 * @returns An operator. Each observer has a book of its own; share what comes out of it. Completes with the channel,
 *   errors with what the channel errors with, and with a `SubscriptionRefusedError` of `snapshot`. Any other error of
 *   `snapshot` is reported and tried again.
 */
export function depthFeed(config: DepthFeedConfig): OperatorFunction<DepthChannelEvent, BookUpdate> {
  return (source) => new Observable((observer) => new DepthFeed(config, observer).run(source));
}

type Late = Extract<DepthChannelEvent, { readonly type: 'late' }>;

/** One running book: a scan of what happens to it, and what its steps want done. */
class DepthFeed {
  readonly #config: DepthFeedConfig;
  readonly #observer: Subscriber<BookUpdate>;
  readonly #scheduler: SteadyScheduler;
  readonly #pause: PausePolicy;
  readonly #context: BookContext;
  /** Where the inputs go that the scan takes. */
  #inputs: Subscriber<BookInput> | undefined;
  /** What an observer, a request or a resubscription says within a step waits until the step is done. */
  readonly #dispatch = inTurn((input: BookInput | Late) => {
    if (input.type === 'late') this.#turn(input);
    else this.#inputs?.next(input);
    // Where it begins anew it may have been told of no loss, nor of the end of that; where it is late, it is told so again.
    if (input.type === 'lost' || input.type === 'begun') this.#lateness.end();
  });
  readonly #lateness = new Lateness();
  /** Only where somebody listens: it would be on the way of every diff. */
  readonly #updates$: Subject<BookUpdate> | undefined;
  readonly #silence: Silence | undefined;
  #isWatched = false;
  #pending: Subscription | undefined;

  constructor(config: DepthFeedConfig, observer: Subscriber<BookUpdate>) {
    const { snapshot, silentAfter } = config;
    this.#config = config;
    this.#observer = observer;
    this.#scheduler = steady(config.scheduler);
    this.#pause = { ...defaultPause, ...config.pause };
    this.#context = contextOf(
      {
        ...config,
        join: snapshot ? (config.join ?? 'request') : 'frame',
        mend: config.mend ?? (snapshot ? 'request' : 'resubscribe'),
        stableAfter: this.#pause.stableAfter,
      },
      { now: () => this.#scheduler.now(), elapsed: () => this.#scheduler.elapsed() },
    );
    this.#updates$ = config.audit && new Subject();
    this.#silence =
      silentAfter === undefined
        ? undefined
        : new Silence({
            bound: () => silentAfter,
            scheduler: this.#scheduler,
            broken: () => {
              this.#isWatched = false;
              this.#dispatch({ type: 'silence' });
            },
          });
  }

  run(source: Observable<DepthChannelEvent>): void {
    const { resync$, planned$ } = this.#config;
    const observer = this.#observer;
    observer.add(() => {
      // As at the end of a session: what is held met no snapshot. Not in turn: there is none any more.
      this.#inputs?.next({ type: 'lost', reason: 'closed' });
      this.#silence?.stop();
    });
    const inputs$ = new Observable<BookInput>((inputs) => {
      this.#inputs = inputs;
    });
    observer.add(
      inputs$.pipe(scan(({ state }: Step, input) => advance(this.#context, state, input), firstStep)).subscribe({
        next: (step) => {
          this.#perform(step);
        },
        error: (error: unknown) => {
          observer.error(error);
        },
      }),
    );
    this.#perform(firstStep);
    observer.add(this.#audits());
    observer.add(
      resync$?.subscribe(() => {
        this.#dispatch({ type: 'resync' });
      }),
    );
    observer.add(
      planned$?.subscribe(() => {
        this.#dispatch({ type: 'resync', isPlanned: true });
      }),
    );
    observer.add(
      passOn(source, observer, (event) => {
        if (event.type !== 'message') {
          this.#dispatch(event);
          return;
        }
        const { value } = event;
        if (isOne(value)) this.#dispatch(value);
        // A frame that changes nothing shows that the venue is there; a diff that is passed over shows nothing.
        else if (value.length === 0) this.#hear();
        else value.forEach(this.#dispatch);
      }),
    );
  }

  /** All effects of a step, in their order. */
  #perform({ notes, update, want }: Step): void {
    try {
      for (const note of notes) this.#report(note);
      if (update !== undefined) this.#emit(update);
      if (want !== undefined) this.#request(want);
    } catch (error) {
      this.#observer.error(error);
    }
  }

  #report(note: Note): void {
    this.#config.report(faultOf(note, this.#config.channel));
  }

  #emit(update: BookUpdate): void {
    this.#observer.next(this.#lateness.of(update, this.#scheduler));
    this.#updates$?.next(update);
    if (update.state.status === 'live') this.#hear();
  }

  #turn({ isLate, at }: Late): void {
    const update = this.#lateness.turn(isLate, at);
    if (update !== undefined) this.#observer.next(update);
  }

  /** Nothing is heard too late from now on, if it wasn't before. */
  #hear(): void {
    if (this.#observer.closed) return;
    if (this.#isWatched) this.#silence?.hear();
    else this.#silence?.watch();
    this.#isWatched = true;
  }

  #request(want: Want): void {
    this.#pending?.unsubscribe();
    if (want.type === 'nothing' || this.#observer.closed) return;
    const { type, request, attempt, atLeast } = want;
    const wait = Math.max(pauseBefore(attempt, this.#pause, this.#config.random), atLeast || 0);
    const failed = (text: string, retryAfter = 0): void => {
      this.#dispatch({ type: 'failed', request, text, atLeast: retryAfter });
    };
    // What it emits behind its answer is passed on under a number that nobody waits for any more.
    this.#pending = mendRequest(this.#config, this.#scheduler, { type, wait }).subscribe({
      next: (snapshot) => {
        this.#dispatch({ type: 'answered', request, snapshot });
      },
      complete: () => {
        failed('no answer');
      },
      error: (error: unknown) => {
        const { message, retryAfter } = Object(error) as Partial<RequestFailedError>;
        if (reportRefused(error, this.#config)) this.#observer.error(error);
        else failed(message ?? String(error), retryAfter);
      },
    });
  }

  /** A book that drifted is mended. */
  #audits(): Subscription | undefined {
    const { audit, snapshot } = this.#config;
    if (audit === undefined || this.#updates$ === undefined) return undefined;
    return audit.compare(this.#updates$, { snapshot, scheduler: this.#scheduler }).subscribe((drift) => {
      this.#report(drift);
      this.#dispatch({ type: 'resync' });
    });
  }
}

const isOne = (value: DepthEvent | readonly DepthEvent[]): value is DepthEvent => !Array.isArray(value);
