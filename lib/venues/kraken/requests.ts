import { type Observable, type SchedulerLike, tap } from 'rxjs';
import { grouped } from '../../codec/grouped.js';
import { every } from '../../socket/every.js';
import type { Link, Topic, TopicRequest } from '../../socket/plan.js';
import { Seats } from '../../socket/seats.js';
import { WholeRequest } from '../../socket/wholeRequest.js';
import { type Detail, detailOf } from './topics.js';

type Verb = 'subscribe' | 'unsubscribe';

/** One answer of the venue: it answers each subscription of a request by itself, with the number of the request. */
export interface Answer {
  readonly id: unknown;
  /** Absent where the request was wrong as a whole. */
  readonly symbol: unknown;
  /** The venue's words, where it refuses. */
  readonly error: string | undefined;
}

/** A message about the symbols of one channel. */
interface Part {
  readonly verb: Verb;
  /** Absent where the core was answered before. */
  readonly whole: WholeRequest | undefined;
  readonly waiting: Map<string, Topic>;
  /** An end that is said once more: what has taken its seat meanwhile was not told its beginning. */
  readonly isAgain: boolean;
}

/** How long the answer to an end may take, in ms: it comes at once, or was lost. */
const END_AGAIN = 10_000;

/** Refusals that time may heal: what was asked for stays unconfirmed, and is asked for again. */
const PASSING = /exceeded msg rate|rate limit|unavailable|internal error|busy/i;
const ALREADY = /already subscribed/i;

/**
 * What a session has asked of Kraken: a message names many symbols of one channel, so what is wanted at once may take
 * several.
 */
export class Requests {
  #lastId = 0;
  /** The number of the last message there was when ends were looked at. */
  #looked = 0;
  readonly #parts = new Map<number, Part>();
  readonly #seats = new Seats();
  /**
   * What the venue would not end for now, by key: it goes on, in its seat, and is ended with whatever is requested next, or after
   * a while.
   */
  readonly #unended = new Map<string, Topic>();
  /** What goes on so, though it is requested again: by key. Where that is refused, it has to be ended. */
  readonly #goingOn = new Set<string>();
  /** What was requested, and is not being ended: by key, the request that named it last. */
  readonly #wanted = new Map<string, WholeRequest>();
  /** By key, the number of the message that was to end it last: the answer to one before says nothing of what is wanted since. */
  readonly #lastEnds = new Map<string, number>();

  /** @param textOf The message about some symbols of one channel, in the words of the API's version. */
  constructor(
    private readonly link: Link,
    private readonly textOf: (
      verb: Verb,
      channel: Omit<Detail, 'symbol'>,
      symbols: readonly string[],
      id: number,
    ) => string,
    private readonly scheduler: SchedulerLike,
  ) {}

  /** A number for a message of another kind. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  make(verb: Verb, topics: readonly Topic[]): TopicRequest {
    const whole = new WholeRequest(this.link, `${this.#lastId + 1}`, topics.length);
    if (verb === 'subscribe') this.#seats.take(topics);
    else this.#seats.leave(topics);
    for (const { key } of topics) {
      if (verb === 'subscribe') this.#wanted.set(key, whole);
      else this.#wanted.delete(key);
      // What is wanted again needs no end: the venue says that it is subscribed already.
      if (this.#unended.delete(key) && verb === 'subscribe') this.#goingOn.add(key);
      else if (verb === 'unsubscribe') this.#goingOn.delete(key);
    }
    // Numbered in the order in which they are sent.
    const again = this.#endAgain([...this.#unended.values()]);
    const texts = [...groupsOf(topics).values()].map((group) => this.#part(verb, group, whole));
    const [text, ...more] = [...again, ...texts];
    return { id: whole.id, text, more };
  }

  /** Whose a frame of this slot is. */
  seatedIn(slot: string): string | undefined {
    return this.#seats.keyIn(slot);
  }

  /** Whose the end of something of this slot is, where nothing tells more: what else is being ended there is so by a request. */
  takenIn(slot: string): string | undefined {
    return this.#seats.takenIn(slot);
  }

  answered({ id, symbol, error }: Answer): void {
    const part = typeof id === 'number' ? this.#parts.get(id) : undefined;
    if (part === undefined) {
      if (error !== undefined) this.link.report(error);
      return;
    }
    const topic = topicOf(part, symbol, error ?? '');
    if (topic === undefined) {
      this.#refuseAll(id as number, part, error);
      return;
    }
    part.waiting.delete(detailOf(topic).symbol);
    if (part.waiting.size === 0) this.#parts.delete(id as number);
    const isPassing = error !== undefined && PASSING.test(error);
    if (isPassing) this.link.report(`${topic.key}: ${error}`);
    if (part.verb === 'unsubscribe') this.#ended(topic, part, isPassing);
    else if (!isPassing) this.#begun(topic, part, id as number, error);
    // What passes is no answer: else it would be accepted with the rest, and not asked for again.
    if (part.verb === 'unsubscribe' || !isPassing) part.whole?.answered();
  }

