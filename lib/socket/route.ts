import type { LossReason } from '../model/connection.js';
import type { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { Topic } from './plan.js';

/** Where a line tells a channel what becomes of it. Nothing here throws. */
export interface Sink {
  begun(at: number): void;
  confirmed(at: number): void;
  message(payload: unknown, at: number): void;
  lost(reason: LossReason | 'gap', at: number): void;
  refused(error: SubscriptionRefusedError): void;
  /** A fatal error of the wire. */
  failed(error: unknown): void;
  /** By the caller's own close. */
  closed(): void;
}

/** One wanted channel on one line, and how far its subscription has come in the present session. */
export class Route {
  phase: 'unsent' | 'asked' | 'confirmed' = 'unsent';
  /** How often it was asked for in the present session. */
  asks = 0;
  /** Asked for in a request of its own, because a request it shared was refused. */
  alone = false;

  constructor(
    readonly topic: Topic,
    readonly sink: Sink,
  ) {}
}
