import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import type { Subject, Subscriber } from 'rxjs';
import { excerptOf } from '../codec/excerpt.js';
import { pathOf } from '../codec/path.js';
import type { LossReason } from '../model/connection.js';
import type { ChannelEvent } from './channelEvent.js';
import type { Topic } from './plan.js';
import type { Reports } from './reports.js';
import { reportRefused } from './reportRefused.js';
import { sentAt } from './sentAt.js';
import type { Lag } from './session/lag.js';
import type { WantedChannel } from './wantedChannel.js';

/** A channel as its venue describes it. One topic has one description. */
export interface ChannelSpec<T> {
  readonly topic: Topic;
  /** Reads what the dialect delivered. `at` is when it was received, in ms. */
  readonly decode: (payload: unknown, at: number) => Either<Errors, T>;
  /**
   * Whether the times of its depth are of what it holds, as of single levels, and say nothing of when a message was sent.
   * Absent: they are of the messages.
   */
  readonly isTimedByContent?: boolean | undefined;
}

/** One subscription at the venue, over sessions: what its line and its sessions report of it, decoded, as events. */
export class Channel<T> implements WantedChannel {
  readonly topic: Topic;
  readonly #decode: ChannelSpec<T>['decode'];
  readonly #isTimed: boolean;
  #hasBegun = false;
  #hasHeard = false;
  /** How many of its last frames could not be read. */
  #unread = 0;

  /**
   * @param events Through which all observers hear it. Told directly, as that is the way of every frame.
   * @param source Told of the end, so that what is shared ends, too.
   */
  constructor(
    { topic, decode, isTimedByContent }: ChannelSpec<T>,
    private readonly events: Subject<ChannelEvent<T>>,
    private readonly source: Subscriber<never>,
    private readonly reports: Reports,
  ) {
    this.topic = topic;
    this.#decode = decode;
    this.#isTimed = isTimedByContent !== true;
  }

  begun(at: number): void {
    this.#hasBegun = true;
    this.#hasHeard = false;
    this.events.next({ type: 'begun', at });
  }

  tell(event: ChannelEvent<never>): void {
    this.events.next(event);
  }

  message(payload: unknown, at: number, lag: Pick<Lag, 'sent'>): void {
    let refused: string;
    try {
      const result = this.#decode(payload, at);
      if (result._tag === 'Right') {
        // The first may be of what was there long before.
        if (this.#hasHeard && this.#isTimed) lag.sent(sentAt(result.right), at);
        this.#hasHeard = true;
        this.#unread = 0;
        this.events.next({ type: 'message', value: result.right });
        return;
      }
      refused = pathOf(result.left);
    } catch (error) {
      refused = String(error);
    }
    this.reports.unreadable(refused, excerptOf(payload), this.topic.key);
    const count = (this.#unread += 1);
    this.events.next({ type: 'missed', at, count });
  }

  lost(reason: LossReason | 'gap', at: number): void {
    if (!this.#hasBegun) return;
    this.#hasBegun = false;
    this.events.next({ type: 'lost', reason, at });
  }

  end(error?: unknown): void {
    reportRefused(error, { channel: this.topic.key, report: this.reports.report });
    if (error === undefined) this.source.complete();
    else this.source.error(error);
  }
}
