import {
  EMPTY,
  type SchedulerLike,
  Observable,
  Subscription,
  concat,
  defer,
  ignoreElements,
  interval,
  of,
  timer,
} from 'rxjs';
import { isFatal } from '../errors/isFatal.js';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { LossReason } from '../model/connection.js';
import type { Fault } from '../model/fault.js';
import type { Wire } from '../network/network.js';
import { Pacer } from './pacer.js';
import type { Dialect, Link, Topic, TopicRequest, WirePlan } from './plan.js';
import type { Route } from './route.js';

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

/** Texts that wait for their turn on one wire: probes, answers, the user's own. Beyond it the newest is dropped. */
const URGENT_LIMIT = 1_000;
const encoder = new TextEncoder();

/**
 * One open wire past its opening: the handshake, the watch over silence, and what was subscribed. Whatever it
 * remembers dies with it; nothing is carried over to the next.
 *
 * What goes out is derived from what is wanted at the moment there is room for a message. There is no queue of
 * subscriptions that could go stale.
 */
export class Session implements Link {
  private readonly dialect: Dialect;
  private readonly pacer: Pacer;
  private readonly timers = new Subscription();
  private readonly unsent = new Set<Route>();
  /** Subscribed at the venue, wanted no more. */
  private readonly unwanted = new Map<string, Topic>();
  private readonly requests = new Map<string, readonly Route[]>();
  private readonly urgent: string[] = [];
  private flushing: { readonly at: number; readonly timer: Subscription } | undefined;
  /** Whether the handshake is done. */
  isReady = false;
  private probing = false;
  private watching = false;
  /** Whether anything arrived since the last probe. */
  private heard = true;
  private receivedAt: number;

