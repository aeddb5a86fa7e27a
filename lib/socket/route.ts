import type { LossReason } from '../model/connection.js';
import type { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { Topic } from './plan.js';

/** Where a line tells a channel what becomes of it. Nothing here throws. */
export interface Sink {
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

/** One wanted channel on one line, and how far its subscription has come in the present session. */
export interface Route {
  readonly topic: Topic;
  readonly sink: Sink;
  phase: 'unsent' | 'asked' | 'confirmed';
  /** How often it was asked for in the present session. */
  asks: number;
  /** The request that asked for it last, by identity: a late answer to an earlier one says nothing about it. */
  ask: object | undefined;
  /** With how many at most it may share a request: ever fewer, after one it shared was refused. */
  company: number;
}

export const routeOf = (topic: Topic, sink: Sink): Route => ({
  topic,
  sink,
  phase: 'unsent',
  asks: 0,
  ask: undefined,
  company: Infinity,
});
