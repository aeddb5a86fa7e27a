import { Observable, type OperatorFunction, type SchedulerLike, type Subscriber, type Subscription, timer } from 'rxjs';
import { passOn } from '../../../feed/passOn.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import { type SteadyScheduler, steady } from '../../../time/steadyScheduler.js';
import { Assembler, type Indexed, type IndexedChange } from './transactions.js';

export interface AssembleConfig {
  readonly scheduler: SchedulerLike;
  /**
   * How long a first snapshot may stand still before it is given up as missed, in ms; six times as long where all that comes
   * may be changes of what it told. And within how long whatever begins upon a list that is there must be whole, since that
   * list stands still as long.
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

/** For how many times {@link AssembleConfig.within} whatever comes is taken for the rest of a first snapshot. */
const PATIENCE = 6;

/**
 * Makes whole changes of the events of an indexed channel, each session by itself. What has begun and does not go on was
 * cut off at the venue: it is told as `missed`, and so is what comes without a snapshot before it.
 */
export function assemble<E extends Indexed>(
  config: AssembleConfig,
): OperatorFunction<ChannelEvent<E>, ChannelEvent<IndexedChange<E>>> {
  return (source) => new Observable((observer) => new Assembly(config, observer).run(source));
}

/** One running assembly, and the timer that notices what does not go on. */
class Assembly<E extends Indexed> {
  readonly #observer: Subscriber<ChannelEvent<IndexedChange<E>>>;
  readonly #time: SteadyScheduler;
  readonly #within: number;
  #assembler = new Assembler<E>();
  /** Since when it is waited for: the last arrival of a first snapshot, the beginning of anything else. */
  #heardAt = 0;
  /** Since when anything is: what goes on for longer must be known to be a part of the snapshot. */
  #waitsSince = 0;
  #watch: Subscription | undefined;

  constructor({ scheduler, within }: AssembleConfig, observer: Subscriber<ChannelEvent<IndexedChange<E>>>) {
    this.#observer = observer;
    this.#time = steady(scheduler);
    this.#within = within;
  }

  run(source: Observable<ChannelEvent<E>>): void {
    this.#observer.add(() => {
      this.#rest();
    });
    this.#observer.add(
      passOn(source, this.#observer, (event) => {
        if (event.type === 'message') this.#take(event.value);
        else this.#follow(event);
      }),
    );
  }

  /** What is no message is passed on. */
  #follow(event: Exclude<ChannelEvent<E>, { readonly type: 'message' }>): void {
    // After a frame that is missing, what has begun is not whole whatever ends it.
    if (event.type !== 'confirmed' && event.type !== 'late') this.#assembler = new Assembler();
    if (event.type === 'begun' || event.type === 'lost') this.#rest();
    this.#observer.next(event);
    if (event.type === 'confirmed' && this.#watch === undefined) {
      this.#hear(true);
      this.#look(this.#bound());
    }
  }

  #take(event: E): void {
    const assembler = this.#assembler;
    const isBeginning = assembler.held === 0;
    const change = assembler.add(event);
    if (assembler.isBroken || assembler.held > MOST_HELD) {
      this.#miss();
      return;
    }
    // What comes before a snapshot has begun is no sign that one will.
    const isSign = assembler.isSynced ? isBeginning : assembler.hasBegun || this.#watch === undefined;
    if (isSign) this.#hear(assembler.isOfSnapshot || isBeginning || this.#watch === undefined);
    if (change !== undefined) this.#observer.next({ type: 'message', value: change });
    if (this.#assembler.isWaiting && this.#watch === undefined) this.#look(this.#bound());
  }

  /** @param isKnown Whether that is no change of what a snapshot told whose end was cut off. */
  #hear(isKnown: boolean): void {
    const now = this.#time.elapsed();
    if (isKnown) this.#waitsSince = now;
    if (now - this.#waitsSince < PATIENCE * this.#within) this.#heardAt = now;
  }

  #bound(): number {
    return this.#assembler.hasBegun ? this.#within : Math.min(this.#within, BEGINS_WITHIN);
  }

  /** One timer, which looks at the last arrival: an arrival costs none. */
  #look(ms: number): void {
    if (this.#observer.closed) return;
    this.#watch = timer(ms, this.#time).subscribe(() => {
      this.#watch = undefined;
      if (!this.#assembler.isWaiting) return;
      const left = this.#heardAt + this.#bound() - this.#time.elapsed();
      if (left > 0) this.#look(left);
      else this.#miss();
    });
  }

  #miss(): void {
    this.#assembler = new Assembler();
    this.#observer.next({ type: 'missed', at: this.#time.now() });
  }

  #rest(): void {
    this.#watch?.unsubscribe();
    this.#watch = undefined;
  }
}
