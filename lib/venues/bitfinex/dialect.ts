import { EMPTY, defer } from 'rxjs';
import { followOnWire } from '../../book/continuity/wire.js';
import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import type { Dialect, Link, Topic } from '../../socket/plan.js';
import { FLAGS } from './endpoint.js';
import type { Told } from './told.js';
import { keyOf } from './topics.js';

/** What `info` says: a restart is due, all is paused, all goes on. */
const [RESTART, PAUSED, RESUMED] = [20_051, 20_060, 20_061];
/** "Already subscribed": an older subscription has not ended yet, and it is asked for again. */
const DUPLICATE = 10_301;

/**
 * How Bitfinex talks: events are objects, data are lists that name their channel by a number which the answer to a
 * subscription told. Every list of a connection is numbered, those of channels that nobody knows (yet) too.
 */
export function bitfinexDialect(link: Link): Dialect {
  let lastId = 0;
  let lastNumber: number | undefined;
  const keys = new Map<number, string>();
  /** By which number each channel was asked for last, and which of these are wanted no more, though not answered yet. */
  const asked = new Map<string, string>();
  const unwanted = new Set<string>();
  const nextId = (): string => `${(lastId += 1)}`;

  const end = (chanId: number): { readonly id: string; readonly text: string } => ({
    id: `channel ${chanId}`,
    text: JSON.stringify({ event: 'unsubscribe', chanId }),
  });
  const begin = (event: JsonObject): void => {
    const { chanId, subId } = event;
    if (typeof chanId !== 'number') throw new TypeError('subscribed to no channel');
    const key = keyOf(fieldsOf(event));
    if (typeof subId === 'string' && unwanted.delete(subId)) link.send(end(chanId).text);
    else {
      keys.set(chanId, key);
      if (typeof subId === 'string') link.accepted(subId);
      link.confirmed(key);
    }
  };
  const refuse = ({ subId, code, msg, ...event }: JsonObject): void => {
    const text = `${String(code)} ${String(msg)}`;
    if (code === DUPLICATE) link.complain(text);
    else if (typeof subId === 'string') link.refused(subId, text);
    else if (typeof event['channel'] === 'string') link.rejected(keyOf(fieldsOf(event)), text);
    else link.complain(text);
  };
  const inform = ({ code, platform }: JsonObject): void => {
    if (code === RESTART || code === PAUSED) link.lose('shutdown', `info ${code}`);
    else if (code === RESUMED) link.interrupted();
    else if (isJsonObject(platform) && platform['status'] === 0) link.complain('the platform is in maintenance');
  };
  const hear = (event: JsonObject): void => {
    switch (event['event']) {
      case 'subscribed':
        begin(event);
        break;
      case 'unsubscribed':
        keys.delete(Number(event['chanId']));
        link.accepted(`channel ${String(event['chanId'])}`);
        break;
      case 'error':
        refuse(event);
        break;
      case 'info':
        inform(event);
        break;
      case 'conf':
        if (event['status'] !== 'OK') link.lose('handshake', `conf: ${String(event['msg'])}`);
        break;
      case 'pong':
        break;
      default:
        throw new TypeError('an event that nobody knows');
    }
  };
  /** Whatever is lost is lost of all channels: no list says whose it was. */
  const count = (number: unknown): void => {
    if (number === undefined && lastNumber === undefined) return;
    if (typeof number !== 'number') throw new TypeError('a list without a number');
    const following = followOnWire(lastNumber, number);
    if (following !== 'next') link.complain(`list ${number} follows ${String(lastNumber)}`);
    lastNumber = number;
    if (following !== 'next') link.interrupted();
  };
  const take = (list: readonly unknown[]): void => {
    const [chanId, first, second, third] = list;
    const hasWord = typeof first === 'string' && first !== 'hb';
    // What stands behind the number differs from session to session.
    count(hasWord ? third : second);
    const key = typeof chanId === 'number' ? keys.get(chanId) : undefined;
    if (key !== undefined && first !== 'hb') link.deliver(key, toldBy(first, second));
  };

  return {
    // Ahead of all subscriptions, which it holds for.
    handshake: () =>
      defer(() => {
        link.send(JSON.stringify({ event: 'conf', flags: FLAGS }));
        return EMPTY;
      }),
    receive: (text) => {
      const frame: unknown = JSON.parse(text);
      if (Array.isArray(frame)) take(frame);
      else if (isJsonObject(frame)) hear(frame);
      else throw new TypeError('neither a list nor an event');
    },
    subscribe: ([topic]) => {
      const subId = nextId();
      if (topic !== undefined) asked.set(topic.key, subId);
      return { id: subId, text: JSON.stringify({ event: 'subscribe', ...(topic?.detail as object), subId }) };
    },
    unsubscribe: ([topic]) => {
      const chanId = chanIdOf(keys, topic);
      // No answer yet, so there is no number to end it by.
      if (chanId === undefined) {
        const subId = asked.get(topic?.key ?? '');
        if (subId !== undefined) unwanted.add(subId);
        return {};
      }
      keys.delete(chanId);
      return end(chanId);
    },
    probe: () => JSON.stringify({ event: 'ping', cid: Number(nextId()) }),
  };
}

const chanIdOf = (keys: ReadonlyMap<number, string>, topic: Topic | undefined): number | undefined =>
  [...keys].find(([, key]) => key === topic?.key)?.[0];

/** What a channel is known by, whatever else stands beside it. */
const fieldsOf = ({ channel, symbol, key, prec, freq, len }: JsonObject): Parameters<typeof keyOf>[0] => ({
  channel,
  symbol,
  key,
  prec,
  freq,
  len,
});

/** `[…]` is what changed, `[[…],…]` all of it, `"te",[…]` says itself what it is. */
function toldBy(first: unknown, second: unknown): Told {
  if (typeof first === 'string') return { kind: first, data: second };
  const isWhole = Array.isArray(first) && (first.length === 0 || Array.isArray(first[0]));
  return { kind: isWhole ? 'snapshot' : 'update', data: first };
}
