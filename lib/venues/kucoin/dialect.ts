import { AsyncSubject, type SchedulerLike } from 'rxjs';
import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { parseLossless } from '../../codec/losslessJson.js';
import { heartbeat } from '../../socket/heartbeat.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { PING_TIMEOUT } from './endpoint.js';
import { byKind } from './topics.js';

/** The venue's error for a token that has run out. */
const UNAUTHORIZED = 401;

/** One message of a request. Several are answered one by one. */
interface Part {
  /** The request's id. */
  readonly of: string;
  readonly topics: readonly string[];
  /** How many messages of the request are yet to be answered. */
  readonly left: { count: number };
}

/**
 * How KuCoin talks: it says `welcome` first; a message is about one kind of topics, so a request may take several, each with
 * an id of its own, since answers and errors name nothing else.
 */
export function kucoinDialect(link: Link, pingEvery: number, scheduler: SchedulerLike): Dialect {
  let lastId = 0;
  const parts = new Map<string, Part>();
  const welcomed = new AsyncSubject<never>();
  const nextId = (): string => `${(lastId += 1)}`;
  const ping = (): string => JSON.stringify({ id: nextId(), type: 'ping' });

  const request = (type: 'subscribe' | 'unsubscribe', topics: readonly Topic[]): TopicRequest => {
    const of = nextId();
    const kinds = byKind(topics.map(({ key }) => key));
    const left = { count: kinds.length };
    const [text, ...more] = kinds.map((one) => {
      const id = nextId();
      parts.set(id, { of, topics: one.of.map((name) => `${one.kind}:${name}`), left });
      const topic = `${one.kind}:${one.of.join()}`;
      return JSON.stringify({ id, type, topic, privateChannel: false, response: true });
    });
    return { id: of, text, more };
  };
  const done = ({ of, left }: Part): void => {
    left.count -= 1;
    if (left.count === 0) link.accepted(of);
  };
  const refuse = (part: Part | undefined, text: string): void => {
    if (part === undefined) link.complain(text);
    else {
      const [topic = '', ...others] = part.topics;
      // Of several topics it is not told which one is wrong: they are asked for again in ever smaller parts.
      if (others.length > 0) link.refused(part.of, text);
      else {
        link.rejected(topic, text);
        done(part);
      }
    }
  };
  const hear = ({ type, id, code, data }: JsonObject): void => {
    const part = parts.get(String(id));
    if (type === 'ack' || type === 'error') parts.delete(String(id));
    switch (type) {
      case 'ack':
        if (part !== undefined) done(part);
        break;
      case 'error':
        if (code === UNAUTHORIZED) link.lose('auth', `${code} ${String(data)}`);
        else refuse(part, `${String(code)} ${String(data)}`);
        break;
      case 'welcome':
      case 'pong':
        break;
      default:
        throw new TypeError('no message, no answer');
    }
  };

  return {
    handshake: () => welcomed,
    alongside: () => heartbeat(link, pingEvery, ping, scheduler),
    receive: (text) => {
      // The times of candles are beyond what a double holds.
      const frame = parseLossless(text);
      if (!isJsonObject(frame)) throw new TypeError('no object');
      const { topic } = frame;
      if (typeof topic === 'string' && frame['type'] === 'message') link.deliver(topic, frame);
      else hear(frame);
      // `welcome` is what is said first; whatever else is heard says no less.
      welcomed.complete();
    },
    subscribe: (topics) => request('subscribe', topics),
    unsubscribe: (topics) => request('unsubscribe', topics),
    probe: ping,
    silence: () => pingEvery + PING_TIMEOUT,
  };
}
