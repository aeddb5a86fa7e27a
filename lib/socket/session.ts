import { EMPTY, Observable, type SchedulerLike, concat, defer, ignoreElements, of, repeat, timer } from 'rxjs';
import { WireLostError } from '../errors/wireLostError.js';
import type { LossReason } from '../model/connection.js';
import type { FaultNotice } from '../model/fault.js';
import type { Wire } from '../network/network.js';
import { lossBy } from './lossBy.js';
import { lifeSigns } from './lifeSigns.js';
import { outbox } from './outbox.js';
import type { Dialect, WirePlan } from './plan.js';
import type { Route } from './route.js';
import { subscriptions } from './subscriptions.js';

/** What a session needs of the line it belongs to. */
export interface SessionContext {
  readonly venue: string;
  readonly plan: WirePlan;
  readonly scheduler: SchedulerLike;
  /** Ask again for what was neither confirmed nor answered with data for so long, in ms. */
  readonly confirmWithin: number;
  /** What is wanted of the line, by key. The session reads it; only the line changes it. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Every inbound frame goes out here and comes back by {@link Session.read}. */
  readonly incoming: (text: string) => void;
  /** The outside may have changed: the wire is held to a ping. */
  readonly wake: Observable<unknown>;
  /** Told before anything is said or heard. */
  readonly opened: (session: Session) => void;
  /** The venue refused a route: the line forgets it. */
  readonly forget: (route: Route) => void;
  readonly report: (fault: FaultNotice) => void;
}

/** One open wire past its opening, as its line uses it. */
export interface Session {
  /** Whether the handshake is done. */
  readonly isReady: () => boolean;
  /** Reads one inbound frame; what can't be read is reported. */
  readonly read: (text: string) => void;
  readonly wanted: (route: Route) => void;
  readonly dropped: (route: Route) => void;
  /** Has a channel subscribed anew, or all of them. */
  readonly interrupted: (key?: string) => void;
  readonly send: (text: string) => void;
  readonly close: (code?: number, reason?: string) => void;
}

/**
 * One open wire: the handshake, the watch over silence, and what was subscribed. Whatever it remembers dies with it;
 * nothing is carried over to the next.
 *
 * @returns Emits the session when its handshake is done; errors when it is lost; unsubscribing ends it.
 */
export function runSession(wire: Wire, context: SessionContext): Observable<Session> {
  return new Observable((subscriber) => {
    const { plan, scheduler, incoming, report } = context;
    const { silence, blindSilence = silence, probeWithin } = plan.limits;
    let isReady = false;

    const fail = (error: unknown): void => {
      subscriber.error(error);
    };
    const lose = (reason: LossReason, text: string): void => {
      fail(new WireLostError(reason, text));
    };
    const changed = (): void => {
      if (!isReady) return;
      if (dialect.implicit === true) topics.open();
      out.flushSoon();
    };
    const complain = (text: string): void => {
      report({ type: 'venue', message: `${context.venue} says: ${text.slice(0, 200)}` });
    };
    const interrupted = (key?: string): void => {
      if (dialect.implicit === true) lose('closed', 'opened anew, since opening is subscribing');
      else topics.interrupted(key);
    };

    const topics = subscriptions({
      ...context,
      limits: plan.limits,
      timers: subscriber,
      dialect: () => dialect,
      changed,
    });
    const out = outbox({
      limits: plan.limits,
      scheduler,
      timers: subscriber,
      transmit: (text) => {
        wire.send(text);
      },
      isPending: topics.isPending,
      nextRequest: () => (isReady ? topics.next() : undefined),
      dropped: (what, count) => {
        report({ type: 'dropped', count, message: `not sent to ${context.venue}: ${what}` });
      },
    });
    const { heardAt, hear, watch, probe } = lifeSigns({
      silence: () => dialect.silence?.() ?? (wire.activity === undefined ? blindSilence : silence),
      probeWithin,
      scheduler,
      timers: subscriber,
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

    const dialect: Dialect = plan.dialect({
      ...topics,
      deliver: (key, payload) => {
        topics.deliver(key, payload, heardAt());
      },
      refused: (id, text) => {
        if (!topics.refused(id, text)) complain(text);
      },
      interrupted,
      send: out.send,
      lose,
      complain,
      changed,
    });

    const session: Session = {
      ...topics,
      isReady: () => isReady,
      read: (text) => {
        try {
          dialect.receive(text);
        } catch (error) {
          const path = (error instanceof Error ? error.message : String(error)).slice(0, 200);
          const message = `${context.venue} sent a frame that could not be read`;
          report({ type: 'decode', message, path, raw: text.slice(0, 200) });
          // Whose it was can't be known.
          topics.missed(heardAt());
        }
      },
      interrupted,
      send: out.send,
      close: (code, reason) => {
        wire.close(code, reason);
      },
    };

    context.opened(session);
    subscriber.add(
      wire.messages.subscribe((text) => {
        hear();
        incoming(text);
      }),
    );
    subscriber.add(wire.activity?.subscribe(hear));
    subscriber.add(context.wake.subscribe(probe));
    watch();

    const start = (): void => {
      isReady = true;
      const { heartbeat, alongside } = dialect;
      if (heartbeat !== undefined) {
        // Each a timer of its own: an action that reschedules itself keeps all before it where time is virtual.
        const beats = timer(heartbeat.every, scheduler).pipe(repeat());
        subscriber.add(beats.subscribe(() => out.send(heartbeat.text())));
      }
      topics.begin();
      subscriber.next(session);
      changed();
      const beside = defer(() => alongside?.() ?? EMPTY);
      subscriber.add(
        beside.subscribe({
          error: (error: unknown) => {
            fail(lossBy(error, 'failed', 'what runs beside the session failed'));
          },
        }),
      );
    };
    const handshake = defer(() => dialect.handshake?.() ?? EMPTY).pipe(ignoreElements());
    subscriber.add(
      concat(handshake, of(true)).subscribe({
        next: start,
        error: (error: unknown) => {
          fail(lossBy(error, 'handshake', 'the handshake failed'));
        },
      }),
    );
  });
}
