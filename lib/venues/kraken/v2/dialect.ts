import type { Observable, SchedulerLike } from 'rxjs';
import { grouped } from '../../../codec/grouped.js';
import { type JsonObject, asJsonObject, isJsonObject } from '../../../codec/jsonObject.js';
import { parseExact } from '../../../codec/losslessJson.js';
import { insideOf, ReadFrame } from '../../../codec/readFrame.js';
import { ExactFrames, type ShapedFrames } from '../../../codec/shapedFrames.js';
import { PairKeys } from '../../../socket/pairKeys.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../../socket/plan.js';
import { Requests } from '../requests.js';
import type { Respite } from '../respite.js';
import { bookScanner, CandleFrame, TickerFrame, TradeFrame } from './frames.js';

/**
 * Channels that are read; others are of what a user has subscribed. Their numbers are kept as they are written: zeros at the end
 * count in checksums, and are what the venue said.
 */
const OURS: readonly unknown[] = ['book', 'trade', 'ticker', 'ohlc'];
const BEGINNING = '{"channel":"';

/**
 * How Kraken's v2 talks: requests of many symbols of one channel, an answer to each of them that bears the request's number.
 * Frames name channel and symbol. One may be about several symbols.
 */
export class KrakenDialect implements Dialect {
  readonly #depth = bookScanner();
  /** By their channel: each has a shape of its own. What quotes take of a ticker is a part of it. */
  readonly #frames: ReadonlyMap<string, ShapedFrames> = new Map([
    ['trade', new ExactFrames(TradeFrame)],
    ['ticker', new ExactFrames(TickerFrame)],
    ['ohlc', new ExactFrames(CandleFrame)],
  ]);
  readonly #keys = new PairKeys();
  readonly #requests: Requests;

  constructor(
    private readonly link: Link,
    scheduler: SchedulerLike,
    private readonly respite: Pick<Respite, 'hear'>,
  ) {
    this.#requests = new Requests(
      link,
      (method, { channel, params }, symbol, id) =>
        JSON.stringify({ method, params: { channel, symbol, ...params }, req_id: id }),
      scheduler,
    );
  }

  receive(text: string): void {
    const read = this.#parsed(text);
    const frame = asJsonObject(insideOf(read));
    const { channel } = frame;
    if (channel === 'status') this.#reportStatus(frame);
    else if (channel === 'heartbeat') return;
    else if (typeof channel === 'string') this.#deliver(channel, frame, read);
    else this.#hear(frame);
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
    return JSON.stringify({ method: 'ping', req_id: this.#requests.nextId() });
  }

  #parsed(text: string): unknown {
    if (text.startsWith(BEGINNING)) {
      const channel = text.slice(BEGINNING.length, text.indexOf('"', BEGINNING.length));
      if (channel === 'book') return this.#depth.read(text) ?? parseExact(text);
      const frames = this.#frames.get(channel);
      if (frames !== undefined) return frames.read(text);
    }
    const frame: unknown = JSON.parse(text);
    // Spelled in another way than usual.
    return isJsonObject(frame) && OURS.includes(frame['channel']) ? parseExact(text) : frame;
  }

  /** @param read The frame as it was read, by its codec too where it is of a shape. */
  #deliver(channel: string, frame: JsonObject, read: unknown): void {
    if (!OURS.includes(channel)) return;
    const { data } = frame;
    if (!Array.isArray(data)) throw new TypeError(`a frame of ${channel} without data`);
    const entries: readonly unknown[] = data;
    if (entries.length === 1) {
      const key = this.#keyOf(channel, entries[0]);
      if (key !== undefined) this.link.deliver(key, read);
      return;
    }
    const byKey = grouped(entries, (entry) => this.#keyOf(channel, entry));
    for (const [key, own] of byKey) {
      if (key === undefined) continue;
      const part = { ...frame, data: own };
      this.link.deliver(key, byKey.size === 1 ? read : read instanceof ReadFrame ? new ReadFrame(part) : part);
    }
  }

  /** The key of what an entry of a frame belongs to; none of what is no stream. */
  #keyOf(channel: string, entry: unknown): string | undefined {
    if (!isJsonObject(entry)) throw new TypeError(`an entry of ${channel} that is no object`);
    const { symbol, interval } = entry;
    if (typeof symbol !== 'string') throw new TypeError(`an entry of ${channel} that names no symbol`);
    if (channel === 'trade') return this.#keys.of(channel, symbol);
    if (channel === 'ohlc') {
      if (typeof interval !== 'number') throw new TypeError('a candle that names no interval');
      return `ohlc-${interval}:${symbol}`;
    }
    return this.#requests.seatedIn(this.#keys.of(channel, symbol));
  }

  #hear({ method, success, error, req_id: id, result, symbol }: JsonObject): void {
    if (method === 'pong') return;
    if (typeof method !== 'string') throw new TypeError('no channel, no method');
    if (method === 'unsubscribe' && success === true && id === undefined) {
      this.#endedUnasked(result);
      return;
    }
    const named = isJsonObject(result) ? result['symbol'] : symbol;
    this.#requests.answered({ id, symbol: named, error: success === false ? String(error) : undefined });
  }

  /** Whatever ends by a request bears its number. What is said of a book names its depth, as no frame of it does. */
  #endedUnasked(result: unknown): void {
    const { channel, symbol, depth, interval } = asJsonObject(result, 'the end of nothing');
    if (typeof channel !== 'string' || typeof symbol !== 'string') throw new TypeError('an end that names no symbol');
    const shape = depth ?? interval;
    const named = this.#keys.of(typeof shape === 'number' ? `${channel}-${shape}` : channel, symbol);
    this.link.interrupted(typeof shape === 'number' ? named : (this.#requests.takenIn(named) ?? named));
  }

  /** `online` is how it should be; else nothing, or not everything, is traded. */
  #reportStatus({ data }: JsonObject): void {
    const [first] = Array.isArray(data) ? (data as readonly unknown[]) : [];
    const system = isJsonObject(first) ? first['system'] : undefined;
    this.respite.hear(system);
    if (system !== 'online') this.link.report(`system: ${String(system)}`);
  }
}
