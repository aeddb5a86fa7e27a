import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { scanLevels } from '../../codec/scanLevels.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { argOf, keyOf, type OkxArg } from './topics.js';

const PING = 'ping';
const PONG = 'pong';
/** A level is `[price, size, "0", number of orders]`. */
const BESIDE_SIZE = 2;

/** Said some 60 s before a connection is closed for an upgrade. */
const UPGRADE = '64008';
/**
 * Errors that time may heal (docs-v5, "Error code"): too many requests, the venue's own trouble. What was asked for stays
 * unconfirmed, and is asked for again.
 */
const PASSING = /^(50\d{3}|60014|63999)$/;

/**
 * How OKX talks: requests of many subscriptions, an answer for each of them that names it, and errors that bear the
 * request's id and name the subscription in their text only. Data may come before the answer.
 */
export function okxDialect(link: Link): Dialect {
  let lastId = 0;
  const request = (op: string, topics: readonly Topic[]): TopicRequest => {
    lastId += 1;
    const id = `${lastId}`;
    return { id, text: JSON.stringify({ id, op, args: topics.map(argOf) }) };
  };

  const refuse = (frame: JsonObject): void => {
    const { id, code, msg } = frame;
    const text = `${String(code)} ${String(msg)}`;
    if (PASSING.test(String(code))) {
      link.complain(text);
      return;
    }
    const named = namedIn(String(msg));
    if (named !== undefined) link.rejected(keyOf(named), text);
    // Whether the venue takes the rest of such a request is told nowhere: what is still unanswered is asked for again, and
    // where none was named, in ever smaller parts. Subscribing twice does no harm.
    if (typeof id === 'string') link.refused(id, text);
    else if (named === undefined) link.complain(text);
  };

  const hear = (frame: JsonObject): void => {
    const { event, arg, code, msg } = frame;
    switch (event) {
      case 'subscribe':
        if (isArg(arg)) link.confirmed(keyOf(arg));
        break;
      case 'error':
        refuse(frame);
        break;
      case 'notice':
        if (code === UPGRADE) link.lose('shutdown', String(msg));
        else link.complain(`${String(code)} ${String(msg)}`);
        break;
      default:
      // `unsubscribe` asks for nothing, and what else there is (`channel-conn-count`) is of channels that need a login.
    }
  };

  return {
    receive: (text) => {
      if (text === PONG) return;
      const frame = scanLevels(text, 'asks', 'bids', bookOf, BESIDE_SIZE) ?? (JSON.parse(text) as unknown);
      if (!isJsonObject(frame)) throw new TypeError('neither pong nor an object');
      const { event, arg, data } = frame;
      if (typeof event === 'string') hear(frame);
      else if (isArg(arg) && data !== undefined) link.deliver(keyOf(arg), frame);
      else throw new TypeError('no event, no data');
    },
    subscribe: (topics) => request('subscribe', topics),
    unsubscribe: (topics) => request('unsubscribe', topics),
    probe: () => PING,
  };
}

const isArg = (arg: unknown): arg is OkxArg =>
  isJsonObject(arg) && typeof arg['channel'] === 'string' && typeof arg['instId'] === 'string';

/** `Wrong URL or channel:books,instId:BTC-USDTX doesn't exist. …` */
function namedIn(text: string): OkxArg | undefined {
  const channel = /channel:\s*([\w-]+)/.exec(text)?.[1];
  const instId = /instId:\s*([\w-]+)/.exec(text)?.[1];
  return channel === undefined || instId === undefined ? undefined : { channel, instId };
}

/** The one book in a frame. */
function bookOf(frame: unknown): Record<string, unknown> | undefined {
  const data: unknown = isJsonObject(frame) ? frame['data'] : undefined;
  if (!Array.isArray(data)) return undefined;
  const [first, ...others] = data as readonly unknown[];
  return others.length === 0 && isRecord(first) ? first : undefined;
}

const isRecord = (u: unknown): u is Record<string, unknown> => isJsonObject(u);