  constructor(
    private readonly wire: Wire,
    private readonly context: SessionContext,
    private readonly fail: (error: unknown) => void,
  ) {
    const { plan, scheduler } = context;
    this.receivedAt = scheduler.now();
    this.pacer = new Pacer(plan.limits.messages, scheduler);
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
    const { context, dialect, timers, wire } = this;
    context.opened(this);
    timers.add(
      wire.messages.subscribe((text) => {
        this.hear();
        context.incoming(text);
      }),
    );
    if (wire.activity !== undefined) {
      timers.add(
        wire.activity.subscribe(() => {
          this.hear();
        }),
      );
    }
    timers.add(
      context.wake.subscribe(() => {
        this.probe();
      }),
    );
    this.watchSilence(context.plan.limits.silence);
    const handshake = defer(() => dialect.handshake?.() ?? EMPTY);
    timers.add(
      concat(handshake.pipe(ignoreElements()), of(true)).subscribe({
        next: () => {
          this.isReady = true;
          this.beat();
          for (const route of context.routes.values()) this.unsent.add(route);
          ready();
          this.flushSoon();
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
        at: this.receivedAt,
        message: `${venue} sent a frame that could not be read`,
        path: path.slice(0, 200),
        raw: text.slice(0, 200),
      });
    }
  }

  // ---- what the line asks

  wanted(route: Route): void {
    if (this.unwanted.delete(route.topic.key)) {
      // Its unsubscribe has not gone out: the venue never stopped sending.
      route.phase = 'confirmed';
      route.sink.begun(this.context.scheduler.now());
      route.sink.confirmed(this.context.scheduler.now());
      return;
    }
    this.unsent.add(route);
    this.flushSoon();
  }

  dropped(route: Route): void {
    this.unsent.delete(route);
    if (route.phase === 'unsent') return;
    this.unwanted.set(route.topic.key, route.topic);
    this.flushSoon();
  }

  /** Sends the venue's ping where it has one, and holds the wire to answering it. */
  probe(): void {
    const { limits } = this.context.plan;
    if (this.dialect.probe === undefined || this.probing || !this.isReady) return;
    this.probing = true;
    this.heard = false;
    this.send(this.dialect.probe());
    this.after(limits.probeWithin, () => {
      this.probing = false;
      if (this.heard) this.watchSilence(limits.silence);
      else this.lose('silent', `no answer to a ping within ${limits.probeWithin} ms`);
    });
  }

  close(code?: number, reason?: string): void {
    this.wire.close(code, reason);
  }

  // ---- what the dialect asks (Link)

  deliver(key: string, payload: unknown): void {
    const route = this.context.routes.get(key);
    if (route === undefined || route.phase === 'unsent') return;
    if (route.phase === 'asked') this.confirm(route);
    route.sink.message(payload, this.receivedAt);
  }

  accepted(id: string): void {
    const routes = this.requests.get(id);
    if (routes === undefined) return;
    this.requests.delete(id);
    for (const route of routes) if (this.isAsked(route)) this.confirm(route);
  }

  refused(id: string, text: string): void {
    const routes = this.requests.get(id);
    if (routes === undefined) {
      this.complain(text);
      return;
    }
    this.requests.delete(id);
    for (const route of routes) {
      if (!this.isAsked(route)) continue;
      if (routes.length === 1) this.reject(route, text);
      else {
        // One of several is at fault: each is asked for alone, so that only that one is refused.
        route.alone = true;
        this.askAgain(route);
      }
    }
  }

  confirmed(key: string): void {
    const route = this.context.routes.get(key);
    if (route?.phase === 'asked') this.confirm(route);
  }

  rejected(key: string, text: string): void {
    const route = this.context.routes.get(key);
    if (route !== undefined && route.phase !== 'unsent') this.reject(route, text);
  }

  interrupted(key?: string): void {
    const hit = key === undefined ? [...this.context.routes.values()] : [this.context.routes.get(key)];
    for (const route of hit) {
      if (route === undefined || route.phase === 'unsent') continue;
      this.unwanted.set(route.topic.key, route.topic);
      this.askAgain(route);
      route.sink.lost('gap', this.context.scheduler.now());
    }
  }

  send(text: string): void {
    if (this.urgent.length >= URGENT_LIMIT) {
      this.drop('too many messages wait to be sent');
      return;
    }
    this.urgent.push(text);
    this.flush();
  }

  lose(reason: LossReason, text: string): void {
    this.fail(new WireLostError(reason, text));
  }

  complain(text: string): void {
    const { venue, report, scheduler } = this.context;
    report({ type: 'venue', venue, at: scheduler.now(), message: `${venue} says: ${text.slice(0, 200)}` });
  }

  changed(): void {
    this.flushSoon();
  }

  // ---- subscriptions

  private isAsked(route: Route): boolean {
    return route.phase === 'asked' && this.context.routes.get(route.topic.key) === route;
  }

  private confirm(route: Route): void {
    route.phase = 'confirmed';
    route.sink.confirmed(this.context.scheduler.now());
  }

  private reject(route: Route, text: string): void {
    const { venue, report, scheduler, forget } = this.context;
    const channel = route.topic.key;
    this.unsent.delete(route);
    forget(route);
    const error = new SubscriptionRefusedError(venue, channel, text.slice(0, 500));
    report({ type: 'refused', venue, channel, at: scheduler.now(), message: error.message });
    route.sink.refused(error);
  }

  private askAgain(route: Route): void {
    route.phase = 'unsent';
    this.unsent.add(route);
    this.flushSoon();
  }

  private checkConfirmed(routes: readonly Route[], id: string | undefined): void {
    const { venue, report, scheduler, confirmWithin } = this.context;
    if (id !== undefined) this.requests.delete(id);
    for (const route of routes) {
      if (!this.isAsked(route)) continue;
      const channel = route.topic.key;
      report({
        type: 'unconfirmed',
        venue,
        channel,
        at: scheduler.now(),
        attempt: route.asks,
        message: `${venue} neither confirmed ${channel} nor sent data within ${confirmWithin} ms; asking again`,
      });
      this.askAgain(route);
    }
  }

  // ---- outgoing

  /** Everything asked for in one tick goes out together. */
  private flushSoon(ms = 0): void {
    if (!this.isReady || this.timers.closed) return;
    const at = this.context.scheduler.now() + ms;
    if (this.flushing !== undefined && this.flushing.at <= at) return;
    this.flushing?.timer.unsubscribe();
    this.flushing = {
      at,
      timer: this.after(ms, () => {
        this.flushing = undefined;
        this.flush();
      }),
    };
  }

  private flush(): void {
    for (;;) {
      if (this.timers.closed) return;
      const wait = this.pacer.wait();
      if (wait > 0) {
        if (this.urgent.length + this.unwanted.size + this.unsent.size > 0) this.later(wait);
        return;
      }
      const said =
        this.urgent.length > 0 ? this.sendUrgent() : this.isReady && (this.sendUnsubscribe() || this.sendSubscribe());
      if (!said) return;
    }
  }

  /** Like {@link flushSoon}, but serves the handshake's own messages too. */
  private later(ms: number): void {
    if (this.isReady) this.flushSoon(ms);
    else
      this.after(ms, () => {
        this.flush();
      });
  }

  private sendUrgent(): boolean {
    this.transmit(this.urgent.shift());
    return true;
  }

  private sendUnsubscribe(): boolean {
    const topics = first(this.unwanted.values(), this.context.plan.limits.topicsPerRequest);
    if (topics.length === 0) return false;
    const { request, count } = this.fit(topics, (some) => this.dialect.unsubscribe(some));
    for (const topic of topics.slice(0, count)) this.unwanted.delete(topic.key);
    this.transmit(request.text);
    return true;
  }

  private sendSubscribe(): boolean {
    const routes = this.nextRoutes();
    if (routes.length === 0) return false;
    const { scheduler, confirmWithin } = this.context;
    const topics = routes.map((route) => route.topic);
    const { request, count } = this.fit(topics, (some) => this.dialect.subscribe(some));
    const asked = routes.slice(0, count);
    for (const route of asked) {
      this.unsent.delete(route);
      route.phase = 'asked';
      route.asks += 1;
    }
    const { id } = request;
    if (id !== undefined) this.requests.set(id, asked);
    this.after(confirmWithin, () => {
      this.checkConfirmed(asked, id);
    });
    // Before the text is out: an answer may come while it is being sent.
    for (const route of asked) route.sink.begun(scheduler.now());
    this.transmit(request.text);
    return true;
  }

  private nextRoutes(): readonly Route[] {
    const routes: Route[] = [];
    const { topicsPerRequest } = this.context.plan.limits;
    for (const route of this.unsent) {
      if (this.dialect.admits?.(route.topic) === false) continue;
      if (route.alone) {
        if (routes.length === 0) return [route];
        continue;
      }
      routes.push(route);
      if (routes.length >= topicsPerRequest) break;
    }
    return routes;
  }

  /** The request about as many of the topics, from the first, as the venue's frame limit lets through. */
  private fit(
    topics: readonly Topic[],
    make: (topics: readonly Topic[]) => TopicRequest,
  ): { readonly request: TopicRequest; readonly count: number } {
    const { requestBytes } = this.context.plan.limits;
    let count = topics.length;
    for (;;) {
      const request = make(topics.slice(0, count));
      if (count === 1 || encoder.encode(request.text ?? '').length <= requestBytes) return { request, count };
      count = Math.ceil(count / 2);
    }
  }

  private transmit(text: string | undefined): void {
    if (text === undefined) return;
    const { requestBytes } = this.context.plan.limits;
    if (text.length > requestBytes / 4 && encoder.encode(text).length > requestBytes) {
      this.drop(`a message over the limit of ${requestBytes} bytes`);
      return;
    }
    this.pacer.take();
    this.wire.send(text);
  }

  private drop(what: string): void {
    const { venue, report, scheduler } = this.context;
    report({ type: 'dropped', venue, at: scheduler.now(), count: 1, message: `not sent to ${venue}: ${what}` });
  }

  // ---- life signs

  private beat(): void {
    const { heartbeat } = this.dialect;
    if (heartbeat === undefined) return;
    this.timers.add(
      interval(heartbeat.every, this.context.scheduler).subscribe(() => {
        this.send(heartbeat.text());
      }),
    );
  }

  private hear(): void {
    this.receivedAt = this.context.scheduler.now();
    this.heard = true;
  }

  /** A timer looks at the last arrival, so that an arrival costs no timer. */
  private watchSilence(ms: number): void {
    if (this.watching || !Number.isFinite(ms)) return;
    this.watching = true;
    this.after(ms, () => {
      this.watching = false;
      const { limits } = this.context.plan;
      const left = this.receivedAt + limits.silence - this.context.scheduler.now();
      if (left > 0) this.watchSilence(left);
      else if (this.dialect.probe !== undefined && this.isReady) this.probe();
      else this.lose('silent', `nothing received for ${limits.silence} ms`);
    });
  }

  private after(ms: number, run: () => void): Subscription {
    const subscription = timer(ms, this.context.scheduler).subscribe(run);
    this.timers.add(subscription);
    return subscription;
  }
}

/** Of what is not one of ours only the kind is told: its text may hold anything. */
const handshakeError = (error: unknown): unknown =>
  error instanceof WireLostError || isFatal(error)
    ? error
    : new WireLostError(
        'handshake',
        `the handshake failed: ${error instanceof Error ? error.name : typeof error}`,
        undefined,
        { cause: error },
      );

function first<T>(values: Iterable<T>, count: number): readonly T[] {
  const taken: T[] = [];
  for (const value of values) {
    if (taken.length >= count) break;
    taken.push(value);
  }
  return taken;
}
