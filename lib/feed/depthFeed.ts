import { Observable, Subject, type OperatorFunction, type Subscription } from 'rxjs';
import { startMachine, step } from '../book/bookMachine.js';
import type { BookMachine, MachineConfig, MachineInput } from '../book/machine/machine.js';
import { emptyTally } from '../book/tally.js';
import type { DepthEvent } from '../model/depthEvent.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { audit } from './audit.js';
import { checkConfig, type DepthFeedConfig } from './depthFeedConfig.js';
import { faultOf } from './feedFault.js';
import type { FeedUpdate } from './feedUpdate.js';
import { resubscription, snapshotRequest } from './mendRequest.js';
import { defaultPause, pauseBefore } from './pause.js';
import { SilenceWatch } from './silenceWatch.js';

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
 * @throws RangeError (when called) if the config lacks what its `join`, `mend` or `audit` takes.
 */
export function depthFeed(config: DepthFeedConfig): OperatorFunction<DepthChannelEvent, FeedUpdate> {
  checkConfig(config);
  const { scheduler, random, report, snapshot, resubscribe, answerWithin = 10_000, silentAfter, resync$ } = config;
  const pause = { ...defaultPause, ...config.pause };
  // Not composed of operators: a step would pass five of them for each diff, and the requests feed back into the fold.
  return (source) =>
    new Observable<FeedUpdate>((observer) => {
      const machineConfig = toMachineConfig(config, pause.stableAfter);
      const updates$ = config.audit === undefined ? undefined : new Subject<FeedUpdate>();
      const now = (): number => scheduler.now();
      let machine: BookMachine = startMachine;
      let request: Subscription | undefined;
      let requested = 0;
      let busy = false;
      const waiting: MachineInput[] = [];

      /** What an observer, a request or a resubscription says within a step waits until the step is done. */
      const tell = (input: MachineInput): void => {
        if (observer.closed) return;
        if (busy) {
          waiting.push(input);
          return;
        }
        busy = true;
        try {
          advance(input);
          while (waiting.length > 0) for (const next of waiting.splice(0)) advance(next);
        } catch (error) {
          observer.error(error);
        } finally {
          busy = false;
        }
      };

      const advance = (input: MachineInput): void => {
        const before = machine;
        machine = step(before, input, now, machineConfig);
        if (machine === before) return;
        const { state, events, notes, mending } = machine;
        if (notes.length > 0) for (const note of notes) report(faultOf(note, config, now()));
        if (state.status === 'live' && before.state.status !== 'live') silence?.heard(now());
        if (events.length > 0 || state !== before.state) {
          const update: FeedUpdate = { state, events };
          observer.next(update);
          updates$?.next(update);
        }
        if (mending.asking !== requested && !observer.closed) follow();
      };

      /** Has exactly that request running which the book wants. */
      const follow = (): void => {
        const { phase, mending } = machine;
        const { asking, attempt, atLeast } = mending;
        request?.unsubscribe();
        requested = asking;
        if (asking === 0) return;
        const wait = Math.max(pauseBefore(attempt, pause, random), atLeast);
        const answer$ =
          phase === 'requesting' && snapshot !== undefined
            ? snapshotRequest(asking, wait, snapshot, scheduler)
            : resubscription(asking, wait, resubscribe ?? nothing, answerWithin, scheduler);
        request = answer$.subscribe({ next: tell, error: (error: unknown) => observer.error(error) });
      };

      const silence =
        silentAfter === undefined
          ? undefined
          : new SilenceWatch(silentAfter, scheduler, () => tell({ type: 'silence' }));

      observer.add(() => {
        request?.unsubscribe();
        silence?.stop();
        machineConfig.fold.tally.early += machine.mending.held.size;
      });
      observer.next({ state: machine.state, events: machine.events });
      if (updates$ !== undefined && config.audit !== undefined && snapshot !== undefined) {
        observer.add(
          updates$.pipe(audit(config.audit, { snapshot, scheduler })).subscribe((levels) => {
            const message = `${config.channel}: ${levels} levels differ from a fresh snapshot`;
            const { venue, channel } = config;
            report({ type: 'drift', venue, channel, at: now(), levels, message });
            tell({ type: 'resync' });
          }),
        );
      }
      observer.add(resync$?.subscribe(() => tell({ type: 'resync' })));
      observer.add(
        source.subscribe({
          next: (event) => {
            if (event.type !== 'message') {
              tell(event);
              return;
            }
            silence?.heard(now());
            const { value } = event;
            if (isOne(value)) tell(value);
            else for (const one of value) tell(one);
          },
          error: (error: unknown) => observer.error(error),
          complete: () => observer.complete(),
        }),
      );
    });
}

const nothing = (): void => undefined;

const isOne = (value: DepthEvent | readonly DepthEvent[]): value is DepthEvent => !Array.isArray(value);

function toMachineConfig(config: DepthFeedConfig, stableAfter: number): MachineConfig {
  const { instrument, rule, join, mend, checksum, sizes, depth, holdLimit = 10_000, tally = emptyTally() } = config;
  return { instrument, rule, join, mend, checksum, sizes, fold: { depth, tally }, holdLimit, stableAfter };
}
