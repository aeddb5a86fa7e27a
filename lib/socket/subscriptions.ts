import { type SchedulerLike, type Subscription, timer } from 'rxjs';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { FaultNotice } from '../model/fault.js';
import { bytesOf } from './bytesOf.js';
import type { Dialect, Link, Topic, TopicRequest, WireLimits } from './plan.js';
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
  readonly dialect: () => Pick<Dialect, 'admits' | 'patience' | 'subscribe' | 'unsubscribe'>;
  /** The venue refused a route: the line forgets it. */
  readonly forget: (route: Route) => void;
  readonly report: (fault: FaultNotice) => void;
  /** There is something to say. */
  readonly changed: () => void;
}

export interface Subscriptions extends Pick<Link, 'accepted' | 'confirmed' | 'interrupted' | 'rejected'> {
  /** Takes up all that is wanted. */
  readonly begin: () => void;
  /** Takes all that is wanted for subscribed and confirmed, because the open wire is the subscription. */
  readonly open: () => void;
  readonly wanted: (route: Route) => void;
  readonly dropped: (route: Route) => void;
  readonly deliver: (key: string, payload: unknown, at: number) => void;
  /** A frame could not be read, and whose it was can't be known. */
  readonly missed: (at: number) => void;
  /** @returns Whether the request was one of these. */
  readonly refused: (id: string, text: string) => boolean;
  /** Whether anything is to be said. */
  readonly isPending: () => boolean;
  /** The next request, ends before beginnings: the venue must have room for what begins. */
  readonly next: () => TopicRequest | undefined;
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
export function subscriptions(port: SubscriptionsPort): Subscriptions {
  const { venue, limits, scheduler, confirmWithin, timers, routes, dialect, forget, report, changed } = port;
  const unsent = new Set<Route>();
  /** Subscribed at the venue, wanted no more; or wanted anew, once it has ended. */
  const unwanted = new Map<string, Route>();
  const asks = new Map<string, Ask>();

  // ---- how far each has come

  const isWanted = (route: Route): boolean => routes.get(route.topic.key) === route;

  const confirm = (route: Route): void => {
    route.phase = 'confirmed';
    route.company = Infinity;
    if (isWanted(route)) route.sink.confirmed(scheduler.now());
  };

  const askAgain = (route: Route): void => {
    route.phase = 'unsent';
    unsent.add(route);
    changed();
  };

  const reject = (route: Route, text: string): void => {
    const channel = route.topic.key;
    unsent.delete(route);
    forget(route);
    const error = new SubscriptionRefusedError(venue, channel, text.slice(0, 500));
    report({ type: 'refused', channel, message: error.message });
    route.sink.refused(error);
  };

  const answered = (id: string): Ask | undefined => {
    const ask = asks.get(id);
    asks.delete(id);
    ask?.timer.unsubscribe();
    return ask;
  };

  /** The route that still waits for the answer to this request, wanted or not. */
  const askedBy = (ask: Ask, key: string): Route | undefined =>
    [routes.get(key), unwanted.get(key)].find((route) => route?.phase === 'asked' && route.ask === ask);

  const checkConfirmed = (ask: Ask, within: number): void => {
    if (ask.id !== undefined) asks.delete(ask.id);
    for (const channel of ask.keys) {
      const route = askedBy(ask, channel);
      if (route === undefined || !isWanted(route)) continue;
      // Before it is told: whoever hears of it may leave.
      askAgain(route);
      const message = `${venue} neither confirmed ${channel} nor sent data within ${within} ms; asking again`;
      report({ type: 'unconfirmed', channel, attempt: route.asks, message });
    }
  };

  // ---- what is to be said

  /** The request about as many of the topics, from the first, as the venue's frame limit lets through. */
  const fit = (
    topics: readonly Topic[],
    make: (topics: readonly Topic[]) => TopicRequest,
  ): { readonly request: TopicRequest; readonly count: number } => {
    for (let count = topics.length; ; count = Math.ceil(count / 2)) {
      const request = make(topics.slice(0, count));
      if (count === 1 || bytesOf(request.text ?? '') <= limits.requestBytes) return { request, count };
    }
  };

  const nextUnsubscribe = (): TopicRequest | undefined => {
    const topics = [...unwanted.values()].slice(0, limits.topicsPerRequest).map(({ topic }) => topic);
    if (topics.length === 0) return undefined;
    const { request, count } = fit(topics, (some) => dialect().unsubscribe(some));
    for (const { key } of topics.slice(0, count)) unwanted.delete(key);
    return request;
  };

  const nextRoutes = (): readonly Route[] => {
    const speaker = dialect();
    const next: Route[] = [];
    for (const route of unsent) {
      if (speaker.admits?.(route.topic) === false) continue;
      const company = next[0]?.company ?? route.company;
      if (route.company !== company) continue;
      next.push(route);
      if (next.length >= Math.min(company, limits.topicsPerRequest)) break;
    }
    return next;
  };

  const nextSubscribe = (): TopicRequest | undefined => {
    const next = nextRoutes();
    if (next.length === 0) return undefined;
    const { request, count } = fit(
      next.map(({ topic }) => topic),
      (some) => dialect().subscribe(some),
    );
    const asked = next.slice(0, count);
    const tries = asked.reduce((most, route) => Math.max(most, route.asks + 1), 1);
    const within = confirmWithin * (dialect().patience?.(tries) ?? 1);
    const ask: Ask = {
      id: request.id,
      keys: asked.map(({ topic }) => topic.key),
      timer: timer(within, scheduler).subscribe(() => {
        checkConfirmed(ask, within);
      }),
    };
    timers.add(ask.timer);
    if (ask.id !== undefined) asks.set(ask.id, ask);
    for (const route of asked) {
      unsent.delete(route);
      route.phase = 'asked';
      route.ask = ask;
      route.asks += 1;
    }
    // Before the text is out: an answer may come while it is being sent.
    for (const { sink } of asked) sink.begun(scheduler.now());
    // Nothing is said, so nothing will be answered: the handshake has asked for it already.
    if (request.text === undefined) for (const route of asked) if (route.phase === 'asked') confirm(route);
    return request;
  };

  return {
    begin: () => {
      for (const route of routes.values()) unsent.add(route);
    },
    open: () => {
      for (const route of [...unsent]) {
        if (!unsent.delete(route)) continue;
        route.phase = 'asked';
        route.asks += 1;
        route.sink.begun(scheduler.now());
        confirm(route);
      }
    },
    wanted: (route) => {
      const { key, fromStart } = route.topic;
      const left = unwanted.get(key);
      if (left === undefined || left.phase === 'unsent' || (fromStart === true && left.phase === 'confirmed')) {
        askAgain(route);
        return;
      }
      // Its unsubscribe has not gone out: the venue never stopped sending, or is yet to answer.
      unwanted.delete(key);
      route.ask = left.ask;
      route.asks = left.asks;
      route.phase = 'asked';
      route.sink.begun(scheduler.now());
      if (left.phase === 'confirmed') confirm(route);
    },
    dropped: (route) => {
      unsent.delete(route);
      if (route.phase === 'unsent') return;
      unwanted.set(route.topic.key, route);
      changed();
    },
    deliver: (key, payload, at) => {
      const route = routes.get(key);
      if (route === undefined || route.phase === 'unsent') return;
      if (route.phase === 'asked') confirm(route);
      route.sink.message(payload, at);
    },
    missed: (at) => {
      for (const { phase, sink } of [...routes.values()]) if (phase !== 'unsent') sink.missed(at);
    },
    accepted: (id) => {
      const ask = answered(id);
      for (const key of ask?.keys ?? []) {
        const route = ask && askedBy(ask, key);
        if (route !== undefined) confirm(route);
      }
    },
    refused: (id, text) => {
      const ask = answered(id);
      if (ask === undefined) return false;
      for (const key of ask.keys) {
        const route = askedBy(ask, key);
        if (route === undefined) continue;
        if (!isWanted(route)) unwanted.delete(key);
        else if (ask.keys.length === 1) reject(route, text);
        else {
          // Somebody in it is at fault: halves are asked for until it stands alone, so that only that one is refused.
          route.company = Math.ceil(ask.keys.length / 2);
          askAgain(route);
        }
      }
      return true;
    },
    confirmed: (key) => {
      const route = routes.get(key);
      if (route?.phase === 'asked') confirm(route);
    },
    rejected: (key, text) => {
      unwanted.delete(key);
      const route = routes.get(key);
      if (route !== undefined && route.phase !== 'unsent') reject(route, text);
    },
    interrupted: (key) => {
      for (const route of key === undefined ? [...routes.values()] : [routes.get(key)]) {
        // Whoever heard of the one before may have left this one.
        if (route === undefined || route.phase === 'unsent' || !isWanted(route)) continue;
        unwanted.set(route.topic.key, route);
        askAgain(route);
        route.sink.lost('gap', scheduler.now());
      }
    },
    isPending: () => unsent.size + unwanted.size > 0,
    next: () => nextUnsubscribe() ?? nextSubscribe(),
  };
}
