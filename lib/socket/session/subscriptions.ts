import type { SchedulerLike, Subscription } from 'rxjs';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { beginningOf } from '../beginningOf.js';
import type { Dialect, TopicRequest, WireLimits } from '../plan.js';
import type { Reports } from '../reports.js';
import type { WantedChannel } from '../wantedChannel.js';
import { Endings } from './endings.js';
import { admitted, fit } from './naming.js';
import { Ask, type Stage, unsentStage } from './ask.js';

export interface SubscriptionsConfig {
  readonly venue: string;
  readonly limits: Pick<WireLimits, 'topicsPerRequest' | 'requestBytes'>;
  readonly scheduler: SchedulerLike;
  /** Request again what was neither confirmed nor answered with data for so long, in ms. */
  readonly confirmWithin: number;
  /** What ends the timers. */
  readonly timers: Subscription;
  /** The venue refused a channel: the line forgets it. */
  readonly forget: (channel: WantedChannel) => void;
  readonly reports: Reports;
  /** When the last frame arrived, in ms. */
  readonly heardAt: () => number;
  /** There is something to request. */
  readonly changed: () => void;
  /** The venue reported something of no channel of ours. */
  readonly complain: (text: string) => void;
}

/** How a session's dialect puts requests. */
export type Speaker = Pick<Dialect, 'admits' | 'patience' | 'subscribe' | 'unsubscribe'>;

/**
 * What one session subscribed, and how far each subscription has come. What is requested next is derived from what is
 * wanted at the moment there is room for it: there is no queue that could go stale.
 */
export class Subscriptions {
  readonly #wanted = new Map<string, Stage>();
  readonly #unsent = new Set<Stage>();
  /** Subscribed at the venue, wanted no more. */
  readonly #leaving = new Map<string, Stage>();
  /** Requests that the venue will answer, by their ids. */
  readonly #asks = new Map<string, Ask>();
  readonly #endings = new Endings();
  /** How many a request names at most: fewer while one who makes the venue refuse is looked for. */
  #most: number;
  #speaker: Speaker | undefined;

  constructor(private readonly config: SubscriptionsConfig) {
    this.#most = config.limits.topicsPerRequest;
  }

  /** The session is ready: takes up all that is wanted. */
  begin(speaker: Speaker, channels: Iterable<WantedChannel>): void {
    this.#speaker = speaker;
    for (const channel of channels) this.#want(unsentStage(channel));
  }

  wanted(channel: WantedChannel): void {
    const { key, fromStart } = channel.topic;
    const left = this.#leaving.get(key);
    if (left === undefined || left.phase === 'unsent' || (fromStart === true && left.phase === 'confirmed')) {
      this.#want(unsentStage(channel));
      this.config.changed();
      return;
    }
    // Its unsubscribe has not gone out: the venue never stopped sending, or is yet to answer.
    this.#leaving.delete(key);
    const stage: Stage = { ...left, channel, phase: 'asked' };
    stage.ask?.replace(left, stage);
    this.#wanted.set(key, stage);
    channel.begun(this.config.scheduler.now());
    if (left.phase === 'confirmed') this.#confirm(stage);
  }

  dropped({ topic: { key } }: WantedChannel): void {
    const stage = this.#wanted.get(key);
    if (stage === undefined) return;
    this.#wanted.delete(key);
    this.#unsent.delete(stage);
    // What was requested in vain may be subscribed all the same.
    if (!stage.isSent) return;
    this.#leaving.set(key, stage);
    this.config.changed();
  }

