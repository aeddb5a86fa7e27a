import { type SchedulerLike, type Subscription, timer } from 'rxjs';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { FaultNotice } from '../model/fault.js';
import { bytesOf } from './bytesOf.js';
import type { Dialect, Link, Topic, TopicRequest, WireLimits } from './plan.js';
import type { WantedChannel } from './wantedChannel.js';

export interface SubscriptionsPort {
  readonly venue: string;
  readonly limits: Pick<WireLimits, 'topicsPerRequest' | 'requestBytes'>;
  readonly scheduler: SchedulerLike;
  /** Ask again for what was neither confirmed nor answered with data for so long, in ms. */
  readonly confirmWithin: number;
  /** What ends the timers. */
  readonly timers: Subscription;
  /** What is wanted, by key. Only the line changes it. */
  readonly channels: ReadonlyMap<string, WantedChannel>;
  readonly dialect: () => Pick<Dialect, 'admits' | 'patience' | 'subscribe' | 'unsubscribe'>;
  /** The venue refused a channel: the line forgets it. */
  readonly forget: (channel: WantedChannel) => void;
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
  readonly wanted: (channel: WantedChannel) => void;
  readonly dropped: (channel: WantedChannel) => void;
  /** A frame could not be read, and whose it was can't be known. */
  readonly missed: () => void;
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
    channels,
    dialect,
    forget,
    report,
  } = port;
  const unsent = new Set<WantedChannel>();
  /** Subscribed at the venue, wanted no more; or wanted anew, once it has ended. */
  const unwanted = new Map<string, WantedChannel>();
  const asks = new Map<string | undefined, Ask>();
  /** How many a request names at most: fewer while one who makes the venue refuse is looked for. */
  let most = limits.topicsPerRequest;

  // ---- how far each has come

  const isWanted = (channel: WantedChannel): boolean => channels.get(channel.topic.key) === channel;

  const tell = (channel: WantedChannel, type: 'begun' | 'confirmed' | 'missed'): void => {
    channel.tell({ type, at: scheduler.now() });
  };

  const confirm = (channel: WantedChannel): void => {
    channel.phase = 'confirmed';
    if (isWanted(channel)) tell(channel, 'confirmed');
  };

  const askAgain = (channel: WantedChannel): void => {
    channel.phase = 'unsent';
    unsent.add(channel);
    changed();
  };

  const reject = (channel: WantedChannel, text: string): void => {
    forget(channel);
    channel.end(new SubscriptionRefusedError(venue, channel.topic.key, text.slice(0, 500)));
  };

  /**
   * The channels that still wait for the answer to this request, wanted or not. There will be no other. Each is looked up
   * when it is its turn: whoever heard of the one before may have left, and come again.
   */
  function* settled(ask: Ask): Iterable<WantedChannel> {
    asks.delete(ask.id);
    ask.timer.unsubscribe();
    for (const key of ask.keys) {
      const channel = [channels.get(key), unwanted.get(key)].find((one) => one?.phase === 'asked' && one.ask === ask);
      if (channel !== undefined) yield channel;
    }
  }

  const unanswered = (ask: Ask, within: number): void => {
    for (const channel of settled(ask)) {
      if (!isWanted(channel)) continue;
      // Before it is told: whoever hears of it may leave.
      askAgain(channel);
      const { key } = channel.topic;
      const message = `${key}: not confirmed within ${within} ms`;
      report({ type: 'unconfirmed', channel: key, attempt: channel.asks, message });
    }
  };

  // ---- what is to be said

  /** The request about as many of the channels, from the first, as the venue's frame limit lets through. */
  const fit = (
    some: readonly WantedChannel[],
    make: (topics: readonly Topic[]) => TopicRequest,
  ): { readonly request: TopicRequest; readonly named: readonly WantedChannel[] } => {
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
    const next: WantedChannel[] = [];
    for (const channel of unsent) {
      if (speaker.admits?.(channel.topic) === false) continue;
      next.push(channel);
      if (next.length >= most) break;
    }
    if (next.length === 0) {
      // Whoever makes the venue refuse is found, or is being asked for among fewer.
      most = limits.topicsPerRequest;
      return undefined;
    }
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
    for (const channel of named) {
      unsent.delete(channel);
      channel.phase = 'asked';
      channel.ask = ask;
      channel.asks += 1;
    }
    // Before the text is out: an answer may come while it is being sent.
    for (const channel of named) tell(channel, 'begun');
    // Nothing is said, so nothing will be answered: the handshake has asked for it already, or opening has.
    if (request.text === undefined) for (const channel of settled(ask)) confirm(channel);
    return request;
  };

  return {
    begin: () => {
      for (const channel of channels.values()) unsent.add(channel);
    },
    wanted: (channel) => {
      const { key, fromStart } = channel.topic;
      const left = unwanted.get(key);
      if (left === undefined || left.phase === 'unsent' || (fromStart === true && left.phase === 'confirmed')) {
        askAgain(channel);
        return;
      }
      // Its unsubscribe has not gone out: the venue never stopped sending, or is yet to answer.
      unwanted.delete(key);
      channel.ask = left.ask;
      channel.asks = left.asks;
      channel.phase = 'asked';
      tell(channel, 'begun');
      if (left.phase === 'confirmed') confirm(channel);
    },
    dropped: (channel) => {
      unsent.delete(channel);
      // What was asked for in vain may be subscribed all the same.
      if (channel.asks === 0) return;
      unwanted.set(channel.topic.key, channel);
      changed();
    },
    deliver: (key, payload) => {
      const channel = channels.get(key);
      if (channel === undefined || channel.phase === 'unsent') return;
      if (channel.phase === 'asked') confirm(channel);
      channel.message(payload, heardAt());
    },
    missed: () => {
      for (const channel of [...channels.values()]) if (channel.phase !== 'unsent') tell(channel, 'missed');
    },
    accepted: (id) => {
      const ask = asks.get(id);
      if (ask !== undefined) for (const channel of settled(ask)) confirm(channel);
    },
    refused: (id, text) => {
      const ask = asks.get(id);
      if (ask === undefined) {
        complain(text);
        return;
      }
      // Somebody in it is at fault: halves are asked for until it stands alone, so that only that one is refused.
      const isShared = ask.keys.length > 1;
      if (isShared) most = Math.ceil(ask.keys.length / 2);
      for (const channel of settled(ask)) {
        if (!isWanted(channel)) unwanted.delete(channel.topic.key);
        else if (isShared) {
          channel.asks = 0;
          askAgain(channel);
        } else reject(channel, text);
      }
    },
    confirmed: (key) => {
      const channel = channels.get(key);
      if (channel?.phase === 'asked') confirm(channel);
    },
    rejected: (key, text) => {
      unwanted.delete(key);
      const channel = channels.get(key);
      if (channel !== undefined && channel.phase !== 'unsent') reject(channel, text);
    },
    interrupted: (key) => {
      for (const channel of key === undefined ? [...channels.values()] : [channels.get(key)]) {
        // Whoever heard of the one before may have left this one.
        if (channel === undefined || channel.phase === 'unsent' || !isWanted(channel)) continue;
        unwanted.set(channel.topic.key, channel);
        askAgain(channel);
        channel.tell({ type: 'lost', reason: 'gap', at: scheduler.now() });
      }
    },
    next: () => nextUnsubscribe() ?? nextSubscribe(),
  };
}
