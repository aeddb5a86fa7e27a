import { Observable, Subject, type OperatorFunction, type Subscription, debounceTime } from 'rxjs';
import { bookMachine } from '../book/machine/bookMachine.js';
import type { MachineInput } from '../book/machine/port.js';
import type { Note } from '../book/machine/note.js';
import type { RequestFailedError } from '../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { BookState } from '../model/bookState.js';
import type { DepthEvent } from '../model/depthEvent.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { inTurn } from '../socket/inTurn.js';
import type { DepthFeedConfig } from './depthFeedConfig.js';
import { faultOf } from './bookFault.js';
import type { BookUpdate } from './bookUpdate.js';
import { mendRequest } from './mendRequest.js';
import { passOn } from './passOn.js';
import { defaultPause, pauseBefore } from './pause.js';

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
 * - Goes stale in the very step that notices a gap, a failed checksum, a crossed top, a lost session, silence.
 * - Asks for one snapshot at a time: at once, then with growing pauses until the book was live for a while. Diffs are
 *   held meanwhile.
 * - Each event of a frame is judged by itself: what a venue wants seen together must be one diff.
 *
 * @returns An operator. Each observer has a book of its own; share what comes out of it. Completes with the channel,
 *   errors with what the channel errors with, and with a `SubscriptionRefusedError` of `snapshot`. Any other error of
 *   `snapshot` is reported and tried again.
 */
export function depthFeed(config: DepthFeedConfig): OperatorFunction<DepthChannelEvent, BookUpdate> {
  const { scheduler, snapshot, silentAfter, audit } = config;
  const join = snapshot ? (config.join ?? 'request') : 'frame';
  const mend = snapshot ? (config.mend ?? 'request') : 'resubscribe';
  const pause = { ...defaultPause, ...config.pause };
  const now = (): number => scheduler.now();
  const note = (noted: Note): void => {
    config.report(faultOf(noted, config.channel));
  };
  // Not composed of operators: a step would pass five of them for each diff, and the requests feed back into the fold.
  return (source) =>
    new Observable((observer) => {
      // Only where somebody listens: they would be on the way of every diff.
      const updates$ = audit && new Subject<BookUpdate>();
      const heard$ = silentAfter === undefined ? undefined : new Subject<void>();
      let request: Subscription | undefined;

      const tell = (state: BookState, events: readonly DepthEvent[]): void => {
        const update: BookUpdate = { state, events };
        observer.next(update);
        updates$?.next(update);
        if (state.status === 'live') heard$?.next();
      };
      const want = (asked: number, attempt: number, atLeast: number, byRequest: boolean): void => {
        request?.unsubscribe();
        if (asked === 0 || observer.closed) return;
        const failed = (text: string, retryAfter = 0): void => {
          step({ type: 'failed', asked, text, atLeast: retryAfter });
        };
        const wait = Math.max(pauseBefore(attempt, pause, config.random), atLeast || 0);
        // What it tells behind its answer is told under a number that nobody asks for any more.
        request = mendRequest(config, wait, byRequest).subscribe({
          next: (answer) => {
            step({ type: 'answered', asked, snapshot: answer });
          },
          complete: () => {
            failed('no answer');
          },
          error: (error: unknown) => {
            const { message, retryAfter } = Object(error) as Partial<RequestFailedError>;
            if (error instanceof SubscriptionRefusedError) observer.error(error);
            else failed(message ?? String(error), retryAfter);
          },
        });
      };
      const machine = bookMachine({ ...config, join, mend, stableAfter: pause.stableAfter }, { now, tell, note, want });
      /** What an observer, a request or a resubscription says within a step waits until the step is done. */
      const step = inTurn((input: MachineInput) => {
        try {
          if (!observer.closed) machine(input);
        } catch (error) {
          observer.error(error);
        }
      });

      observer.add(() => {
        // As at the end of a session: what is held met no snapshot.
        machine({ type: 'lost', reason: 'closed' });
      });
      observer.add(
        heard$?.pipe(debounceTime(silentAfter ?? 0, scheduler)).subscribe(() => {
          step({ type: 'silence' });
        }),
      );
      if (updates$) {
        observer.add(
          audit.compare(updates$, { snapshot, scheduler }).subscribe((drift) => {
            note(drift);
            step({ type: 'resync' });
          }),
        );
      }
      observer.add(
        config.resync$?.subscribe(() => {
          step({ type: 'resync' });
        }),
      );
      observer.add(
        config.planned$?.subscribe(() => {
          step({ type: 'resync', isPlanned: true });
        }),
      );
      observer.add(
        passOn(source, observer, (event) => {
          if (event.type !== 'message') {
            step(event);
            return;
          }
          const { value } = event;
          if (isOne(value)) step(value);
          // A frame that changes nothing shows that the venue is there; a diff that is passed over shows nothing.
          else if (value.length === 0) heard$?.next();
          else value.forEach(step);
        }),
      );
    });
}

const isOne = (value: DepthEvent | readonly DepthEvent[]): value is DepthEvent => !Array.isArray(value);
