import { EMPTY, type Observable, defer } from 'rxjs';
import { followOnWire } from '../../book/continuity/wire.js';
import { type JsonObject, asJsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { scanNumberRow } from '../../codec/scanNumberRow.js';
import { NumberedRequests } from '../../socket/numberedRequests.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { FLAGS } from './endpoint.js';
import type { FrameData } from './frameData.js';
import { Strangers } from './strangers.js';
import { keyOf } from './topics.js';

/** What `info` says: a restart is due, all is paused, all goes on. */
const [RESTART, PAUSED, RESUMED] = [20_051, 20_060, 20_061];
/**
 * "Already subscribed". Where an older subscription is being ended it is asked for again. Else its answer was lost, and so is
 * the number of its channel: there is no other way to it than a connection of its own.
 */
const DUPLICATE = 10_301;

/**
 * How Bitfinex talks: events are objects, data are lists that name their channel by a number which the answer to a
 * subscription told. Every list of a connection is numbered, those of channels that nobody knows (yet) too.
 */
export class BitfinexDialect implements Dialect {
  readonly #subscriptions = new NumberedRequests((id, about: unknown) =>
    JSON.stringify({ event: 'subscribe', ...(about as object), subId: `${id}` }),
  );
  readonly #keys = new Map<number, string>();
  /** By which number each channel was asked for last, and which of these are wanted no more, though not answered yet. */
  readonly #requested = new Map<string, string>();
  readonly #unwanted = new Set<string>();
  /** Keys whose subscription is not answered yet, and those of which one is being ended. */
  readonly #unanswered = new Set<string>();
  readonly #ending = new Set<string>();
  readonly #strangers = new Strangers();
  /** Answers that came, by request and channel: one that comes again says nothing of what has become of it since. */
  readonly #answered = new Set<string>();
  #lastNumber: number | undefined;

  constructor(private readonly link: Link) {}

  /** Ahead of all subscriptions, which it holds for. */
  handshake(): Observable<never> {
    return defer(() => {
      this.link.send(JSON.stringify({ event: 'conf', flags: FLAGS }));
      return EMPTY;
    });
  }

  receive(text: string): void {
    const scanned = scanNumberRow(text);
    const book = scanned && this.#keys.get(scanned.before);
    if (scanned !== undefined && book?.startsWith('book:') === true) {
      this.#count(scanned.behind);
      this.link.deliver(book, scanned.row);
      return;
    }
    const frame: unknown = JSON.parse(text);
    if (Array.isArray(frame)) this.#take(frame);
    else this.#hear(asJsonObject(frame, 'neither a list nor an event'));
  }

  subscribe([topic]: readonly Topic[]): TopicRequest {
    const request = this.#subscriptions.make(topic?.detail);
    if (topic !== undefined) {
      this.#requested.set(topic.key, request.id);
      this.#unanswered.add(topic.key);
    }
    return request;
  }

  unsubscribe([topic]: readonly Topic[]): TopicRequest {
    const chanId = chanIdOf(this.#keys, topic);
    // No answer yet, so there is no number to end it by.
    if (chanId === undefined) {
      const subId = this.#requested.get(topic?.key ?? '');
      if (subId !== undefined) this.#unwanted.add(subId);
      return {};
    }
    this.#end(chanId, topic?.key ?? '');
    return { id: endOf(chanId), text: endingOf(chanId) };
  }

  probe(): string {
    return JSON.stringify({ event: 'ping', cid: this.#subscriptions.nextId() });
  }

  #hear(event: JsonObject): void {
    switch (event['event']) {
      case 'subscribed':
        this.#begun(event);
        break;
      case 'unsubscribed':
        this.#ended(event['chanId']);
        break;
      case 'error':
        this.#refused(event);
        break;
      case 'info':
        this.#informed(event);
        break;
      case 'conf':
        if (event['status'] !== 'OK') this.link.lose('handshake', `conf: ${String(event['msg'])}`);
        break;
      case 'pong':
      case 'auth': // of what a user has asked for
        break;
      default:
        throw new TypeError('an event that nobody knows');
    }
  }

  #begun(event: JsonObject): void {
    const { chanId, subId } = event;
    if (typeof chanId !== 'number') throw new TypeError('subscribed to no channel');
    const answer = `${String(subId)} ${chanId}`;
    if (typeof subId === 'string' && this.#answered.has(answer)) return;
    this.#answered.add(answer);
    const key = keyOf(fieldsOf(event));
    const early = this.#strangers.claim(chanId);
    if (typeof subId === 'string' && this.#unwanted.delete(subId)) {
      this.#end(chanId, key);
      this.link.send(endingOf(chanId));
      return;
    }
    this.#unanswered.delete(key);
    this.#keys.set(chanId, key);
    if (typeof subId === 'string') this.link.accepted(subId);
    this.link.confirmed(key);
    if (early === undefined) this.link.interrupted(key);
    for (const data of early ?? []) this.link.deliver(key, data);
  }

  /** What was asked for has no key any more: where there is one, the venue ends it unasked. */
  #ended(chanId: unknown): void {
    const key = this.#keys.get(Number(chanId));
    this.#keys.delete(Number(chanId));
    this.link.accepted(endOf(chanId));
    if (key !== undefined) this.link.interrupted(key);
  }

  #end(chanId: number, key: string): void {
    this.#keys.delete(chanId);
    this.#strangers.ended(chanId);
    this.#ending.add(key);
  }

  #refused({ subId, code, msg, ...event }: JsonObject): void {
    const text = `${String(code)} ${String(msg)}`;
    const key = keyOf(fieldsOf(event));
    if (Number(code) === DUPLICATE) {
      // Once: that it is being ended may be as wrong.
      if (this.#ending.delete(key) || !this.#unanswered.has(key)) this.link.report(text);
      else this.link.lose('failed', `a channel whose number is not known: ${text}`);
      return;
    }
    // One that was asked for again since is yet to be answered.
    if (typeof subId !== 'string' || this.#requested.get(key) === subId) this.#unanswered.delete(key);
    if (typeof subId === 'string') this.link.refused(subId, text);
    else if (typeof event['channel'] === 'string') this.link.rejected(key, text);
    else this.link.report(text);
  }

  #informed({ code, platform, version }: JsonObject): void {
    if (version !== undefined) this.#greeted();
    const news = Number(code);
    if (news === RESTART || news === PAUSED) this.link.lose('shutdown', `info ${news}`);
    else if (news === RESUMED) this.#lost();
    else if (isJsonObject(platform) && platform['status'] === 0) this.link.report('the platform is in maintenance');
  }

  /**
   * The venue's first words: what is counted begins. Said again where a recording goes on on another connection, of which nothing
   * of what was told before can be counted on.
   */
  #greeted(): void {
    const isAgain = this.#lastNumber !== undefined || this.#keys.size > 0;
    this.#lastNumber = undefined;
    this.#answered.clear();
    this.#keys.clear();
    if (isAgain) this.#lost();
  }

  #take(list: readonly unknown[]): void {
    const [chanId, first, second, third] = list;
    const hasWord = typeof first === 'string' && first !== 'hb';
    // What stands behind the number differs from session to session.
    this.#count(hasWord ? third : second);
    // Whose it is can't be known, and somebody's book lacks it, be it one that is yet to be answered.
    if (typeof chanId !== 'number') {
      this.#strangers.lost();
      throw new TypeError('a list of no channel');
    }
    const [key, data] = [this.#keys.get(chanId), dataOf(first, second)];
    // A sign of life of the channel, which holds nothing.
    if (key !== undefined) this.link.deliver(key, data);
    else if (first !== 'hb' && this.#strangers.take(chanId, data, this.#unanswered.size > 0))
      this.link.report(`lists of channel ${chanId}, which nobody asked for`);
  }

  /** Whatever is lost is lost of all channels: no list says whose it was. */
  #count(number: unknown): void {
    const last = this.#lastNumber;
    // What was asked for first was never heard: nothing would tell what is lost, nor hold a book to its checksum.
    if (number === undefined && last === undefined) this.link.lose('handshake', 'lists without numbers');
    if (typeof number !== 'number') throw new TypeError('a list without a number');
    const following = followOnWire(last, number);
    if (following !== 'next') this.link.report(`list ${number} follows ${String(last)}`);
    this.#lastNumber = number;
    if (following !== 'next') this.#lost();
  }

  #lost(): void {
    this.#strangers.lost();
    this.link.interrupted();
  }
}

const endOf = (chanId: unknown): string => `channel ${String(chanId)}`;
const endingOf = (chanId: number): string => JSON.stringify({ event: 'unsubscribe', chanId });

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
function dataOf(first: unknown, second: unknown): FrameData {
  if (typeof first === 'string') return { kind: first, data: second };
  const isWhole = Array.isArray(first) && (first.length === 0 || Array.isArray(first[0]));
  return { kind: isWhole ? 'snapshot' : 'update', data: first };
}
