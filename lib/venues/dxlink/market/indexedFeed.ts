import { Observable, type OperatorFunction, type SchedulerLike, type Subscriber, type Subscription, timer } from 'rxjs';
import { passOn } from '../../../feed/passOn.js';
import { defaultPause, pauseBefore } from '../../../feed/pause.js';
import { type Attempts, attempted, noAttempts, succeeded } from '../../../model/attempts.js';
import type { LossReason } from '../../../model/connection.js';
import type { FaultNotice } from '../../../model/fault.js';
import { type Trust, invalidated, syncing } from '../../../model/trust.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import { type SteadyScheduler, steady } from '../../../time/steadyScheduler.js';
import type { IndexedChange } from './transactions.js';

/**
 * A list that is kept by index, and whether it can be trusted: `syncing` until its snapshot is there; `stale` where something
 * is missing, or the session is over, and until its new snapshot is whole, which is on its way.
 */
export type DxLinkIndexedState<V> = Trust<{ readonly value: V }, LossReason | 'gap'>;

export interface IndexedFeedConfig<E, V> {
  /** The channel's key; stands in the faults. */
  readonly channel: string;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  readonly report: (fault: FaultNotice) => void;
  /** Has the venue send the list from its beginning. */
  readonly resubscribe: () => void;
  /** How long its snapshot may take then, in ms. */
  readonly answerWithin: number;
  /** Has the list sent anew every so often, in ms: what the venue dropped shows in no other way. Default: never. */
  readonly refreshEvery?: number | undefined;
  /** Pure. `undefined` before a snapshot. */
  readonly fold: (value: V | undefined, change: IndexedChange<E>) => V;
}

/**
 * Folds whole changes into a list, and has it sent anew when something is missing.
 *
 *     changes      b-S-u--m---l-b-S--    b begun, S snapshot, u update, m missed, l lost
 *     indexedFeed  y-L-L--!------L---    y syncing, L live, ! stale
 */
export function indexedFeed<E, V>(
  config: IndexedFeedConfig<E, V>,
): OperatorFunction<ChannelEvent<IndexedChange<E>>, DxLinkIndexedState<V>> {
  return (source) => new Observable((observer) => new IndexedFeed(config, observer).run(source));
}

/** One running list. Where it waits for a snapshot, a timer has it sent anew. */
class IndexedFeed<E, V> {
  readonly #config: IndexedFeedConfig<E, V>;
  readonly #observer: Subscriber<DxLinkIndexedState<V>>;
  readonly #time: SteadyScheduler;
  #state: DxLinkIndexedState<V> = syncing;
  /** As the time counts that nobody sets. */
  #staleSince = 0;
  #attempts: Attempts = noAttempts;
  /** While the list is to be sent anew. */
  #pending: Subscription | undefined;
  #refreshing: Subscription | undefined;

  constructor(config: IndexedFeedConfig<E, V>, observer: Subscriber<DxLinkIndexedState<V>>) {
    this.#config = config;
    this.#observer = observer;
    this.#time = steady(config.scheduler);
  }

  run(source: Observable<ChannelEvent<IndexedChange<E>>>): void {
    const observer = this.#observer;
    observer.next(this.#state);
    observer.add(() => {
      this.#rest();
      this.#refreshing?.unsubscribe();
    });
    observer.add(
      passOn(source, observer, (event) => {
        if (event.type === 'message') this.#change(event.value);
        else if (event.type === 'missed') this.#miss(event.at);
        else if (event.type === 'lost') this.#lose(event.reason, event.at);
      }),
    );
  }

  #change(change: IndexedChange<E>): void {
    const { fold } = this.#config;
    const state = this.#state;
    if (change.type === 'update') {
      // A list in doubt waits for its snapshot: an update would only hide what is missing.
      if (state.status === 'live') this.#emit({ status: 'live', value: fold(state.value, change) });
      return;
    }
    this.#rest();
    this.#attempts = succeeded(this.#attempts, this.#time.elapsed());
    this.#refresh();
    if (state.status === 'stale') this.#mended(this.#time.elapsed() - this.#staleSince);
    this.#emit({ status: 'live', value: fold(state.status === 'syncing' ? undefined : state.value, change) });
  }

  #miss(at: number): void {
    if (this.#pending !== undefined) return;
    const { channel, report } = this.#config;
    report({ type: 'gap', channel, reason: 'gap', message: `${channel}: something is missing` });
    this.#invalidate('gap', at);
    this.#request();
  }

  #lose(reason: LossReason | 'gap', at: number): void {
    this.#refreshing?.unsubscribe();
    // Where only this channel is subscribed anew, that was us.
    if (reason !== 'gap') this.#rest();
    this.#invalidate(reason, at);
  }

  /** Has the list sent anew, again and again until its snapshot is there. */
  #request(): void {
    const { random, resubscribe, answerWithin } = this.#config;
    // Who heard that it is stale may have been the last one to leave.
    if (this.#observer.closed) return;
    this.#attempts = attempted(this.#attempts, this.#time.elapsed(), defaultPause.stableAfter);
    this.#pending?.unsubscribe();
    this.#pending = timer(pauseBefore(this.#attempts.count, defaultPause, random), this.#time).subscribe(() => {
      this.#pending = timer(answerWithin, this.#time).subscribe(() => {
        this.#request();
      });
      resubscribe();
    });
  }

  #rest(): void {
    this.#pending?.unsubscribe();
    this.#pending = undefined;
  }

  /** Has a list sent anew of which nothing is known to be wrong. */
  #refresh(): void {
    const { refreshEvery } = this.#config;
    if (refreshEvery === undefined) return;
    this.#refreshing?.unsubscribe();
    this.#refreshing = timer(refreshEvery, this.#time).subscribe(() => {
      if (this.#pending !== undefined) return;
      this.#attempts = noAttempts;
      this.#request();
    });
  }

  #mended(after: number): void {
    const { channel, report } = this.#config;
    report({ type: 'resnapshot', channel, after, message: `${channel}: whole again after ${Math.round(after)} ms` });
  }

  #invalidate(reason: LossReason | 'gap', at: number): void {
    const state = invalidated<{ readonly value: V }, LossReason | 'gap'>(this.#state, reason, at);
    if (state === this.#state) return;
    if (this.#state.status === 'live') this.#staleSince = this.#time.elapsed();
    this.#emit(state);
  }

  #emit(state: DxLinkIndexedState<V>): void {
    this.#state = state;
    this.#observer.next(state);
  }
}
