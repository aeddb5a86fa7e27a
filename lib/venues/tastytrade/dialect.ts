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
import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { parseLossless } from '../../codec/losslessJson.js';
import { AuthenticationRefusedError } from '../../errors/authenticationRefusedError.js';
import { isFatal } from '../../errors/isFatal.js';
import { WireLostError } from '../../errors/wireLostError.js';
import { hideToken } from '../../feed/hideToken.js';
import { heartbeat } from '../../socket/heartbeat.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import { ALERTS, ALL, MESSAGES, WATCHLISTS, accountKey, askingOf } from './topics.js';
import { Id } from '../../codec/scalars.js';
import { Reply } from './frames.js';
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
  /** Counts the tokens refused in a row, over the sessions. */
  readonly refusals: { count: number };
  readonly scheduler: SchedulerLike;
}

interface Sent {
  readonly id: string;
  readonly action: string;
  readonly topic: Topic | undefined;
}

/** Messages whose reply is remembered to come. */
const OPEN_LIMIT = 100;
/** How soon a token is looked for again that could not be had, in ms. */
const AGAIN = 5_000;

/**
 * How the account stream talks: `connect` first, and nothing before it is answered; a token in every message; replies by
 * `request-id`, and by the order of their action where that is missing (guide; captured frames).
 */
export function accountDialect(link: Link, config: DialectConfig): Dialect {
  const { accounts, heartbeatEvery, tokens, refusals, scheduler } = config;
  let token = '';
  let lastId = 0;
  let open: readonly Sent[] = [];
  const connected = new AsyncSubject<true>();
  /** Keys that this session is subscribed to: there is no unsubscribing, so they are not asked for twice. */
  const subscribed = new Set<string>();
  const messages = new Set<string>();
  /** What came with the answer to `connect`, before the channels that it opens have begun. */
  let early: (() => void)[] | undefined = [];

  const say = (action: string, value?: unknown, topic?: Topic): TopicRequest & { readonly text: string } => {
    lastId += 1;
    const id = String(lastId);
    open = [...open.slice(1 - OPEN_LIMIT), { id, action, topic }];
    const text = JSON.stringify({ action, value, 'auth-token': `Bearer ${token}`, 'request-id': lastId });
    return { id, text };
  };

  const answered = (action: string, id: string | undefined): Sent | undefined => {
    const sent = open.find((one) => (id === undefined ? one.action === action : one.id === id));
    open = open.filter((one) => one !== sent);
    return sent;
  };
  const refusal = (text: string): Error => {
    if (text !== REFUSED_TOKEN) return new WireLostError('handshake', `connect: ${text}`);
    refusals.count += 1;
    tokens.refuse(token);
    // One may have run out on its way; a new one that fares no better will not be helped by a third.
    if (refusals.count > 1) return new AuthenticationRefusedError('tastytrade', `connect: ${text}`);
    return new WireLostError('auth', `connect: ${text}`);
  };
  const reply = (frame: JsonObject): void => {
    const decoded = Reply.decode(frame);
    if (decoded._tag === 'Left') throw new TypeError(pathOf(decoded.left));
    const { status, action } = decoded.right;
    const { 'request-id': id, message } = frame;
    const known = id === undefined || id === null ? undefined : Id.decode(id);
    // By its action, then.
    if (known?._tag === 'Left') link.complain(`${action}: a reply whose request-id can’t be read`);
    const sent = answered(action, known?._tag === 'Right' ? known.right : undefined);
    const text = hideToken(typeof message === 'string' ? message : status, token).slice(0, 200);
    if (status === 'ok') {
      if (action === 'connect') {
        refusals.count = 0;
        connected.next(true);
        connected.complete();
      } else if (sent?.topic !== undefined) {
        subscribed.add(sent.topic.key);
        link.accepted(sent.id);
      } else if (sent === undefined && action !== 'heartbeat')
        link.complain(`${action}: a reply to nothing that was asked`);
    } else if (action === 'connect') connected.error(refusal(text));
    // The server has forgotten that we connected: no subscription is at fault.
    else if (text === NOT_CONNECTED) link.lose('handshake', `${action}: ${text}`);
    else if (sent?.topic !== undefined) link.refused(sent.id, text);
    else link.complain(`${action}: ${text}`);
  };
  const deliver = (frame: JsonObject, type: string, account: string | undefined): void => {
    link.deliver(ALL, frame);
    if (type === 'PublicWatchlists') link.deliver(WATCHLISTS, frame);
    else if (type === 'QuoteAlert') link.deliver(ALERTS, frame);
    else if (!isKnownType(type)) for (const key of messages) link.deliver(key, frame);
    if (account !== undefined) link.deliver(accountKey(account), frame);
  };
  const notify = (frame: JsonObject, type: string): void => {
    const account = accountOf(frame['data']);
    // Whose it is can't be known, and somebody's state lacks it.
    if (account === undefined && belongsToAccount(type)) throw new TypeError(`${type} without an account`);
    if (early === undefined) deliver(frame, type, account);
    else early.push(() => deliver(frame, type, account));
  };
  const release = (): void => {
    const held = early ?? [];
    early = undefined;
    for (const one of held) one();
  };
  const take = (frame: unknown): void => {
    if (!isJsonObject(frame)) throw new TypeError('no object');
    const { results, action, type } = frame;
    if (Array.isArray(results)) takeAll(results, take);
    else if (typeof action === 'string') reply(frame);
    else if (typeof type === 'string') notify(frame, type);
    else throw new TypeError('neither a reply nor a notification');
  };

  const beat = (): string => say('heartbeat').text;

  return {
    handshake: () =>
      tokens.get().pipe(
        switchMap((first) => {
          token = first;
          link.send(say('connect', accounts).text);
          return connected;
        }),
      ),
    // A token that can't be had must not end a working stream: the old one is sent on, and the venue may judge it.
    alongside: () =>
      merge(
        // Behind the beginning of the channels, which is due now, too.
        timer(0, scheduler).pipe(tap(release)),
        heartbeat(link, heartbeatEvery, beat, scheduler),
        tokens.kept$.pipe(
          tap((next) => {
            token = next;
          }),
          retry({
            delay: (error: unknown) => (isFatal(error) ? throwError(() => error) : timer(AGAIN, scheduler)),
          }),
        ),
      ),
    receive: (text) => {
      take(parseLossless(text));
    },
    subscribe: ([topic]) => {
      const asking = topic === undefined ? undefined : askingOf(topic);
      // `connect` has asked for it, or this session has: there is nothing to say.
      if (topic === undefined || asking === undefined || subscribed.has(topic.key)) return {};
      if (topic.key.startsWith(MESSAGES)) messages.add(topic.key);
      return say(asking.action, asking.value, topic);
    },
    unsubscribe: () => ({}),
    probe: beat,
  };
}

/** What the venue says of a token that it does not take, a wrong prefix included (captured). */
const REFUSED_TOKEN = 'failed';
const NOT_CONNECTED = 'connect-not-completed';

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
