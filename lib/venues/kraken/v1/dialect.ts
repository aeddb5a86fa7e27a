import type { Observable, SchedulerLike } from 'rxjs';
import { type JsonObject, asJsonObject, isJsonObject } from '../../../codec/jsonObject.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../../socket/plan.js';
import { Requests } from '../requests.js';
import type { Respite } from '../respite.js';

/**
 * How Kraken's v1 talks: requests of many pairs of one channel, an answer to each of them that bears the request's number.
 * Data are lists, `[number, payload…, channel, pair]`, of one payload or two; everything else has an `event`.
 */
export class KrakenV1Dialect implements Dialect {
  readonly #requests: Requests;

  constructor(
    private readonly link: Link,
    scheduler: SchedulerLike,
    private readonly respite: Pick<Respite, 'hear'>,
  ) {
    this.#requests = new Requests(
      link,
      (event, { channel, params }, pair, reqid) =>
        JSON.stringify({ event, reqid, pair, subscription: { name: channel, ...params } }),
      scheduler,
    );
  }

  receive(text: string): void {
    const frame: unknown = JSON.parse(text);
    if (Array.isArray(frame)) this.#deliver(frame);
    else this.#hear(asJsonObject(frame, 'neither a list nor an object'));
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    return this.#requests.make('subscribe', topics);
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    return this.#requests.make('unsubscribe', topics);
  }

  alongside(): Observable<unknown> {
    return this.#requests.alongside();
  }

  probe(): string {
    return JSON.stringify({ event: 'ping', reqid: this.#requests.nextId() });
  }

  #deliver(frame: readonly unknown[]): void {
    const [channel, pair] = frame.slice(-2);
    if (frame.length < 4 || typeof channel !== 'string' || typeof pair !== 'string')
      throw new TypeError('a list that is no data');
    this.link.deliver(`${channel}:${pair}`, payloadOf(channel, frame.slice(1, -2)));
  }

  #hear(frame: JsonObject): void {
    const { event, reqid: id, pair: symbol, status, errorMessage } = frame;
    switch (event) {
      case 'heartbeat':
      case 'pong':
        break;
      case 'systemStatus':
        this.respite.hear(status);
        // Else nothing, or not everything, is traded.
        if (status !== 'online') this.link.report(`system: ${String(status)}`);
        break;
      case 'subscriptionStatus':
      case 'error': {
        // Whatever ends by a request bears its number.
        if (status === 'unsubscribed' && id === undefined) {
          this.link.interrupted(`${String(frame['channelName'])}:${String(symbol)}`);
          break;
        }
        const isRefused = event === 'error' || status === 'error';
        this.#requests.answered({ id, symbol, error: isRefused ? String(errorMessage) : undefined });
        break;
      }
      default:
        throw new TypeError('no event that is known');
    }
  }
}

/** A payload by the name that its codec knows it by. */
function payloadOf(channel: string, payloads: readonly unknown[]): JsonObject {
  const [name] = channel.split('-');
  switch (name) {
    case 'book':
      return joined(payloads);
    case 'trade':
      return { trades: payloads[0] };
    case 'ohlc':
      return { candle: payloads[0] };
    default:
      return { [String(name)]: payloads[0] };
  }
}

/** The blocks of a book's frame as one: each side in one of them, the checksum in the last. */
function joined(blocks: readonly unknown[]): JsonObject {
  const all: Record<string, unknown> = {};
  for (const block of blocks) {
    if (!isJsonObject(block)) throw new TypeError('a block of a book that is no object');
    for (const [key, value] of Object.entries(block)) {
      const before = all[key];
      all[key] =
        Array.isArray(before) && Array.isArray(value) ? [...(before as unknown[]), ...(value as unknown[])] : value;
    }
  }
  return all;
}
