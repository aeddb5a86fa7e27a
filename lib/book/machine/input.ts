import type { LossReason } from '../../model/connection.js';
import type { DepthEvent, DepthSnapshot } from '../../model/depthEvent.js';

/** What can happen to a book. */
export type BookInput =
  | DepthEvent
  /** A session opened; what was folded before is discarded. */
  | { readonly type: 'begun' }
  /** The venue confirmed the subscription: every later change arrives. */
  | { readonly type: 'confirmed' }
  /** The session ended, or lost count of this channel. */
  | { readonly type: 'lost'; readonly reason: LossReason | 'gap' }
  /** The snapshot requested under number `request` is here. */
  | { readonly type: 'answered'; readonly request: number; readonly snapshot: DepthSnapshot }
  /** Number `request` got no answer. The next one waits for `atLeast` ms. */
  | { readonly type: 'failed'; readonly request: number; readonly text: string; readonly atLeast: number }
  /** A message that could not be read may have been this book's. `count`: how many in a row were, surely. */
  | { readonly type: 'missed'; readonly count?: number | undefined }
  /** Nothing arrived for too long. */
  | { readonly type: 'silence' }
  /** Somebody asks for a mending of the book. */
  | { readonly type: 'resync'; readonly isPlanned?: boolean | undefined };
