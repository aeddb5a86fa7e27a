import {
  AsyncSubject,
  type Observable,
  type SchedulerLike,
  merge,
  retry,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { pathOf } from '../../codec/path.js';
import { type JsonObject, asJsonObject } from '../../codec/jsonObject.js';
import { parseLossless } from '../../codec/losslessJson.js';
import { isFatal } from '../../errors/isFatal.js';
import { WireLostError } from '../../errors/wireLostError.js';
import { hideToken } from '../../feed/hideToken.js';
import { heartbeat } from '../../socket/heartbeat.js';
import { type NumberedRequest, NumberedRequests } from '../../socket/numberedRequests.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { ALERTS, ALL, MESSAGES, WATCHLISTS, accountKey, actionOf } from './topics.js';
import { Id } from '../../codec/scalars.js';
import { Reply } from './frames.js';
import { type OpenMessage, OpenMessages } from './openMessages.js';
import { accountOf, belongsToAccount, isKnownType } from './notices.js';

export interface DialectConfig {
  /** The accounts that `connect` names. */
  readonly accounts: readonly string[];
  readonly heartbeatEvery: number;
  readonly tokens: {
    get(): Observable<string>;
    /** The present one and each new one. */
    readonly kept$: Observable<string>;
    refuse(token: string): void;
  };
  readonly scheduler: SchedulerLike;
}

/** How soon a token is looked for again that could not be had, in ms. */
const AGAIN = 5_000;

/**
 * How the account stream talks: `connect` first, and nothing before it is answered; a token in every message; replies by
 * `request-id`, and by the order of their action where that is missing (guide; captured frames).
 */
export class AccountDialect implements Dialect {
  readonly #messages = new NumberedRequests((id, action: string, value?: unknown) =>
    JSON.stringify({ action, value, 'auth-token': `Bearer ${this.#token}`, 'request-id': id }),
  );
  readonly #open = new OpenMessages();
  readonly #connected = new AsyncSubject<true>();
  /** Keys that this session is subscribed to: there is no unsubscribing, so they are not asked for twice. */
  readonly #subscribed = new Set<string>();
  /** Keys of channels for messages of kinds that nobody knows. */
  readonly #unknown = new Set<string>();
  /** What came with the answer to `connect`, before the channels that it opens have begun. */
  #early: (() => void)[] | undefined = [];
  #token = '';
  /** The last one that was sent. */
  #heartbeat = '';

  constructor(
    private readonly link: Link,
    private readonly config: DialectConfig,
  ) {}

  handshake(): Observable<unknown> {
    return this.config.tokens.get().pipe(
      switchMap((token) => {
        this.#token = token;
        this.link.send(this.#request('connect', this.config.accounts).text);
        return this.#connected;
      }),
    );
  }

  alongside(): Observable<unknown> {
    const { heartbeatEvery, scheduler } = this.config;
    return merge(
      // Behind the beginning of the channels, which is due now, too.
      timer(0, scheduler).pipe(
        tap(() => {
          this.#release();
        }),
      ),
      heartbeat(this.link, heartbeatEvery, () => this.probe(), scheduler),
      this.#keptTokens(),
    );
  }

  receive(text: string): void {
    this.#take(this.#parsed(text));
  }

  subscribe([topic]: readonly Topic[]): TopicRequest {
    const action = topic === undefined ? undefined : actionOf(topic);
    // `connect` has asked for it, or this session has: there is nothing to say.
    if (topic === undefined || action === undefined || this.#subscribed.has(topic.key)) return {};
    if (topic.key.startsWith(MESSAGES)) this.#unknown.add(topic.key);
    return this.#request(action.action, action.value, topic);
  }

  unsubscribe(): TopicRequest {
    return {};
  }

  probe(): string {
    const { id, text } = this.#request('heartbeat');
    this.#heartbeat = id;
    return text;
  }

  /** A token that can't be had must not end a working stream: the old one is sent on, and the venue may judge it. */
  #keptTokens(): Observable<unknown> {
    const { tokens, scheduler } = this.config;
    return tokens.kept$.pipe(
      tap((token) => {
        this.#token = token;
      }),
      retry({ delay: (error: unknown) => (isFatal(error) ? throwError(() => error) : timer(AGAIN, scheduler)) }),
    );
  }

  #request(action: string, value?: unknown, topic?: Topic): NumberedRequest {
    const message = this.#messages.make(action, value);
    this.#open.add({ id: message.id, action, topic });
    return message;
  }

  /** What is no JSON while a heartbeat is to be answered may be its refusal, and later ones are answered as if nothing had been. */
  #parsed(text: string): unknown {
    try {
      return parseLossless(text);
    } catch (error) {
      if (this.#open.has(this.#heartbeat)) this.link.lose('handshake', 'heartbeat: an answer that can’t be read');
      throw error;
    }
  }

  #take(frame: unknown): void {
    const { results, action, type } = asJsonObject(frame);
    if (Array.isArray(results)) takeAll(results, (one) => this.#take(one));
    else if (typeof action === 'string') this.#replied(frame as JsonObject);
    else if (typeof type === 'string') this.#notified(frame as JsonObject, type);
    else throw new TypeError('neither a reply nor a notification');
  }

  #replied(frame: JsonObject): void {
    const decoded = Reply.decode(frame);
    if (decoded._tag === 'Left') throw new TypeError(pathOf(decoded.left));
    const { status, action } = decoded.right;
    const { 'request-id': id, message } = frame;
    const known = id === undefined || id === null ? undefined : Id.decode(id);
    // By its action, then.
    if (known?._tag === 'Left') this.link.report(`${action}: a reply whose request-id can’t be read`);
    const pending = this.#open.answered(action, known?._tag === 'Right' ? known.right : undefined);
    if (status === 'ok') this.#accepted(action, pending);
    else this.#refused(action, pending, hideToken(typeof message === 'string' ? message : status, this.#token));
  }

  #accepted(action: string, pending: OpenMessage | undefined): void {
    if (action === 'connect') {
      this.#connected.next(true);
      this.#connected.complete();
    } else if (pending?.topic !== undefined) {
      this.#subscribed.add(pending.topic.key);
      this.link.accepted(pending.id);
    } else if (pending === undefined && action !== 'heartbeat') {
      this.link.report(`${action}: a reply to nothing that was asked`);
    }
  }

  #refused(action: string, pending: OpenMessage | undefined, words: string): void {
    const text = words.slice(0, 200);
    if (action === 'connect') this.#connected.error(this.#refusalOf(text));
    // The server has forgotten that we connected: no subscription is at fault.
    else if (text === NOT_CONNECTED) this.link.lose('handshake', `${action}: ${text}`);
    // Nothing is sure to be told any more: `connect` says what it is about.
    else if (action === 'heartbeat' && text === REFUSED_TOKEN) this.link.lose('auth', `${action}: ${text}`);
    else if (action === 'heartbeat' && text === TOO_EARLY) this.link.lose('handshake', `${action}: ${text}`);
    else if (pending?.topic !== undefined) this.link.refused(pending.id, text);
    else this.link.report(`${action}: ${text}`);
  }

  #refusalOf(text: string): Error {
    if (text !== REFUSED_TOKEN) return new WireLostError('handshake', `connect: ${text}`);
    // One may have run out on its way, or not be known everywhere yet: only who gives them can say that there are none.
    this.config.tokens.refuse(this.#token);
    return new WireLostError('auth', `connect: ${text}`);
  }

  #notified(frame: JsonObject, type: string): void {
    const account = accountOf(frame['data']);
    // Whose it is can't be known, and somebody's state lacks it.
    if (account === undefined && belongsToAccount(type)) throw new TypeError(`${type} without an account`);
    if (this.#early === undefined) this.#deliver(frame, type, account);
    else this.#early.push(() => this.#deliver(frame, type, account));
  }

  #release(): void {
    const held = this.#early ?? [];
    this.#early = undefined;
    for (const one of held) one();
  }

  #deliver(frame: JsonObject, type: string, account: string | undefined): void {
    const { link } = this;
    link.deliver(ALL, frame);
    if (type === 'PublicWatchlists') link.deliver(WATCHLISTS, frame);
    else if (type === 'QuoteAlert') link.deliver(ALERTS, frame);
    else if (!isKnownType(type)) for (const key of this.#unknown) link.deliver(key, frame);
    if (account !== undefined) link.deliver(accountKey(account), frame);
  }
}

/** What the venue says of a token that it does not take, a wrong prefix included (captured). */
const REFUSED_TOKEN = 'failed';
const NOT_CONNECTED = 'connect-not-completed';
/** The same of a heartbeat (captured). */
const TOO_EARLY = 'not-implemented';

/** One bad entry spoils no other; the first is told in the end. */
function takeAll(frames: readonly unknown[], take: (frame: unknown) => void): void {
  const errors: unknown[] = [];
  for (const frame of frames) {
    try {
      take(frame);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
