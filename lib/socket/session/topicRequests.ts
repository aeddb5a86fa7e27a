import type { SchedulerLike, Subscription } from 'rxjs';
import type { Dialect, TopicRequest, WireLimits } from '../plan.js';
import type { Reports } from '../reports.js';
import { PendingRequest, type Stage } from './pendingRequest.js';
import { Endings } from './endings.js';
import { admitted, fit } from './naming.js';
import type { Stages } from './stages.js';

export interface TopicRequestsConfig {
  readonly limits: Pick<WireLimits, 'topicsPerRequest' | 'requestBytes'>;
  readonly scheduler: SchedulerLike;
  /** Request again what was neither confirmed nor answered with data for so long, in ms. */
  readonly confirmWithin: number;
  /** Nobody hears what is sent: whatever comes, comes. */
  readonly isRecorded: boolean;
  /** What ends the timers. */
  readonly timers: Subscription;
  readonly reports: Reports;
  /** The venue reported something of no channel of ours. */
  readonly report: (text: string) => void;
}

/** How a session's dialect puts requests. */
export type Speaker = Pick<Dialect, 'admits' | 'patience' | 'subscribe' | 'unsubscribe'>;

/**
 * A session's requests about subscriptions, and what comes of each: accepted, refused, or no answer. What is requested next is
 * derived from how far each has come at the moment there is room for it: there is no queue that could go stale.
 */
export class TopicRequests {
  /** Requests that the venue will answer, by their ids. */
  readonly #pending = new Map<string, PendingRequest>();
  readonly #endings = new Endings();
  /** How many a request names at most: fewer while one who makes the venue refuse is looked for. */
  #most: number;

  constructor(
    private readonly stages: Stages,
    private readonly config: TopicRequestsConfig,
  ) {
    this.#most = config.limits.topicsPerRequest;
  }

  /** Whether what comes under the key now belongs to the subscription before, whose end the venue has not answered yet. */
  isEnding(key: string): boolean {
    return this.#endings.isPending(key);
  }

  /** The venue confirms what is requested. */
  confirmed(key: string): void {
    this.#endings.confirmed(key);
  }

  /** The next request, ends before beginnings: the venue must have room for what begins. */
  next(speaker: Speaker): TopicRequest | undefined {
    return this.#nextUnsubscribe(speaker) ?? this.#nextSubscribe(speaker);
  }

  accepted(id: string): void {
    this.#endings.answered(id);
    for (const stage of this.#answered(id)?.settle() ?? []) if (stage.phase === 'requested') this.stages.confirm(stage);
  }

  refused(id: string, text: string): void {
    this.#endings.answered(id);
    const pending = this.#answered(id);
    if (pending === undefined) {
      this.config.report(text);
      return;
    }
    // Somebody in it is at fault: halves are requested until it stands alone, so that only that one is refused.
    const isShared = pending.size > 1;
    if (isShared) this.#most = Math.ceil(pending.size / 2);
    for (const stage of pending.settle()) {
      if (this.stages.isWanted(stage) && !isShared) this.stages.reject(stage, text);
      else this.stages.refused(stage);
    }
  }

  /** The request with this id, which has its answer now. */
  #answered(id: string): PendingRequest | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #overdue(pending: PendingRequest): void {
    if (pending.id !== undefined) this.#pending.delete(pending.id);
    for (const stage of pending.settle()) {
      const { key } = stage.topic;
      const wasHeard = stage.phase === 'confirmed';
      // Data may have been late ones, an answer was none. Where nobody hears what is requested nobody answers.
      const isFirst = stage.open < 2 && !this.config.isRecorded;
      const isSure = wasHeard && (pending.isAnswered(stage) || !this.#endings.mayBeLate(key, isFirst));
      if (isSure || !this.stages.isWanted(stage)) continue;
      this.#endings.overdue(key);
      // Before it is reported: whoever hears of it may leave.
      this.stages.again(stage);
      // What comes until it is requested is told to nobody.
      if (wasHeard) stage.channel.lost('gap', this.config.scheduler.now());
      const message = `${key}: not confirmed within ${Math.round(pending.within)} ms`;
      this.config.reports.report({ type: 'unconfirmed', channel: key, attempt: stage.attempts, message });
    }
  }

  #nextUnsubscribe(speaker: Speaker): TopicRequest | undefined {
    const { topicsPerRequest, requestBytes } = this.config.limits;
    const some = this.stages.leaving.slice(0, topicsPerRequest);
    if (some.length === 0) return undefined;
    const { request, named } = fit(some, requestBytes, (topics) => speaker.unsubscribe(topics));
    for (const { topic } of named) this.stages.left(topic.key);
    this.#endings.sent(request, named);
    return request;
  }

  #nextSubscribe(speaker: Speaker): TopicRequest | undefined {
    const { topicsPerRequest, requestBytes } = this.config.limits;
    const some = admitted(this.stages.unsent, this.#most, speaker);
    if (some.length === 0) {
      // Whoever makes the venue refuse is found, or is being requested among fewer.
      this.#most = topicsPerRequest;
      return undefined;
    }
    const { request, named } = fit(some, requestBytes, (topics) => speaker.subscribe(topics));
    const pending = this.#track(request, named, speaker);
    // Before the text is out: an answer may come while it is being sent.
    for (const stage of named) if (this.stages.isWanted(stage)) this.stages.begin(stage);
    // Nothing is sent, so nothing will be answered: the handshake has requested it already, or opening has.
    if (request.text === undefined) {
      const isConfirmed = request.isAwaited !== true;
      for (const stage of pending.settle()) if (isConfirmed && stage.phase === 'requested') this.stages.confirm(stage);
    }
    return request;
  }

  #track({ id, text }: TopicRequest, named: readonly Stage[], speaker: Speaker): PendingRequest {
    const { confirmWithin, scheduler, timers } = this.config;
    const attempt = Math.max(...named.map(({ attempts }) => attempts + 1));
    const pending = new PendingRequest({
      id: text === undefined ? undefined : id,
      stages: named,
      scheduler,
      within: confirmWithin * (speaker.patience?.(attempt) ?? 1),
      overdue: (late) => {
        this.#overdue(late);
      },
    });
    timers.add(pending.timer);
    if (pending.id !== undefined) this.#pending.set(pending.id, pending);
    for (const stage of named) {
      this.stages.sent(stage);
      stage.pending = pending;
    }
    return pending;
  }
}
