import { type JsonObject, asJsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { inOnlyData } from '../../codec/placeOfLevels.js';
import { insideOf } from '../../codec/readFrame.js';
import { levelScanner } from '../../codec/scanLevels.js';
import { ShapedFrames } from '../../codec/shapedFrames.js';
import { type NumberedRequest, NumberedRequests, behind } from '../../socket/numberedRequests.js';
import { PairKeys } from '../../socket/pairKeys.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { WholeRequest } from '../../socket/wholeRequest.js';
import { CandleFrame, TradeFrame, WholeBookFrame } from './frames.js';
import { argOf, keyOf, type OkxArg } from './topics.js';

/** Channels that are read. Others are of what a user has subscribed, and need not name an instrument. */
const OURS = /^(books|bbo-tbt|trades|tickers|candle)/;
const PING = 'ping';
const PONG = 'pong';
/** How frames of a channel begin. */
const BEGINNING = '{"arg":{"channel":"';
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
export class OkxDialect implements Dialect {
  readonly #depth = levelScanner('asks', 'bids', inOnlyData, BESIDE_SIZE);
  /** Of channels whose frames are alike: those of candles of all intervals are. */
  readonly #frames: ReadonlyMap<string, ShapedFrames> = new Map([
    ['candle', new ShapedFrames(CandleFrame)],
    ['trades', new ShapedFrames(TradeFrame)],
    ['bbo-tbt', new ShapedFrames(WholeBookFrame)],
  ]);
  readonly #keys = new PairKeys();
  readonly #requests = new NumberedRequests((id, op: string, topics: readonly Topic[]) =>
    JSON.stringify({ id: `${id}`, op, args: topics.map(argOf) }),
  );

  /** By which request each was asked for last: the refusal of one before says nothing about it. */
  readonly #latest = new Map<string, string>();

  /** What is yet to be answered of requests that end subscriptions. */
  readonly #ends = new Map<string, { readonly whole: WholeRequest; readonly topics: Map<string, Topic> }>();

  /** What the venue would not end for now, by key: it goes on, and is ended with whatever is requested next. */
  readonly #unended = new Map<string, Topic>();

  /** Whether what confirms and what ends bore the id of its request. */
  #areNumbered = false;

  constructor(private readonly link: Link) {}

  receive(text: string): void {
    if (text === PONG) return;
    const read = this.#read(text);
    const frame = asJsonObject(insideOf(read), 'neither pong nor an object');
    const { event, arg, data } = frame;
    if (typeof event === 'string') this.#hear(frame);
    else if (isArg(arg) && data !== undefined) this.link.deliver(this.#keys.of(arg.channel, arg.instId), read);
    else if (!isJsonObject(arg) || typeof arg['channel'] !== 'string' || OURS.test(arg['channel']))
      throw new TypeError('no event, no data');
  }

  #read(text: string): unknown {
    if (text.startsWith(BEGINNING)) {
      const channel = text.slice(BEGINNING.length, text.indexOf('"', BEGINNING.length));
      const frames = this.#frames.get(channel.startsWith('candle') ? 'candle' : channel);
      if (frames !== undefined) return frames.read(text);
    }
    return this.#depth.read(text) ?? JSON.parse(text);
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    const ends = this.#endsAgain();
    const request = this.#requests.make('subscribe', topics);
    for (const { key } of topics) this.#latest.set(key, request.id);
    return behind(ends, request);
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    return behind(this.#endsAgain(), this.#ending(topics));
  }

  probe(): string {
    return PING;
  }

  #ending(topics: readonly Topic[]): NumberedRequest {
    const request = this.#requests.make('unsubscribe', topics);
    const byKey = new Map(topics.map((topic) => [topic.key, topic]));
    this.#ends.set(request.id, { whole: new WholeRequest(this.link, request.id, byKey.size), topics: byKey });
    return request;
  }

  /** What is wanted again is ended first, too: its beginning is over. The numbers of requests go up as they are sent. */
  #endsAgain(): NumberedRequest | undefined {
    if (this.#unended.size === 0) return undefined;
    const topics = [...this.#unended.values()];
    this.#unended.clear();
    return this.#ending(topics);
  }

  #hear(frame: JsonObject): void {
    const { event, arg, code, msg, id } = frame;
    this.#areNumbered ||= event !== 'error' && typeof id === 'string';
    switch (event) {
      case 'subscribe':
        if (isArg(arg) && !this.#isOfAnother(keyOf(arg), id)) this.link.confirmed(keyOf(arg));
        break;
      case 'unsubscribe':
        if (isArg(arg)) this.#ended(keyOf(arg), id);
        break;
      case 'error':
        this.#refused(frame);
        break;
      case 'notice':
        if (code === UPGRADE) this.link.lose('shutdown', String(msg));
        else this.link.report(`${String(code)} ${String(msg)}`);
        break;
      default:
      // What else there is (`channel-conn-count`) is of channels that need a login.
    }
  }

  #ended(key: string, answered: unknown): void {
    const isNumbered = typeof answered === 'string';
    let isUnasked = !isNumbered;
    for (const [id, { whole, topics }] of this.#ends) {
      // An answer without an id is of whatever waits for it, where answers have none.
      if ((isNumbered ? answered !== id : this.#areNumbered) || !topics.delete(key)) continue;
      if (topics.size === 0) this.#ends.delete(id);
      isUnasked = false;
      whole.answered();
    }
    if (isUnasked) this.link.interrupted(key);
  }

  #refused({ id, code, msg }: JsonObject): void {
    const text = `${String(code)} ${String(msg)}`;
    const ends = typeof id === 'string' ? this.#ends.get(id) : undefined;
    if (typeof id === 'string' && ends !== undefined) {
      this.#ends.delete(id);
      if (PASSING.test(String(code))) this.#goOn(id, ends.topics.values());
      // What was to end may be wanted again by now, and is not at fault.
      this.link.refused(id, text);
      return;
    }
    if (PASSING.test(String(code))) {
      this.link.report(text);
      return;
    }
    const named = namedIn(String(msg));
    if (named !== undefined && !this.#isOfAnother(keyOf(named), id)) this.link.rejected(keyOf(named), text);
    // Whether the venue takes the rest of such a request is told nowhere: what is still unanswered is asked for again, and
    // where none was named, in ever smaller parts. Subscribing twice does no harm.
    if (typeof id === 'string') this.link.refused(id, text);
    else if (named === undefined) this.link.report(text);
  }

  /** Whether what was asked for was asked for again since: an answer to the request before says nothing about it. */
  #isOfAnother(key: string, id: unknown): boolean {
    const latest = this.#latest.get(key);
    return typeof id === 'string' && latest !== undefined && latest !== id;
  }

  /** These were not ended by the request of this id. What was requested since is wanted again. */
  #goOn(id: string, topics: Iterable<Topic>): void {
    for (const topic of topics)
      if (Number(this.#latest.get(topic.key) ?? 0) < Number(id)) this.#unended.set(topic.key, topic);
  }
}

const isArg = (arg: unknown): arg is OkxArg =>
  isJsonObject(arg) && typeof arg['channel'] === 'string' && typeof arg['instId'] === 'string';

/** `Wrong URL or channel:books,instId:BTC-USDTX doesn't exist. …` */
function namedIn(text: string): OkxArg | undefined {
  const channel = /channel:\s*([\w-]+)/.exec(text)?.[1];
  const instId = /instId:\s*([\w-]+)/.exec(text)?.[1];
  return channel === undefined || instId === undefined ? undefined : { channel, instId };
}
