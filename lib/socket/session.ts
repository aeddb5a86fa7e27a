import { EMPTY, Observable, type SchedulerLike, defer } from 'rxjs';
import { WireLostError } from '../errors/wireLostError.js';
import type { LossReason } from '../model/connection.js';
import type { FaultNotice } from '../model/fault.js';
import type { Wire } from '../network/network.js';
import { lossBy } from './lossBy.js';
import { lifeSigns } from './lifeSigns.js';
import { outbox } from './outbox.js';
import type { Dialect, WirePlan } from './plan.js';
import type { WantedChannel } from './wantedChannel.js';
import { type Subscriptions, subscriptions } from './subscriptions.js';

/** What a session needs of the line it belongs to. */
export interface SessionContext {
  readonly venue: string;
  /** The wire's. */
  readonly name: string;
  readonly plan: WirePlan;
  readonly scheduler: SchedulerLike;
  /** Ask again for what was neither confirmed nor answered with data for so long, in ms. */
  readonly confirmWithin: number;
  /** What is wanted of the line, by key. The session reads it; only the line changes it. */
  readonly channels: ReadonlyMap<string, WantedChannel>;
  /** Takes every inbound frame, and what hands it to its channels. */
  readonly incoming: (wire: string, text: string, toChannels: (text: string) => void) => void;
  /** The outside may have changed: the wire is held to a ping. */
  readonly wake: Observable<unknown>;
  /** The venue refused a channel: the line forgets it. */
  readonly forget: (channel: WantedChannel) => void;
  readonly report: (fault: FaultNotice) => void;
  /** Told of a frame that could not be read, and why. */
  readonly unreadable: (why: string, text: string) => void;
}

/** A wire whose handshake is done, as its line uses it. */
export interface Session extends Pick<Subscriptions, 'wanted' | 'dropped'> {
  /** Has a channel subscribed anew. */
  readonly interrupted: (key: string) => void;
  readonly send: (text: string) => void;
}

/**
 * One open wire: the handshake, the watch over silence, and what was subscribed. Whatever it remembers dies with it;
 * nothing is carried over to the next.
 *
 * @returns Emits the session when its handshake is done; errors when it is lost; unsubscribing ends it.
 */
export function runSession(wire: Wire, context: SessionContext): Observable<Session> {
  return new Observable((subscriber) => {
    const { venue, name, plan, incoming, report } = context;
    const { limits } = plan;
    const { silence, blindSilence = silence } = limits;
    let isReady = false;

    const fail = (error: unknown): void => {
      subscriber.error(error);
    };
    const failed =
      (reason: LossReason, what: string) =>
      (error: unknown): void => {
        fail(lossBy(error, reason, what));
      };
    const lose = (reason: LossReason, text: string): void => {
      fail(new WireLostError(reason, text));
    };
    const changed = (): void => {
      if (!isReady) return;
      // Where opening was the subscription, frames may come at once.
      if (dialect.implicit === true) out.flush();
      else out.flushSoon();
    };
    const complain = (text: string): void => {
      report({ type: 'venue', message: `${venue}: ${text.slice(0, 200)}` });
    };
    const interrupted = (key?: string): void => {
      if (dialect.implicit === true) lose('closed', 'opened anew');
      else topics.interrupted(key);
    };
    const read = (text: string): void => {
      try {
        dialect.receive(text);
      } catch (error) {
        context.unreadable(String(error), text);
        // Whose it was can't be known.
        topics.missed();
      }
    };

    const shared = { ...context, limits, timers: subscriber };
    const { heardAt, hear, watch, probe } = lifeSigns({
      ...shared,
      probeWithin: limits.probeWithin,
      silence: () => dialect.silence?.() ?? (wire.activity === undefined ? blindSilence : silence),
      ask: () => {
        if (dialect.probe === undefined || !isReady) return false;
        // Ahead of what waits: the answer is due soon.
        out.sendFirst(dialect.probe());
        return true;
      },
      silent: (text) => {
        lose('silent', text);
      },
    });
    const topics = subscriptions({ ...shared, dialect: () => dialect, heardAt, changed, complain });
    const out = outbox({
      ...shared,
      transmit: (text) => {
        wire.send(text);
      },
      nextRequest: () => (isReady ? topics.next() : undefined),
      dropped: (what, count) => {
        report({ type: 'dropped', count, message: `not sent: ${what}` });
      },
    });
    const { send } = out;
    const dialect: Dialect = plan.dialect({ ...topics, interrupted, send, lose, complain, changed });

    subscriber.add(
      wire.messages.subscribe((text) => {
        hear();
        incoming(name, text, read);
      }),
    );
    subscriber.add(wire.activity?.subscribe(hear));
    subscriber.add(context.wake.subscribe(probe));
    watch();

    const start = (): void => {
      isReady = true;
      topics.begin();
      subscriber.next({ ...topics, interrupted, send });
      changed();
      const beside = defer(() => dialect.alongside?.() ?? EMPTY);
      subscriber.add(beside.subscribe({ error: failed('failed', 'alongside') }));
    };
    const handshake = defer(() => dialect.handshake?.() ?? EMPTY);
    subscriber.add(handshake.subscribe({ complete: start, error: failed('handshake', 'handshake') }));
  });
}
