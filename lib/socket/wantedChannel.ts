import type { ChannelEvent } from './channelEvent.js';
import type { Topic } from './plan.js';

/** One wanted channel on one line: how far its subscription has come in the present session, and whom to tell. */
export interface WantedChannel {
  readonly topic: Topic;
  phase: 'unsent' | 'asked' | 'confirmed';
  /** How often it was asked for in the present session. */
  asks: number;
  /** The request that asked for it last, by identity: a late answer to an earlier one says nothing about it. */
  ask: object | undefined;

  /** Tells how far it has come, or that it fell back. Doesn't throw; nor do the others. */
  tell(event: Exclude<ChannelEvent<unknown>, { readonly type: 'message' }>): void;
  message(payload: unknown, at: number): void;
  /** By an error of the wire or the venue's refusal; without one by the caller's own close. */
  end(error?: unknown): void;
}
