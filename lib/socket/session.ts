import { type SchedulerLike, EMPTY, Observable, Subscription, concat, defer, ignoreElements, interval, of } from 'rxjs';
import { isFatal } from '../errors/isFatal.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { LossReason } from '../model/connection.js';
import type { Fault } from '../model/fault.js';
import type { Wire } from '../network/network.js';
import { LifeSigns } from './lifeSigns.js';
import { Outbox } from './outbox.js';
import type { Dialect, Link, WirePlan } from './plan.js';
import type { Route } from './route.js';
import { Subscriptions } from './subscriptions.js';

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
  readonly report: (fault: Fault) => void;
}

/**
 * One open wire past its opening: the handshake, the watch over silence, and what was subscribed. Whatever it
 * remembers dies with it; nothing is carried over to the next.
 */
export class Session implements Link {
  private readonly timers = new Subscription();
  private readonly subscriptions: Subscriptions;
  private readonly outbox: Outbox;
  private readonly signs: LifeSigns;
  private readonly dialect: Dialect;
  /** Whether the handshake is done. */
  isReady = false;

  constructor(
    private readonly wire: Wire,
    private readonly context: SessionContext,
    private readonly fail: (error: unknown) => void,
  ) {
    const { plan, scheduler } = context;
    const { timers } = this;
    const { limits } = plan;
    this.subscriptions = new Subscriptions({
      ...context,
      limits,
      timers,
      dialect: () => this.dialect,
      changed: () => {
        this.changed();
      },
    });
    this.outbox = new Outbox({
      limits,
      scheduler,
      timers,
      transmit: (text) => {
        wire.send(text);
      },
      isPending: () => this.subscriptions.isPending,
      nextRequest: () => (this.isReady ? this.subscriptions.next() : undefined),
      dropped: (what, count) => {
        this.drop(what, count);
      },
    });
    const { silence, blindSilence = silence, probeWithin } = limits;
    this.signs = new LifeSigns({
      limits: { probeWithin, silence: wire.activity === undefined ? blindSilence : silence },
      scheduler,
      timers,
      ask: () => this.ping(),
      silent: (text) => {
        this.lose('silent', text);
      },
    });
    this.dialect = plan.dialect(this);
  }

  /** Emits the session when its handshake is done; errors when it is lost; unsubscribing ends it. */
  static run(wire: Wire, context: SessionContext): Observable<Session> {
    return new Observable((subscriber) => {
      const session = new Session(wire, context, (error) => {
        subscriber.error(error);
      });
      subscriber.add(session.timers);
      session.start(() => {
        subscriber.next(session);
      });
    });
  }

  private start(ready: () => void): void {
    const { context, dialect, signs, timers, wire } = this;
    context.opened(this);
    timers.add(
      wire.messages.subscribe((text) => {
        signs.hear();
        context.incoming(text);
      }),
    );
    timers.add(
      wire.activity?.subscribe(() => {
        signs.hear();
      }),
    );
    timers.add(
      context.wake.subscribe(() => {
        signs.probe();
      }),
    );
    signs.watch();
    const handshake = defer(() => dialect.handshake?.() ?? EMPTY);
    timers.add(
      concat(handshake.pipe(ignoreElements()), of(true)).subscribe({
        next: () => {
          this.isReady = true;
          this.beat();
          this.subscriptions.begin();
          ready();
          this.changed();
          timers.add(this.runAlongside());
        },
        error: (error: unknown) => {
          this.fail(handshakeError(error));
        },
      }),
    );
  }

  /** Reads one inbound frame; what can't be read is reported. */
  read(text: string): void {
    try {
      this.dialect.receive(text);
    } catch (error) {
      const { venue, report } = this.context;
      const path = error instanceof Error ? error.message : String(error);
      report({
        type: 'decode',
        venue,
        at: this.signs.heardAt,
        message: `${venue} sent a frame that could not be read`,
        path: path.slice(0, 200),
        raw: text.slice(0, 200),
      });
      // Whose it was can't be known.
      this.subscriptions.missed(this.signs.heardAt);
    }
  }

  // ---- what the line asks

  wanted(route: Route): void {
    this.subscriptions.wanted(route);
  }

  dropped(route: Route): void {
    this.subscriptions.dropped(route);
  }

  close(code?: number, reason?: string): void {
    this.wire.close(code, reason);
  }

  // ---- what the dialect asks (Link)

  deliver(key: string, payload: unknown): void {
    this.subscriptions.deliver(key, payload, this.signs.heardAt);
  }

  accepted(id: string): void {
    this.subscriptions.accepted(id);
  }

  refused(id: string, text: string): void {
    if (!this.subscriptions.refused(id, text)) this.complain(text);
  }

  confirmed(key: string): void {
    this.subscriptions.confirmed(key);
  }

  rejected(key: string, text: string): void {
    this.subscriptions.rejected(key, text);
  }

  interrupted(key?: string): void {
    if (this.dialect.implicit === true) this.lose('closed', 'opened anew, since opening is subscribing');
    else this.subscriptions.interrupted(key);
  }

  send(text: string): void {
    this.outbox.send(text);
  }

  lose(reason: LossReason, text: string): void {
    this.fail(new WireLostError(reason, text));
  }

  complain(text: string): void {
    const { venue, report, scheduler } = this.context;
    report({ type: 'venue', venue, at: scheduler.now(), message: `${venue} says: ${text.slice(0, 200)}` });
  }

  changed(): void {
    if (!this.isReady) return;
    if (this.dialect.implicit === true) this.subscriptions.open();
    this.outbox.flushSoon();
  }

  private runAlongside(): Subscription {
    return defer(() => this.dialect.alongside?.() ?? EMPTY).subscribe({
      error: (error: unknown) => {
        this.fail(alongsideError(error));
      },
    });
  }

  private ping(): boolean {
    if (this.dialect.probe === undefined || !this.isReady) return false;
    // Ahead of what waits: the answer is due soon.
    this.outbox.sendFirst(this.dialect.probe());
    return true;
  }

  private beat(): void {
    const { heartbeat } = this.dialect;
    if (heartbeat === undefined) return;
    this.timers.add(
      interval(heartbeat.every, this.context.scheduler).subscribe(() => {
        this.send(heartbeat.text());
      }),
    );
  }

  private drop(what: string, count: number): void {
    const { venue, report, scheduler } = this.context;
    report({ type: 'dropped', venue, at: scheduler.now(), count, message: `not sent to ${venue}: ${what}` });
  }
}

const handshakeError = (cause: unknown): unknown => ours(cause, 'handshake', 'the handshake failed');
const alongsideError = (cause: unknown): unknown => ours(cause, 'failed', 'what runs beside the session failed');

/** Of what is not one of ours only the kind is told: its text may hold anything. */
function ours(cause: unknown, reason: LossReason, what: string): unknown {
  if (cause instanceof WireLostError || isFatal(cause)) return cause;
  const kind = cause instanceof Error ? cause.name : typeof cause;
  return new WireLostError(reason, `${what}: ${kind}`, undefined, { cause });
}
