import { type SchedulerLike, type Subscription, timer } from 'rxjs';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { Fault } from '../model/fault.js';
import { bytesOf } from './bytesOf.js';
import type { Dialect, Topic, TopicRequest, WireLimits } from './plan.js';
import type { Route } from './route.js';

export interface SubscriptionsPort {
  readonly venue: string;
  readonly limits: Pick<WireLimits, 'topicsPerRequest' | 'requestBytes'>;
  readonly scheduler: SchedulerLike;
  /** Ask again for what was neither confirmed nor answered with data for so long, in ms. */
  readonly confirmWithin: number;
  /** What ends the timers. */
  readonly timers: Subscription;
  /** What is wanted, by key. Only the line changes it. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly dialect: () => Pick<Dialect, 'admits' | 'subscribe' | 'unsubscribe'>;
  /** The venue refused a route: the line forgets it. */
  readonly forget: (route: Route) => void;
  readonly report: (fault: Fault) => void;
  /** There is something to say. */
  readonly changed: () => void;
}

/** One request for some channels, from its sending to its answer. */
interface Ask {
  readonly id: string | undefined;
  readonly keys: readonly string[];
  readonly timer: Subscription;
}

/**
 * What one session subscribed, and how far each subscription has come. What is said next is derived from what is wanted
 * at the moment there is room to say it: there is no queue that could go stale.
 */
export class Subscriptions {
  private readonly unsent = new Set<Route>();
  /** Subscribed at the venue, wanted no more; or wanted anew, once it has ended. */
  private readonly unwanted = new Map<string, Route>();
  private readonly asks = new Map<string, Ask>();

  constructor(private readonly port: SubscriptionsPort) {}

  /** Whether anything is to be said. */
  get isPending(): boolean {
    return this.unsent.size + this.unwanted.size > 0;
  }

  begin(): void {
    for (const route of this.port.routes.values()) this.unsent.add(route);
  }

  /** Takes all that is wanted for subscribed and confirmed, because the open wire is the subscription. */
  open(): void {
    for (const route of [...this.unsent]) {
      if (!this.unsent.delete(route)) continue;
      route.phase = 'asked';
      route.asks += 1;
      route.sink.begun(this.port.scheduler.now());
      this.confirm(route);
    }
  }

  // ---- what the line asks

  wanted(route: Route): void {
    const left = this.unwanted.get(route.topic.key);
    if (left === undefined || left.phase === 'unsent') {
      this.askAgain(route);
      return;
    }
    // Its unsubscribe has not gone out: the venue never stopped sending, or is yet to answer.
    this.unwanted.delete(route.topic.key);
    route.ask = left.ask;
    route.asks = left.asks;
    route.phase = 'asked';
    route.sink.begun(this.port.scheduler.now());
    if (left.phase === 'confirmed') this.confirm(route);
  }

  dropped(route: Route): void {
    this.unsent.delete(route);
    if (route.phase === 'unsent') return;
    this.unwanted.set(route.topic.key, route);
    this.port.changed();
  }

  // ---- what the venue says

  deliver(key: string, payload: unknown, at: number): void {
    const route = this.port.routes.get(key);
    if (route === undefined || route.phase === 'unsent') return;
    if (route.phase === 'asked') this.confirm(route);
    route.sink.message(payload, at);
  }

  missed(at: number): void {
    for (const route of [...this.port.routes.values()]) if (route.phase !== 'unsent') route.sink.missed(at);
  }

  accepted(id: string): void {
    const ask = this.answered(id);
    for (const key of ask?.keys ?? []) {
      const route = this.askedBy(ask, key);
      if (route !== undefined) this.confirm(route);
    }
  }

  /** @returns Whether the request was one of these. */
  refused(id: string, text: string): boolean {
    const ask = this.answered(id);
    for (const key of ask?.keys ?? []) {
      const route = this.askedBy(ask, key);
      if (route === undefined || ask === undefined) continue;
      if (!this.isWanted(route)) this.unwanted.delete(key);
      else if (ask.keys.length === 1) this.reject(route, text);
      else {
        // Somebody in it is at fault: halves are asked for until it stands alone, so that only that one is refused.
        route.company = Math.ceil(ask.keys.length / 2);
        this.askAgain(route);
      }
    }
    return ask !== undefined;
  }

  confirmed(key: string): void {
    const route = this.port.routes.get(key);
    if (route?.phase === 'asked') this.confirm(route);
  }

  rejected(key: string, text: string): void {
    this.unwanted.delete(key);
    const route = this.port.routes.get(key);
    if (route !== undefined && route.phase !== 'unsent') this.reject(route, text);
  }

