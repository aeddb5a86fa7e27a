import { type JsonObject, isJsonObject } from '../../../codec/jsonObject.js';
import { scanLevels } from '../../../codec/scanLevels.js';
import type { Dialect, Link, Topic } from '../../../socket/plan.js';
import { type Message, Requests } from '../requests.js';
import { byChannel, detailOf, keyOf, productsOf } from '../topics.js';

/** Speaks every second, whatever happens in the market. */
const HEARTBEAT = 'heartbeat';
/** `level2`, `level2_batch` and what they were called before: their frames are the same. */
export const LEVEL2 = 'level2';

/**
 * How Coinbase Exchange talks: requests of channels and products, and an answer to each that lists all there is by then.
 * Frames name type and product. The protocol has no ping: the heartbeat of the product that is subscribed first tells a
 * dead wire, and stays as long as the session.
 */
export function coinbaseExchangeDialect(link: Link): Dialect {
  const requests = new Requests(link);
  /** Whose heartbeat keeps the wire. */
  let heart: string | undefined;

  let isHeartListed = false;

  const hear = (frame: JsonObject): void => {
    const { type, product_id: product, message, reason } = frame;
    if (type === 'subscriptions') {
      const listed = listOf(frame);
      isHeartListed ||= heart !== undefined && listed.has(keyOf(HEARTBEAT, heart));
      requests.listed((topic) => listed.has(listedAs(topic)));
    } else if (type === 'error') {
      // It may be its product that was at fault.
      if (!isHeartListed) heart = undefined;
      requests.refused([message, reason].filter((text) => typeof text === 'string').join(': '));
    } else if (typeof type !== 'string' || typeof product !== 'string') throw new TypeError('no type, no product');
    else deliver(type, product, frame);
  };

  const deliver = (type: string, product: string, frame: JsonObject): void => {
    if (type === 'snapshot' || type === 'l2update') {
      const key = requests.seats.keyIn(keyOf(LEVEL2, product));
      if (key !== undefined) link.deliver(key, frame);
    } else link.deliver(keyOf(type === 'match' || type === 'last_match' ? 'matches' : type, product), frame);
  };

  return {
    receive: (text) => {
      const frame: unknown = snapshotIn(text) ?? JSON.parse(text);
      if (!isJsonObject(frame)) throw new TypeError('no object');
      hear(frame);
    },
    subscribe: (topics) => {
      const before = heart;
      heart ??= productsOf(topics)[0];
      return requests.begin(topics, [beginning(topics, before === heart ? undefined : heart)]);
    },
    unsubscribe: (topics) => {
      const others = topics.filter(({ key }) => heart === undefined || key !== keyOf(HEARTBEAT, heart));
      return requests.end(topics, endings(others));
    },
  };
}

/** One message for all of them, and for a heartbeat more. */
function beginning(topics: readonly Topic[], heart: string | undefined): Message {
  const channels = new Map([...byChannel(topics)].map(([name, some]) => [name, productsOf(some)]));
  if (heart !== undefined) channels.set(HEARTBEAT, [...new Set([...(channels.get(HEARTBEAT) ?? []), heart])]);
  const named = [...channels].map(([name, product_ids]) => ({ name, product_ids }));
  return { text: JSON.stringify({ type: 'subscribe', channels: named }), topics };
}

/** A message for each channel. */
const endings = (topics: readonly Topic[]): readonly Message[] =>
  [...byChannel(topics)].map(([channel, some]) => ({
    text: JSON.stringify({ type: 'unsubscribe', product_ids: productsOf(some), channels: [channel] }),
    topics: some,
  }));

/** A snapshot has up to megabytes of levels. */
function snapshotIn(text: string): unknown {
  if (!text.startsWith('{"type":"snapshot"')) return undefined;
  const first = /"(asks|bids)":\[/.exec(text)?.[1] ?? 'asks';
  return scanLevels(text, first, first === 'asks' ? 'bids' : 'asks', (frame) => (isRecord(frame) ? frame : undefined));
}

const isRecord = (u: unknown): u is Record<string, unknown> => isJsonObject(u);

/** `{"type":"subscriptions","channels":[{"name":"ticker","product_ids":["YFI-BTC"]}]}` */
function listOf({ channels }: JsonObject): ReadonlySet<string> {
  const listed = new Set<string>();
  for (const channel of Array.isArray(channels) ? (channels as readonly unknown[]) : []) {
    const { name, product_ids: products } = isJsonObject(channel) ? channel : {};
    for (const product of Array.isArray(products) ? products : []) listed.add(keyOf(familyOf(name), String(product)));
  }
  return listed;
}

function listedAs(topic: Topic): string {
  const { channel, product } = detailOf(topic);
  return keyOf(familyOf(channel), product);
}

/** Under which of its names the list tells a book is told nowhere. */
const familyOf = (channel: unknown): string => (String(channel).startsWith(LEVEL2) ? LEVEL2 : String(channel));