  #begun(topic: Topic, { whole }: Part, id: number, error: string | undefined): void {
    const { key } = topic;
    if (error === undefined) {
      this.#goingOn.delete(key);
      this.#endOthers(topic, id);
      if (id > (this.#lastEnds.get(key) ?? 0)) this.link.confirmed(key);
    }
    // Its beginning is over, and what opens with a snapshot has to be begun anew.
    else if (ALREADY.test(error)) this.link.interrupted(key);
    else if (this.#wanted.get(key) === whole) {
      this.#wanted.delete(key);
      if (this.#goingOn.delete(key)) this.#unended.set(key, topic);
      this.link.rejected(key, error);
    }
    // What was left, or asked for again since, is not refused by that.
    else this.link.report(`${key}: ${error}`);
  }

  /**
   * Answers come in order: the end of another one of its seat, said before it was requested, or the answer to that, was lost; or
   * it was refused for now. What is wanted again by now goes on.
   */
  #endOthers({ slot, key }: Topic, begunBy: number): void {
    if (slot === undefined) return;
    const refused = [...this.#unended.values()].filter((other) => other.slot === slot);
    for (const [id, { verb, whole, waiting }] of [...this.#parts]) {
      if (verb === 'subscribe' || id > begunBy) continue;
      for (const [symbol, other] of waiting) {
        if (other.slot !== slot || other.key === key || this.#wanted.has(other.key)) continue;
        waiting.delete(symbol);
        if (waiting.size === 0) this.#parts.delete(id);
        this.link.send(this.#part('unsubscribe', [other], whole, true));
      }
    }
    for (const text of this.#endAgain(refused)) this.link.send(text);
  }

  /** Says ends again that go unanswered, or were refused for now: until one is answered nobody is told what comes for its seat. */
  alongside(): Observable<unknown> {
    return every(END_AGAIN, this.scheduler).pipe(
      tap(() => {
        this.#endOverdue();
      }),
    );
  }

  /** Ends that were there the time before, and have no answer: it was lost, or they were. */
  #endOverdue(): void {
    const before = this.#looked;
    for (const text of this.#endAgain([...this.#unended.values()])) this.link.send(text);
    this.#looked = this.#lastId;
    for (const [id, { verb, whole, waiting }] of [...this.#parts]) {
      if (verb === 'subscribe' || id > before) continue;
      const over = [...waiting.values()].filter(({ key }) => !this.#wanted.has(key));
      this.#parts.delete(id);
      if (over.length > 0) this.link.send(this.#part('unsubscribe', over, whole, true));
    }
  }

  #endAgain(topics: readonly Topic[]): readonly string[] {
    for (const { key } of topics) this.#unended.delete(key);
    return [...groupsOf(topics).values()].map((group) => this.#part('unsubscribe', group, undefined, true));
  }

  #ended(topic: Topic, { isAgain }: Part, isRefused: boolean): void {
    if (isRefused) {
      if (this.#wanted.has(topic.key)) this.#goingOn.add(topic.key);
      else this.#unended.set(topic.key, topic);
      return;
    }
    // It was requested again in between, and ended again: what comes may be of that.
    if (this.#isEnding(topic.key)) return;
    this.#seats.ended(topic);
    const seated = isAgain && topic.slot !== undefined ? this.seatedIn(topic.slot) : undefined;
    if (seated !== undefined && seated !== topic.key) this.link.interrupted(seated);
  }

  #isEnding(key: string): boolean {
    return [...this.#parts.values()].some(
      ({ verb, waiting }) => verb === 'unsubscribe' && [...waiting.values()].some((topic) => topic.key === key),
    );
  }

  /** It is told of none of them: the core looks for the one at fault. */
  #refuseAll(id: number, part: Part, error: string | undefined): void {
    if (error === undefined) return;
    const { verb, whole, waiting } = part;
    this.#parts.delete(id);
    const isPassing = PASSING.test(error);
    if (verb === 'unsubscribe') for (const topic of waiting.values()) this.#ended(topic, part, isPassing);
    if (verb === 'unsubscribe' || isPassing) this.link.report(error);
    else if (whole !== undefined) this.link.refused(whole.id, error);
  }

  #part(verb: Verb, group: readonly Topic[], whole: WholeRequest | undefined, isAgain = false): string {
    const id = this.nextId();
    const waiting = new Map(group.map((topic) => [detailOf(topic).symbol, topic]));
    this.#parts.set(id, { verb, whole, waiting, isAgain });
    if (verb === 'unsubscribe') for (const { key } of group) this.#lastEnds.set(key, id);
    const { channel, params } = detailOf(group[0] as Topic);
    return this.textOf(verb, { channel, params }, [...waiting.keys()], id);
  }
}

/** Topics by what a message can name together. */
const groupsOf = (topics: readonly Topic[]): ReadonlyMap<string, readonly Topic[]> =>
  grouped(topics, (topic) => {
    const { channel, params } = detailOf(topic);
    return JSON.stringify([channel, params]);
  });

/** The one that is named, by its field or in the words; the only one there is. */
function topicOf({ waiting }: Part, symbol: unknown, words: string): Topic | undefined {
  if (typeof symbol === 'string') return waiting.get(symbol);
  const all = [...waiting.values()];
  return all.length === 1 ? all[0] : all.find((topic) => words.split(/\s+/).includes(detailOf(topic).symbol));
}
