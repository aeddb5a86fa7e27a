import type { LossReason } from '../model/connection.js';
import type { ChannelEvent } from './channelEvent.js';
import type { Topic } from './plan.js';
import type { Lag } from './session/lag.js';

/** A channel as its line and its session see it: what is wanted, and whom to report to. None of its methods throws. */
export interface WantedChannel {
  readonly topic: Topic;
  /** Its subscription goes out. */
  begun(at: number): void;
  /** What is told of it beside its messages: `confirmed`; `late`; `missed`, where a frame that could not be read may have been its. */
  tell(event: ChannelEvent<never>): void;
  /** @param lag Of its wire, told when the message was sent. */
  message(payload: unknown, at: number, lag: Pick<Lag, 'sent'>): void;
  /** It is subscribed no more. Passed over where it was not since the last time. */
  lost(reason: LossReason | 'gap', at: number): void;
  /** By an error of the wire or the venue's refusal; without one by the caller's own close. */
  end(error?: unknown): void;
}
