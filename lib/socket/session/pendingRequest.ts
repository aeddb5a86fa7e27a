import { type SchedulerLike, type Subscription, timer } from 'rxjs';
import type { Topic } from '../plan.js';
import type { WantedChannel } from '../wantedChannel.js';

/** One subscription of a session: a channel that is wanted, or was, and how far it has come. */
export interface Stage {
  readonly channel: WantedChannel;
  readonly topic: Topic;
  phase: 'unsent' | 'requested' | 'confirmed';
  /** How often it was requested in vain, and once more where it was requested. */
  attempts: number;
  /** How many requests for it the venue has not refused: it may have it by any of them. */
  open: number;
  /** The request that was made for it last: an answer to an earlier one says nothing about it. */
  pending: PendingRequest | undefined;
}

/** A subscription that is yet to be requested. */
export const unsentStage = (channel: WantedChannel, attempts = 0): Stage => ({
  channel,
  topic: channel.topic,
  phase: 'unsent',
  attempts,
  open: 0,
  pending: undefined,
});

export interface PendingRequestConfig {
  /** By which the venue's answer will be known, where it answers requests. */
  readonly id: string | undefined;
  readonly stages: readonly Stage[];
  readonly within: number;
  readonly scheduler: SchedulerLike;
  /** It was not answered in time. */
  readonly overdue: (pending: PendingRequest) => void;
}

/** One request for some subscriptions, from its sending to its answer. */
export class PendingRequest {
  readonly id: string | undefined;
  /** How many it named. */
  readonly size: number;
  /** How long its answer may take, in ms. */
  readonly within: number;
  readonly timer: Subscription;
  readonly #waiting: Set<Stage>;
  /** Those of them that the venue has answered by name. A refusal may follow all the same. */
  readonly #named = new Set<Stage>();

  constructor({ id, stages, within, scheduler, overdue }: PendingRequestConfig) {
    this.id = id;
    this.size = stages.length;
    this.within = within;
    this.#waiting = new Set(stages);
    this.timer = timer(within, scheduler).subscribe(() => {
      overdue(this);
    });
  }

  /** Has another one wait in the place of one: its channel was left, and is wanted again. */
  replace(before: Stage, after: Stage): void {
    if (this.#waiting.delete(before)) this.#waiting.add(after);
    if (this.#named.delete(before)) this.#named.add(after);
  }

  /** The venue answers one of them by its name. */
  answer(stage: Stage): void {
    this.#named.add(stage);
  }

  isAnswered(stage: Stage): boolean {
    return this.#named.has(stage);
  }

  /**
   * Those that still wait for its answer, wanted or not, confirmed by data or not: there will be no other. Each is looked at
   * when it is its turn, since whoever heard of the one before may have left, and come again.
   */
  *settle(): Iterable<Stage> {
    this.timer.unsubscribe();
    for (const stage of this.#waiting) {
      this.#waiting.delete(stage);
      if (stage.phase !== 'unsent' && stage.pending === this) yield stage;
    }
  }
}
