import type { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { LossReason } from '../model/connection.js';
import type { Topic } from './plan.js';

/** One wanted channel on one line: how far its subscription has come in the present session, and whom to tell. */
export interface Route {
  readonly topic: Topic;
  phase: 'unsent' | 'asked' | 'confirmed';
  /** How often it was asked for in the present session. */
  asks: number;
  /** The request that asked for it last, by identity: a late answer to an earlier one says nothing about it. */
  ask: object | undefined;
  /** With how many at most it may share a request: ever fewer, after one it shared was refused. */
  company: number;

  // Nothing here throws.
  begun(at: number): void;
  confirmed(at: number): void;
  message(payload: unknown, at: number): void;
  /** A frame that may have been the channel's could not be read. */
  missed(at: number): void;
  lost(reason: LossReason | 'gap', at: number): void;
  /** The venue refused it. */
  refused(error: SubscriptionRefusedError): void;
  /** A fatal error of the wire. */
  failed(error: unknown): void;
  /** By the caller's own close. */
  closed(): void;
}
