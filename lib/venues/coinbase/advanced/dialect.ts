import { tap } from 'rxjs';
import { followOnWire } from '../../../book/continuity/wire.js';
import { type JsonObject, isJsonObject } from '../../../codec/jsonObject.js';
import type { Credentials } from '../../../feed/credentials.js';
import type { Dialect, Link, Topic } from '../../../socket/plan.js';
import { type Message, Requests } from '../requests.js';
import { byChannel, detailOf, keyOf, productsOf } from '../topics.js';

/** What data frames of a book call themselves. */
const L2_DATA = 'l2_data';
const LEVEL2 = 'level2';
export const HEARTBEATS = 'heartbeats';
/** Where an event of a channel holds what is of several products. */
const listed: Readonly<Record<string, string>> = { market_trades: 'trades', ticker: 'tickers', candles: 'candles' };

/**
 * How Coinbase Advanced Trade talks: a request for each channel, and an answer to each that lists all there is by then.
 * Every frame of a connection is counted, whatever it is about: after one that is missing nothing of the connection can be
 * relied upon, and all of it is subscribed anew; one that comes late is passed over. Heartbeats are subscribed by each session.
 *
 * @param tokens Where messages have their tokens from, if they bear any.
 */
export function coinbaseAdvancedDialect(link: Link, tokens?: Pick<Credentials<string>, 'get' | 'kept$'>): Dialect {
  const requests = new Requests(link);
  let last: number | undefined;
  let hasHeartbeats = false;
  let jwt: string | undefined;
  const keep = (token: string): void => {
    jwt = token;
  };

  const textOf = (type: 'subscribe' | 'unsubscribe', channel: string, products?: readonly string[]): string =>
    JSON.stringify({ type, product_ids: products, channel, jwt });
  const messagesOf = (type: 'subscribe' | 'unsubscribe', topics: readonly Topic[]): readonly Message[] =>
    // Heartbeats are there as long as the session.
    [...byChannel(topics.filter(({ key }) => key !== HEARTBEATS))].map(([channel, some]) => ({
      text: textOf(type, channel, productsOf(some)),
      topics: some,
    }));

  /** Whether a frame is to be read. What comes first may have any number: no book begins before it. */
  const counts = ({ sequence_num: number }: JsonObject): boolean => {
    if (number === undefined) return true;
    if (typeof number !== 'number') throw new TypeError('a sequence_num that is no number');
    const following = followOnWire(last, number);
    if (following === 'stale') return false;
    last = number;
    if (following === 'gap') link.interrupted();
    return true;
  };

  const hear = (frame: JsonObject): void => {
    const { type, channel, message, timestamp } = frame;
    if (type === 'error') {
      requests.refused(String(message));
      return;
    }
    if (!counts(frame)) return;
    const { events } = frame;
    if (typeof channel !== 'string' || !Array.isArray(events)) throw new TypeError('no channel, no events');
    for (const event of events as readonly unknown[]) {
      if (!isJsonObject(event)) throw new TypeError(`an event of ${channel} that is no object`);
      if (channel === 'subscriptions') requests.listed(listOf(event));
      else if (channel === HEARTBEATS) link.deliver(HEARTBEATS, { ...event, timestamp });
      else deliver(channel, { ...event, timestamp });
    }
  };

  const deliver = (channel: string, event: JsonObject): void => {
    const list = listed[channel];
    if (list === undefined) {
      const { product_id: product } = event;
      if (typeof product !== 'string') throw new TypeError(`an event of ${channel} that names no product`);
      link.deliver(keyOf(channel === L2_DATA ? LEVEL2 : channel, product), event);
      return;
    }
    for (const [product, items] of byProduct(event[list])) {
      link.deliver(keyOf(channel, product), { ...event, [list]: items });
    }
  };

  return {
    receive: (text) => {
      const frame: unknown = JSON.parse(text);
      if (!isJsonObject(frame)) throw new TypeError('no object');
      hear(frame);
    },
    subscribe: (topics) => {
      const first = hasHeartbeats ? [] : [{ text: textOf('subscribe', HEARTBEATS), topics: [] }];
      hasHeartbeats = true;
      return requests.begin(topics, [...first, ...messagesOf('subscribe', topics)]);
    },
    unsubscribe: (topics) => requests.end(topics, messagesOf('unsubscribe', topics)),
    handshake: tokens && (() => tokens.get().pipe(tap(keep))),
    alongside: tokens && (() => tokens.kept$.pipe(tap(keep))),
  };
}

function byProduct(items: unknown): ReadonlyMap<string, readonly unknown[]> {
  const groups = new Map<string, unknown[]>();
  if (!Array.isArray(items)) throw new TypeError('an event without its list');
  for (const item of items as readonly unknown[]) {
    const product: unknown = isJsonObject(item) ? item['product_id'] : undefined;
    if (typeof product !== 'string') throw new TypeError('an item that names no product');
    const same = groups.get(product);
    if (same === undefined) groups.set(product, [item]);
    else same.push(item);
  }
  return groups;
}

/** `{"subscriptions":{"level2":["BTC-USD"]}}` */
function listOf({ subscriptions }: JsonObject): (topic: Topic) => boolean {
  const all = isJsonObject(subscriptions) ? subscriptions : {};
  return (topic) => {
    const { channel, product } = detailOf(topic);
    const products = all[channel];
    return Array.isArray(products) && products.includes(product);
  };
}
