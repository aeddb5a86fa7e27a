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
  /** When the last frame arrived, in ms. */
  readonly heardAt: () => number;
  /** There is something to say. */
  readonly changed: () => void;
  /** The venue said something of no channel of ours. */
  readonly complain: (text: string) => void;
}

export interface Subscriptions extends Pick<
  Link,
  'accepted' | 'refused' | 'confirmed' | 'interrupted' | 'rejected' | 'deliver'
> {
  /** Takes up all that is wanted. */
  readonly begin: () => void;
  readonly wanted: (route: Route) => void;
  readonly dropped: (route: Route) => void;
  /** A frame could not be read, and whose it was can't be known. */
  readonly missed: () => void;
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
  const {
    heardAt,
    changed,
    complain,
    venue,
    limits,
    scheduler,
    confirmWithin,
    timers,
    routes,
    dialect,
    forget,
    report,
  } = port;
  const unsent = new Set<Route>();
  /** Subscribed at the venue, wanted no more; or wanted anew, once it has ended. */
  const unwanted = new Map<string, Route>();
  const asks = new Map<string | undefined, Ask>();

  // ---- how far each has come

  const isWanted = (route: Route): boolean => routes.get(route.topic.key) === route;

  const tell = (route: Route, type: 'begun' | 'confirmed' | 'missed'): void => {
    route.tell({ type, at: scheduler.now() });
  };

  const confirm = (route: Route): void => {
    route.phase = 'confirmed';
    route.company = Infinity;
    if (isWanted(route)) tell(route, 'confirmed');
  };

  const askAgain = (route: Route): void => {
    route.phase = 'unsent';
    unsent.add(route);
    changed();
  };

  const reject = (route: Route, text: string): void => {
    forget(route);
    route.end(new SubscriptionRefusedError(venue, route.topic.key, text.slice(0, 500)));
  };

  /**
   * The routes that still wait for the answer to this request, wanted or not. There will be no other. Each is looked up
   * when it is its turn: whoever heard of the one before may have left, and come again.
   */
  function* settled(ask: Ask): Iterable<Route> {
    asks.delete(ask.id);
    ask.timer.unsubscribe();
    for (const key of ask.keys) {
      const route = [routes.get(key), unwanted.get(key)].find((one) => one?.phase === 'asked' && one.ask === ask);
      if (route !== undefined) yield route;
    }
  }

  const unanswered = (ask: Ask, within: number): void => {
    for (const route of settled(ask)) {
      if (!isWanted(route)) continue;
      // Before it is told: whoever hears of it may leave.
      askAgain(route);
      const channel = route.topic.key;
      const message = `${channel}: not confirmed within ${within} ms`;
      report({ type: 'unconfirmed', channel, attempt: route.asks, message });
    }
  };

  // ---- what is to be said

  /** The request about as many of the routes, from the first, as the venue's frame limit lets through. */
  const fit = (
    some: readonly Route[],
    make: (topics: readonly Topic[]) => TopicRequest,
  ): { readonly request: TopicRequest; readonly named: readonly Route[] } => {
    for (let count = some.length; ; count = Math.ceil(count / 2)) {
      const named = some.slice(0, count);
      const request = make(named.map(({ topic }) => topic));
      if (count === 1 || bytesOf(request.text ?? '') <= limits.requestBytes) return { request, named };
    }
  };

  const nextUnsubscribe = (): TopicRequest | undefined => {
    if (unwanted.size === 0) return undefined;
    const { request, named } = fit([...unwanted.values()].slice(0, limits.topicsPerRequest), (topics) =>
      dialect().unsubscribe(topics),
    );
    for (const { topic } of named) unwanted.delete(topic.key);
    return request;
  };

  const nextSubscribe = (): TopicRequest | undefined => {
    const speaker = dialect();
    const next: Route[] = [];
    for (const route of unsent) {
      if (speaker.admits?.(route.topic) === false) continue;
      const company = next[0]?.company ?? route.company;
      if (route.company === company) next.push(route);
      if (next.length >= Math.min(company, limits.topicsPerRequest)) break;
    }
    if (next.length === 0) return undefined;
    const { request, named } = fit(next, (topics) => speaker.subscribe(topics));
    const tries = Math.max(...named.map(({ asks: before }) => before + 1));
    const within = confirmWithin * (speaker.patience?.(tries) ?? 1);
    const ask: Ask = {
      id: request.id,
      keys: named.map(({ topic }) => topic.key),
      timer: timer(within, scheduler).subscribe(() => {
        unanswered(ask, within);
      }),
    };
    timers.add(ask.timer);
    asks.set(ask.id, ask);
    for (const route of named) {
      unsent.delete(route);
      route.phase = 'asked';
      route.ask = ask;
      route.asks += 1;
    }
    // Before the text is out: an answer may come while it is being sent.
    for (const route of named) tell(route, 'begun');
    // Nothing is said, so nothing will be answered: the handshake has asked for it already, or opening has.
    if (request.text === undefined) for (const route of settled(ask)) confirm(route);
    return request;
  };

  return {
    begin: () => {
      for (const route of routes.values()) unsent.add(route);
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
      tell(route, 'begun');
      if (left.phase === 'confirmed') confirm(route);
    },
    dropped: (route) => {
      unsent.delete(route);
      if (route.phase === 'unsent') return;
      unwanted.set(route.topic.key, route);
      changed();
    },
    deliver: (key, payload) => {
      const route = routes.get(key);
      if (route === undefined || route.phase === 'unsent') return;
      if (route.phase === 'asked') confirm(route);
      route.message(payload, heardAt());
    },
    missed: () => {
      for (const route of [...routes.values()]) if (route.phase !== 'unsent') tell(route, 'missed');
    },
    accepted: (id) => {
      const ask = asks.get(id);
      if (ask !== undefined) for (const route of settled(ask)) confirm(route);
    },
    refused: (id, text) => {
      const ask = asks.get(id);
      if (ask === undefined) {
        complain(text);
        return;
      }
      for (const route of settled(ask)) {
        if (!isWanted(route)) unwanted.delete(route.topic.key);
        else if (ask.keys.length === 1) reject(route, text);
        else {
          // Somebody in it is at fault: halves are asked for until it stands alone, so that only that one is refused.
          route.company = Math.ceil(ask.keys.length / 2);
          askAgain(route);
        }
      }
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
        route.tell({ type: 'lost', reason: 'gap', at: scheduler.now() });
      }
    },
    isPending: () => unsent.size + unwanted.size > 0,
    next: () => nextUnsubscribe() ?? nextSubscribe(),
  };
}
