import { Observable, type OperatorFunction, type SchedulerLike, type Subscription, timer } from 'rxjs';
import { endsTo } from '../../../feed/endsTo.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import { steady } from '../../../time/steadyScheduler.js';
import { Assembler, type Indexed, type IndexedChange } from './transactions.js';

export interface AssembleConfig {
  readonly scheduler: SchedulerLike;
  /**
   * How long a first snapshot may stand still before it is given up as missed, in ms; and within how long whatever begins
   * upon a list that is there must be whole, since that list stands still as long.
   */
  readonly within: number;
}

/** Events held for the end of a snapshot or transaction; one that is longer is given up as missed. */
const MOST_HELD = 1_000_000;

/**
 * How long after the first sign of a subscription its snapshot may take to begin, in ms. A fold that joins a channel which
 * others have is told of no snapshot at all, and has it sent anew.
 */
const BEGINS_WITHIN = 1_000;

/**
 * Makes whole changes of the events of an indexed channel, each session by itself. What has begun and does not go on was
 * cut off at the venue: it is told as `missed`, and so is what comes without a snapshot before it.
 */
export function assemble<E extends Indexed>({
  scheduler: given,
  within,
}: AssembleConfig): OperatorFunction<ChannelEvent<E>, ChannelEvent<IndexedChange<E>>> {
  const scheduler = steady(given);
  return (source) =>
    new Observable((observer) => {
      let assembler = new Assembler<E>();
      /** Since when it is waited for: the last arrival of a first snapshot, the beginning of anything else. */
      let heardAt = 0;
      let watch: Subscription | undefined;
      const bound = (): number => (assembler.hasBegun ? within : Math.min(within, BEGINS_WITHIN));
      const rest = (): void => {
        watch?.unsubscribe();
        watch = undefined;
      };
      const miss = (): void => {
        assembler = new Assembler();
        observer.next({ type: 'missed', at: scheduler.now() });
      };
      /** One timer, which looks at the last arrival: an arrival costs none. */
      const look = (ms: number): void => {
        watch = timer(ms, scheduler).subscribe(() => {
          watch = undefined;
          if (!assembler.isWaiting) return;
          const left = heardAt + bound() - scheduler.elapsed();
          if (left > 0) look(left);
          else miss();
        });
      };
      observer.add(rest);
      observer.add(
        source.subscribe(
          endsTo(observer, (event) => {
            if (event.type !== 'message') {
              // After a frame that is missing, what has begun is not whole whatever ends it.
              if (event.type !== 'confirmed') assembler = new Assembler();
              if (event.type === 'begun' || event.type === 'lost') rest();
              observer.next(event);
              if (event.type === 'confirmed' && watch === undefined) {
                heardAt = scheduler.elapsed();
                look(bound());
              }
              return;
            }
            const isBeginning = assembler.held === 0;
            const change = assembler.add(event.value);
            if (assembler.isBroken || assembler.held > MOST_HELD) {
              miss();
              return;
            }
            // What comes before a snapshot has begun is no sign that one will.
            if (assembler.isSynced ? isBeginning : assembler.hasBegun || watch === undefined)
              heardAt = scheduler.elapsed();
            if (change !== undefined) observer.next({ type: 'message', value: change });
            if (assembler.isWaiting && watch === undefined) look(bound());
          }),
        ),
      );
    });
}