  /** Updates of one channel were lost, or of all: each is ended and subscribed anew. */
  interrupted(key?: string): void {
    const { routes, scheduler } = this.port;
    for (const route of key === undefined ? [...routes.values()] : [routes.get(key)]) {
      // Whoever heard of the one before may have left this one.
      if (route === undefined || route.phase === 'unsent' || !this.isWanted(route)) continue;
      this.unwanted.set(route.topic.key, route);
      this.askAgain(route);
      route.sink.lost('gap', scheduler.now());
    }
  }

  // ---- what is to be said

  /** The next request, ends before beginnings: the venue must have room for what begins. */
  next(): TopicRequest | undefined {
    return this.nextUnsubscribe() ?? this.nextSubscribe();
  }

  private nextUnsubscribe(): TopicRequest | undefined {
    const topics: Topic[] = [];
    for (const { topic } of this.unwanted.values()) {
      if (topics.length >= this.port.limits.topicsPerRequest) break;
      topics.push(topic);
    }
    if (topics.length === 0) return undefined;
    const { request, count } = this.fit(topics, (some) => this.port.dialect().unsubscribe(some));
    for (const { key } of topics.slice(0, count)) this.unwanted.delete(key);
    return request;
  }

  private nextSubscribe(): TopicRequest | undefined {
    const routes = this.nextRoutes();
    if (routes.length === 0) return undefined;
    const { confirmWithin, dialect, scheduler, timers } = this.port;
    const topics = routes.map((route) => route.topic);
    const { request, count } = this.fit(topics, (some) => dialect().subscribe(some));
    const asked = routes.slice(0, count);
    const ask: Ask = {
      id: request.id,
      keys: asked.map((route) => route.topic.key),
      timer: timer(confirmWithin, scheduler).subscribe(() => {
        this.checkConfirmed(ask);
      }),
    };
    timers.add(ask.timer);
    if (ask.id !== undefined) this.asks.set(ask.id, ask);
    for (const route of asked) {
      this.unsent.delete(route);
      route.phase = 'asked';
      route.ask = ask;
      route.asks += 1;
    }
    // Before the text is out: an answer may come while it is being sent.
    for (const route of asked) route.sink.begun(scheduler.now());
    return request;
  }

  private nextRoutes(): readonly Route[] {
    const dialect = this.port.dialect();
    const routes: Route[] = [];
    for (const route of this.unsent) {
      if (dialect.admits?.(route.topic) === false) continue;
      const company = routes[0]?.company ?? route.company;
      if (route.company !== company) continue;
      routes.push(route);
      if (routes.length >= Math.min(company, this.port.limits.topicsPerRequest)) break;
    }
    return routes;
  }

  /** The request about as many of the topics, from the first, as the venue's frame limit lets through. */
  private fit(
    topics: readonly Topic[],
    make: (topics: readonly Topic[]) => TopicRequest,
  ): { readonly request: TopicRequest; readonly count: number } {
    for (let count = topics.length; ; count = Math.ceil(count / 2)) {
      const request = make(topics.slice(0, count));
      if (count === 1 || bytesOf(request.text ?? '') <= this.port.limits.requestBytes) return { request, count };
    }
  }

  // ---- how far each has come

  private isWanted(route: Route): boolean {
    return this.port.routes.get(route.topic.key) === route;
  }

  private answered(id: string): Ask | undefined {
    const ask = this.asks.get(id);
    this.asks.delete(id);
    ask?.timer.unsubscribe();
    return ask;
  }

  /** The route that still waits for the answer to this request, wanted or not. */
  private askedBy(ask: Ask | undefined, key: string): Route | undefined {
    return [this.port.routes.get(key), this.unwanted.get(key)].find(
      (route) => route?.phase === 'asked' && route.ask === ask,
    );
  }

  private confirm(route: Route): void {
    route.phase = 'confirmed';
    route.company = Infinity;
    if (this.isWanted(route)) route.sink.confirmed(this.port.scheduler.now());
  }

  private reject(route: Route, text: string): void {
    const { venue, report, scheduler, forget } = this.port;
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
    this.port.changed();
  }

  private checkConfirmed(ask: Ask): void {
    const { venue, report, scheduler, confirmWithin } = this.port;
    if (ask.id !== undefined) this.asks.delete(ask.id);
    for (const key of ask.keys) {
      const route = this.askedBy(ask, key);
      if (route === undefined || !this.isWanted(route)) continue;
      // Before it is told: whoever hears of it may leave.
      this.askAgain(route);
      report({
        type: 'unconfirmed',
        venue,
        channel: key,
        at: scheduler.now(),
        attempt: route.asks,
        message: `${venue} neither confirmed ${key} nor sent data within ${confirmWithin} ms; asking again`,
      });
    }
  }
}