  deliver(key: string, payload: unknown): void {
    const stage = this.#wanted.get(key);
    if (stage === undefined || stage.phase === 'unsent') return;
    if (stage.phase === 'asked') {
      // A late one of the subscription before, whose end the venue has not answered yet.
      if (this.#endings.isPending(key)) return;
      this.#confirm(stage);
    }
    stage.channel.message(payload, this.config.heardAt());
  }

  /** A frame could not be read, and whose it was can't be known. */
  missed(): void {
    const at = this.config.scheduler.now();
    for (const stage of [...this.#wanted.values()]) {
      if (stage.phase !== 'unsent' && this.#isWanted(stage)) stage.channel.missed(at);
    }
  }

  accepted(id: string): void {
    this.#endings.answered(id);
    for (const stage of this.#answered(id)?.settle() ?? []) if (stage.phase === 'asked') this.#confirm(stage);
  }

  refused(id: string, text: string): void {
    this.#endings.answered(id);
    const ask = this.#answered(id);
    if (ask === undefined) {
      this.config.complain(text);
      return;
    }
    // Somebody in it is at fault: halves are requested until it stands alone, so that only that one is refused.
    const isShared = ask.size > 1;
    if (isShared) this.#most = Math.ceil(ask.size / 2);
    for (const stage of ask.settle()) {
      stage.isSent = false;
      const { key } = stage.topic;
      if (!this.#isWanted(stage)) {
        if (this.#leaving.get(key) === stage) this.#leaving.delete(key);
      } else if (isShared) {
        stage.attempts = 0;
        this.#again(stage);
      } else this.#reject(stage, text);
    }
  }

  confirmed(key: string): void {
    const stage = this.#wanted.get(key);
    if (stage?.phase === 'asked') this.#confirm(stage);
  }

  rejected(key: string, text: string): void {
    this.#leaving.delete(key);
    const stage = this.#wanted.get(key);
    if (stage !== undefined && stage.phase !== 'unsent') this.#reject(stage, text);
  }

  /** Updates were lost, of one channel or of all: they are subscribed anew. */
  interrupted(key?: string): void {
    for (const stage of key === undefined ? [...this.#wanted.values()] : [this.#wanted.get(key)]) {
      // Whoever heard of the one before may have left this one.
      if (stage === undefined || stage.phase === 'unsent' || !this.#isWanted(stage)) continue;
      // Nobody who comes takes it up as it is.
      stage.phase = 'unsent';
      this.#leaving.set(stage.topic.key, stage);
      this.#want(unsentStage(stage.channel, stage.attempts));
      this.config.changed();
      stage.channel.lost('gap', this.config.scheduler.now());
    }
  }

  /** The next request, ends before beginnings: the venue must have room for what begins. */
  next(): TopicRequest | undefined {
    if (this.#speaker === undefined) return undefined;
    return this.#nextUnsubscribe(this.#speaker) ?? this.#nextSubscribe(this.#speaker);
  }

  #isWanted(stage: Stage): boolean {
    return this.#wanted.get(stage.topic.key) === stage;
  }

  #want(stage: Stage): void {
    this.#wanted.set(stage.topic.key, stage);
    this.#unsent.add(stage);
  }

  #again(stage: Stage): void {
    stage.phase = 'unsent';
    this.#unsent.add(stage);
    this.config.changed();
  }

  #confirm(stage: Stage): void {
    stage.phase = 'confirmed';
    if (this.#isWanted(stage)) stage.channel.confirmed(this.config.scheduler.now());
  }

  #reject({ channel, topic }: Stage, text: string): void {
    this.#wanted.delete(topic.key);
    this.config.forget(channel);
    channel.end(new SubscriptionRefusedError(this.config.venue, topic.key, beginningOf(text, 500)));
  }

  /** The request with this id, which has its answer now. */
  #answered(id: string): Ask | undefined {
    const ask = this.#asks.get(id);
    this.#asks.delete(id);
    return ask;
  }

  #overdue(ask: Ask): void {
    if (ask.id !== undefined) this.#asks.delete(ask.id);
    for (const stage of ask.settle()) {
      if (!this.#isWanted(stage) || (stage.phase === 'confirmed' && !this.#endings.mayBeLate(stage.topic.key)))
        continue;
      // Before it is reported: whoever hears of it may leave.
      this.#again(stage);
      const { key } = stage.topic;
      const message = `${key}: not confirmed within ${Math.round(ask.within)} ms`;
      this.config.reports.report({ type: 'unconfirmed', channel: key, attempt: stage.attempts, message });
    }
  }

  #nextUnsubscribe(speaker: Speaker): TopicRequest | undefined {
    if (this.#leaving.size === 0) return undefined;
    const some = [...this.#leaving.values()].slice(0, this.config.limits.topicsPerRequest);
    const { request, named } = fit(some, this.config.limits.requestBytes, (topics) => speaker.unsubscribe(topics));
    for (const { topic } of named) this.#leaving.delete(topic.key);
    this.#endings.sent(request, named);
    return request;
  }

  #nextSubscribe(speaker: Speaker): TopicRequest | undefined {
    const some = admitted(this.#unsent, this.#most, speaker);
    if (some.length === 0) {
      // Whoever makes the venue refuse is found, or is being requested among fewer.
      this.#most = this.config.limits.topicsPerRequest;
      return undefined;
    }
    const { request, named } = fit(some, this.config.limits.requestBytes, (topics) => speaker.subscribe(topics));
    const ask = this.#ask(request, named, speaker);
    // Before the text is out: an answer may come while it is being sent.
    for (const stage of named) if (this.#isWanted(stage)) stage.channel.begun(this.config.scheduler.now());
    // Nothing is sent, so nothing will be answered: the handshake has asked for it already, or opening has.
    if (request.text === undefined) {
      for (const stage of ask.settle()) if (stage.phase === 'asked') this.#confirm(stage);
    }
    return request;
  }

  #ask({ id, text }: TopicRequest, stages: readonly Stage[], speaker: Speaker): Ask {
    const { confirmWithin, scheduler, timers } = this.config;
    const attempt = Math.max(...stages.map(({ attempts }) => attempts + 1));
    const ask = new Ask({
      id: text === undefined ? undefined : id,
      stages,
      scheduler,
      within: confirmWithin * (speaker.patience?.(attempt) ?? 1),
      overdue: (late) => {
        this.#overdue(late);
      },
    });
    timers.add(ask.timer);
    if (ask.id !== undefined) this.#asks.set(ask.id, ask);
    for (const stage of stages) {
      this.#unsent.delete(stage);
      stage.phase = 'asked';
      stage.isSent = true;
      stage.ask = ask;
      stage.attempts += 1;
    }
    return ask;
  }
}
