import { AsyncSubject, EMPTY, type Observable, type SchedulerLike } from 'rxjs';
import { type JsonObject, asJsonObject } from '../../codec/jsonObject.js';
import { parseLossless } from '../../codec/losslessJson.js';
import { heartbeat } from '../../socket/heartbeat.js';
import { NumberedRequests } from '../../socket/numberedRequests.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { WholeRequest } from '../../socket/wholeRequest.js';
import { PING_TIMEOUT } from './endpoint.js';
import { bookScanner } from './frames.js';
import { byKind } from './topics.js';

/** The venue's error for a token that has run out. */
const UNAUTHORIZED = 401;
/** Refusals that time may heal ("509 exceed max permits per second"): what was asked for stays unconfirmed, and is asked for again. */
const PASSING = /permits per second|too many requests|internal|unavailable|busy/i;

const BOOK = '"topic":"/market/level2:';
/** Of a book's frame with one level or two there is less to be had by scanning than it takes. */
const WORTH_SCANNING = 320;

/** One message of a request. Several are answered one by one. */
interface Part {
  readonly isEnd: boolean;
  readonly whole: WholeRequest;
  readonly topics: readonly string[];
}

/**
 * How KuCoin talks: it says `welcome` first; a message is about one kind of topics, so a request may take several, each with
 * an id of its own, since answers and errors name nothing else.
 */
export class KucoinDialect implements Dialect {
  readonly #depth = bookScanner();
  readonly #messages = new NumberedRequests((id, type: string, topic?: string) =>
    JSON.stringify({ id: `${id}`, type, ...(topic !== undefined && { topic, privateChannel: false, response: true }) }),
  );
  readonly #parts = new Map<string, Part>();
  /** By which request each topic was asked for last, as long as it is not to end. */
  readonly #latest = new Map<string, WholeRequest>();
  /** What the venue would not end for now: it goes on, and is ended with whatever is requested next. */
  readonly #unended = new Set<string>();
  readonly #welcomed = new AsyncSubject<never>();
  #pingEvery: number;

  constructor(
    private readonly link: Link,
    /** How often a ping is due on the connection of this id, in ms. */
    private readonly pingEvery: (id: string) => number,
    private readonly scheduler: SchedulerLike,
    /** A recording that begins later has no `welcome`: what its client said was said. */
    private readonly isRecorded = false,
  ) {
    // Until it is welcomed, as often as any.
    this.#pingEvery = pingEvery('');
  }

  handshake(): Observable<never> {
    return this.isRecorded ? EMPTY : this.#welcomed;
  }

  alongside(): Observable<unknown> {
    return heartbeat(this.link, this.#pingEvery, () => this.probe(), this.scheduler);
  }

  receive(text: string): void {
    // The times of candles are beyond what a double holds.
    const frame = asJsonObject(this.#scanned(text) ?? parseLossless(text));
    const { topic } = frame;
    if (typeof topic === 'string' && frame['type'] === 'message') this.link.deliver(topic, frame);
    else this.#hear(frame);
    // `welcome` is what is said first; whatever else is heard says no less.
    this.#welcomed.complete();
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    return this.#request('subscribe', topics);
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    return this.#request('unsubscribe', topics);
  }

  probe(): string {
    return this.#messages.make('ping').text;
  }

  silence(): number {
    return this.#pingEvery + PING_TIMEOUT;
  }

  #scanned(text: string): unknown {
    return text.length > WORTH_SCANNING && text.includes(BOOK) ? this.#depth.read(text) : undefined;
  }

  #request(type: 'subscribe' | 'unsubscribe', topics: readonly Topic[]): TopicRequest {
    // What is wanted again is ended first, too: its beginning is over.
    const again = [...this.#unended];
    this.#unended.clear();
    const ends = again.length === 0 ? [] : this.#textsOf('unsubscribe', again).texts;
    const keys = topics.map(({ key }) => key);
    const { whole, texts } = this.#textsOf(type, keys);
    for (const key of keys) {
      if (type === 'subscribe') this.#latest.set(key, whole);
      else this.#latest.delete(key);
    }
    const [text, ...more] = [...ends, ...texts];
    return { id: whole.id, text, more };
  }

  #textsOf(
    type: 'subscribe' | 'unsubscribe',
    keys: readonly string[],
  ): { readonly whole: WholeRequest; readonly texts: readonly string[] } {
    const kinds = byKind(keys);
    const whole = new WholeRequest(this.link, `${this.#messages.nextId()}`, kinds.length);
    const texts = kinds.map(({ kind, of }) => {
      const message = this.#messages.make(type, `${kind}:${of.join()}`);
      const topics = of.map((name) => `${kind}:${name}`);
      this.#parts.set(message.id, { isEnd: type === 'unsubscribe', whole, topics });
      return message.text;
    });
    return { whole, texts };
  }

  #hear({ type, id, code, data }: JsonObject): void {
    const part = this.#parts.get(String(id));
    if (type === 'ack' || type === 'error') this.#parts.delete(String(id));
    switch (type) {
      case 'ack':
        part?.whole.answered();
        break;
      case 'error':
        if (Number(code) === UNAUTHORIZED) this.link.lose('auth', `${String(code)} ${String(data)}`);
        else this.#refused(part, `${String(code)} ${String(data)}`);
        break;
      case 'welcome':
        this.#pingEvery = this.pingEvery(String(id));
        break;
      case 'pong':
        break;
      default:
        throw new TypeError('no message, no answer');
    }
  }

  #refused(part: Part | undefined, text: string): void {
    const isPassing = PASSING.test(text);
    if (part === undefined || part.isEnd || isPassing) {
      // What was to end may be wanted again by now, and is not at fault.
      this.link.report(text);
      if (part?.isEnd !== true) return;
      if (isPassing) for (const topic of part.topics) if (!this.#latest.has(topic)) this.#unended.add(topic);
      part.whole.answered();
      return;
    }
    const [topic = '', ...others] = part.topics;
    // Of several topics it is not told which one is wrong: they are asked for again in ever smaller parts.
    if (others.length > 0) this.link.refused(part.whole.id, text);
    else {
      // What was asked for again since is not refused by that.
      if (this.#latest.get(topic) === part.whole) this.link.rejected(topic, text);
      else this.link.report(text);
      part.whole.answered();
    }
  }
}
