import type { SchedulerLike } from 'rxjs';
import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { heartbeat } from '../../socket/heartbeat.js';
import type { Dialect, Link, Topic } from '../../socket/plan.js';
import { PING_EVERY } from './endpoint.js';
import { keyOf, type Subscription } from './topics.js';

const PING = '{"method":"ping"}';
/** Some servers greet so. */
const GREETING = /^websocket connection established/i;

/**
 * How Hyperliquid talks: a message is about one subscription, and answers and errors repeat it. Data say what they are of, but
 * for the digits of a book.
 */
export function hyperliquidDialect(link: Link, scheduler: SchedulerLike): Dialect {
  /** By what a book's data say, which subscription they are of. */
  const books = new Map<string, string>();

  const refuse = (text: string): void => {
    const quoted = /\{.*\}/s.exec(text)?.[0];
    const subscription = quoted === undefined ? undefined : jsonOf(quoted);
    if (!isJsonObject(subscription)) link.complain(text);
    else if (text.startsWith('Already subscribed')) link.confirmed(keyOf(subscription));
    else if (text.startsWith('Already unsubscribed')) link.accepted(endOf(keyOf(subscription)));
    else link.rejected(keyOf(subscription), text);
  };
  const answered = (data: unknown): void => {
    const { method, subscription } = isJsonObject(data) ? data : {};
    if (!isJsonObject(subscription)) throw new TypeError('an answer to no subscription');
    const key = keyOf(subscription);
    if (method === 'unsubscribe') link.accepted(endOf(key));
    else link.confirmed(key);
  };
  const deliver = (channel: string, data: unknown): void => {
    const key = Array.isArray(data)
      ? keyOfList(channel, data)
      : isJsonObject(data)
        ? keyOfData(channel, data)
        : undefined;
    if (key !== undefined) link.deliver(books.get(key) ?? key, data);
  };

  return {
    alongside: () => heartbeat(link, PING_EVERY, () => PING, scheduler),
    receive: (text) => {
      if (GREETING.test(text)) return;
      const frame: unknown = JSON.parse(text);
      if (!isJsonObject(frame)) throw new TypeError('no object');
      const { channel, data } = frame;
      if (typeof channel !== 'string') throw new TypeError('no channel');
      if (channel === 'subscriptionResponse') answered(data);
      else if (channel === 'error') refuse(String(data));
      else if (channel !== 'pong') deliver(channel, data);
    },
    subscribe: ([topic]) => {
      const subscription = subscriptionOf(topic);
      if (topic !== undefined && subscription.type === 'l2Book') books.set(bookOf(subscription), topic.key);
      return { text: JSON.stringify({ method: 'subscribe', subscription }) };
    },
    unsubscribe: ([topic]) => ({
      id: endOf(topic?.key ?? ''),
      text: JSON.stringify({ method: 'unsubscribe', subscription: subscriptionOf(topic) }),
    }),
    probe: () => PING,
  };
}

const endOf = (key: string): string => `end of ${key}`;
const subscriptionOf = (topic: Topic | undefined): Subscription => topic?.detail as Subscription;
const bookOf = ({ coin, fast }: Pick<Subscription, 'coin' | 'fast'>): string => keyOf({ type: 'l2Book', coin, fast });

/** Trades are told in a list; an empty one is of nobody. */
function keyOfList(type: string, list: readonly unknown[]): string | undefined {
  const [first] = list;
  return isJsonObject(first) ? keyOf({ type, coin: first['coin'] }) : undefined;
}

const keyOfData = (type: string, { coin, s, i, dex, fast }: JsonObject): string =>
  type === 'candle' ? keyOf({ type, coin: s, interval: i }) : keyOf({ type, coin, dex, fast });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
