import type { LossReason } from '../model/connection.js';

/**
 * What a channel tells whoever folds it. It lives across sessions: `begun` opens each one, `lost` ends it, and what was
 * folded before a `begun` must not be folded on.
 *
 *     begun → (confirmed | message | missed | late)* → lost → begun → …
 *
 * What is requested again, since its request went unanswered, is begun again without having been lost.
 */
export type ChannelEvent<T> =
  /** The subscription goes out on a new session. */
  | { readonly type: 'begun'; readonly at: number }
  /** The venue confirmed it: every later change arrives. Told once per session, before or after first messages. */
  | { readonly type: 'confirmed'; readonly at: number }
  | { readonly type: 'message'; readonly value: T }
  /**
   * A frame of this channel could not be read, or one that may have been its: what it told is missing. The subscription
   * goes on. Said for folds that have no other way of noticing; those that have one need it where no frame can be read any
   * more. `count` says how many in a row could not be, of those that were surely its.
   */
  | { readonly type: 'missed'; readonly at: number; readonly count?: number | undefined }
  /** What its wire brings is too old from now on, or no more. With its session that is over. */
  | { readonly type: 'late'; readonly isLate: boolean; readonly at: number }
  /** The session ended, or lost count of this channel. A `begun` follows when there is a next one. */
  | { readonly type: 'lost'; readonly reason: LossReason | 'gap'; readonly at: number };
