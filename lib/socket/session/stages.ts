import type { SchedulerLike } from 'rxjs';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { beginningOf } from '../beginningOf.js';
import type { WantedChannel } from '../wantedChannel.js';
import type { Stage } from './pendingRequest.js';

export interface StagesConfig {
  readonly venue: string;
  readonly scheduler: SchedulerLike;
  /** The venue refused a channel: the line discards it. */
  readonly discardChannel: (channel: WantedChannel) => void;
  /** Whether what the wire brings is too old at the moment. */
  readonly isLate: () => boolean;
  /** There is something to request. */
  readonly changed: () => void;
}

/** How far each subscription of a session has come: which are wanted, which of them are unsent, which are to be ended. */
export class Stages {
  readonly #wanted = new Map<string, Stage>();
  readonly #unsent = new Set<Stage>();
  /** Subscribed at the venue, wanted no more. */
  readonly #leaving = new Map<string, Stage>();

  constructor(private readonly config: StagesConfig) {}

  /** Wanted, and to be requested. */
  get unsent(): Iterable<Stage> {
    return this.#unsent;
  }

  /** To be ended at the venue. */
  get leaving(): readonly Stage[] {
    return [...this.#leaving.values()];
  }

  /** All that are wanted, as they are now: whoever is told of one may leave. */
  get wanted(): readonly Stage[] {
    return [...this.#wanted.values()];
  }

  wantedBy(key: string): Stage | undefined {
    return this.#wanted.get(key);
  }

  leavingBy(key: string): Stage | undefined {
    return this.#leaving.get(key);
  }

  isWanted(stage: Stage): boolean {
    return this.#wanted.get(stage.topic.key) === stage;
  }

  /** Wants one that is yet to be requested. */
  want(stage: Stage): void {
    this.#wanted.set(stage.topic.key, stage);
    this.#unsent.add(stage);
  }

  /** Wants one that was requested already, or is not to be before {@link again} says so. */
  hold(stage: Stage): void {
    this.#wanted.set(stage.topic.key, stage);
  }

  discard(stage: Stage): void {
    this.#wanted.delete(stage.topic.key);
    this.#unsent.delete(stage);
    // What was requested in vain may be subscribed all the same.
    if (stage.open > 0) this.leave(stage);
  }

  /** Has one ended at the venue. */
  leave(stage: Stage): void {
    this.#leaving.set(stage.topic.key, stage);
    this.config.changed();
  }

  /** The venue has no subscription under this key, was told to end it, or need not be. */
  left(key: string): void {
    this.#leaving.delete(key);
  }

  /** It goes out. */
  sent(stage: Stage): void {
    this.#unsent.delete(stage);
    stage.phase = 'requested';
    stage.open += 1;
    stage.attempts += 1;
  }

  /** Its request goes out, or need not. */
  begin({ channel }: Stage): void {
    const at = this.config.scheduler.now();
    channel.begun(at);
    if (this.config.isLate()) channel.tell({ type: 'late', isLate: true, at });
  }

  /** Requests one again. */
  again(stage: Stage): void {
    stage.phase = 'unsent';
    this.#unsent.add(stage);
    this.config.changed();
  }

  confirm(stage: Stage): void {
    stage.phase = 'confirmed';
    if (this.isWanted(stage)) stage.channel.tell({ type: 'confirmed', at: this.config.scheduler.now() });
  }

  /** The venue has none by the request that was made last: whoever wants it has it requested again. */
  refused(stage: Stage): void {
    const { key } = stage.topic;
    stage.open -= 1;
    stage.attempts = 0;
    if (this.isWanted(stage)) this.again(stage);
    else if (stage.open === 0 && this.#leaving.get(key) === stage) this.left(key);
  }

  reject(stage: Stage, text: string): void {
    const { channel, topic } = stage;
    // Where a request before went unanswered it has to be ended, and nobody who comes takes it up as it is.
    stage.phase = 'unsent';
    stage.open -= 1;
    this.discard(stage);
    this.config.discardChannel(channel);
    channel.end(new SubscriptionRefusedError(this.config.venue, topic.key, beginningOf(text, 500)));
  }
}
