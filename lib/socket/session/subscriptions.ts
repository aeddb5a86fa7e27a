import { timer } from 'rxjs';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import type { TopicRequest } from '../plan.js';
import type { WantedChannel } from '../wantedChannel.js';
import { Interruptions } from './interruptions.js';
import { unsentStage, type Stage } from './pendingRequest.js';
import { TopicRequests, type TopicRequestsConfig, type Speaker } from './topicRequests.js';
import type { Lag } from './lag.js';
import type { LifeSigns } from './lifeSigns.js';
import { Stages, type StagesConfig } from './stages.js';

export interface SubscriptionsConfig extends TopicRequestsConfig, Omit<StagesConfig, 'isLate'> {
  readonly signs: Pick<LifeSigns, 'heardAt'>;
  readonly lag: Pick<Lag, 'isLate' | 'sent'>;
  readonly scheduler: SteadyScheduler;
}

/** What one session subscribed: takes up what its line wants, and hands what comes to the channel it is for. */
export class Subscriptions {
  readonly #stages: Stages;
  readonly #requests: TopicRequests;
  readonly #interruptions: Interruptions;
  #speaker: Speaker | undefined;

  constructor(private readonly config: SubscriptionsConfig) {
    this.#stages = new Stages({ ...config, isLate: () => config.lag.isLate });
    this.#requests = new TopicRequests(this.#stages, config);
    this.#interruptions = new Interruptions(config.scheduler);
  }

  /** The session is ready: takes up all that is wanted. */
  begin(speaker: Speaker, channels: Iterable<WantedChannel>): void {
    this.#speaker = speaker;
    for (const channel of channels) this.#stages.want(unsentStage(channel));
  }

  wanted(channel: WantedChannel): void {
    const { key, fromStart } = channel.topic;
    const left = this.#stages.leavingBy(key);
    if (left === undefined || left.phase === 'unsent' || (fromStart === true && left.phase === 'confirmed')) {
      this.#stages.want(unsentStage(channel));
      this.config.changed();
      return;
    }
    // Its unsubscribe has not gone out: the venue never stopped sending, or is yet to answer.
    const stage: Stage = { ...left, channel, phase: 'requested' };
    stage.pending?.replace(left, stage);
    this.#stages.left(key);
    this.#stages.hold(stage);
    this.#stages.begin(stage);
    if (left.phase === 'confirmed') this.#stages.confirm(stage);
  }

  discarded({ topic: { key } }: WantedChannel): void {
    const stage = this.#stages.wantedBy(key);
    if (stage !== undefined) this.#stages.discard(stage);
  }

  deliver(key: string, payload: unknown): void {
    const stage = this.#stages.wantedBy(key);
    if (stage === undefined || stage.phase === 'unsent') return;
    if (stage.phase === 'requested') {
      // A late one of the subscription before.
      if (this.#requests.isEnding(key)) return;
      this.#stages.confirm(stage);
    }
    stage.channel.message(payload, this.config.signs.heardAt, this.config.lag);
  }

  /** To all that are requested: a frame could not be read, and whose it was can't be known; or what the wire brings is too old. */
  tell(what: { readonly type: 'missed' } | { readonly type: 'late'; readonly isLate: boolean }): void {
    const event = { ...what, at: this.config.scheduler.now() };
    for (const stage of this.#stages.wanted) {
      // Whoever heard of the one before may have left this one.
      if (stage.phase !== 'unsent' && this.#stages.isWanted(stage)) stage.channel.tell(event);
    }
  }

  accepted(id: string): void {
    this.#requests.accepted(id);
  }

  refused(id: string, text: string): void {
    this.#requests.refused(id, text);
  }

  confirmed(key: string): void {
    this.#requests.confirmed(key);
    const stage = this.#stages.wantedBy(key);
    // Answers come in order: before the end of the one before is answered, this is of that.
    if (stage === undefined || stage.phase === 'unsent' || this.#requests.isEnding(key)) return;
    stage.pending?.answer(stage);
    if (stage.phase === 'requested') this.#stages.confirm(stage);
  }

  rejected(key: string, text: string): void {
    this.#stages.left(key);
    const stage = this.#stages.wantedBy(key);
    if (stage !== undefined && stage.phase !== 'unsent') this.#stages.reject(stage, text);
  }

  /**
   * Updates were lost, of one channel or of all: they are subscribed anew. What goes on being interrupted is so after pauses
   * that grow, whatever the venue answers.
   */
  interrupted(key?: string): void {
    for (const stage of key === undefined ? this.#stages.wanted : [this.#stages.wantedBy(key)]) {
      // Whoever heard of the one before may have left this one.
      if (stage === undefined || stage.phase === 'unsent' || !this.#stages.isWanted(stage)) continue;
      if (this.config.isRecorded) this.#beginInPlace(stage);
      else this.#beginAnew(stage, this.#interruptions.next(stage.topic.key));
    }
  }

  /** Has one subscribed anew at once: who wants that says how often. */
  resubscribe(key: string): void {
    const stage = this.#stages.wantedBy(key);
    if (stage === undefined || stage.phase === 'unsent') return;
    if (this.config.isRecorded) this.#beginInPlace(stage);
    else this.#beginAnew(stage, 0);
  }

  /** The channel goes on with what its recording has: it was subscribed then, and is not now. */
  #beginInPlace(stage: Stage): void {
    stage.channel.lost('gap', this.config.scheduler.now());
    if (!this.#stages.isWanted(stage)) return;
    this.#stages.begin(stage);
    if (stage.phase === 'confirmed') this.#stages.confirm(stage);
  }

  #beginAnew(stage: Stage, wait: number): void {
    // Nobody who comes takes it up as it is.
    stage.phase = 'unsent';
    const { scheduler, timers } = this.config;
    const anew = unsentStage(stage.channel, stage.attempts);
    if (wait === 0) this.#stages.want(anew);
    else {
      this.#stages.hold(anew);
      timers.add(
        timer(wait, scheduler).subscribe(() => {
          if (this.#stages.isWanted(anew)) this.#stages.again(anew);
        }),
      );
    }
    this.#stages.leave(stage);
    stage.channel.lost('gap', scheduler.now());
  }

  /** What is to be requested next. */
  next(): TopicRequest | undefined {
    return this.#speaker && this.#requests.next(this.#speaker);
  }
}
