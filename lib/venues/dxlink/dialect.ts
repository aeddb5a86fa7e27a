import { type Observable, type SchedulerLike, AsyncSubject, Subject, defer, merge, mergeMap, tap, timer } from 'rxjs';
import { parseLossless } from '../../codec/losslessJson.js';
import { pathOf } from '../../codec/path.js';
import { AuthenticationRefusedError } from '../../errors/authenticationRefusedError.js';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import type { Credentials } from './credentials.js';
import { DomChannels } from './domChannels.js';
import { FeedLanes } from './feedLanes.js';
import { AnyFrame, AuthState, ErrorFrame, SetupFrame } from './frames.js';
import { tokenWatch } from './tokenWatch.js';
import { type DxContract, isFeed } from './topics.js';

export interface DialectConfig {
  readonly venue: string;
  readonly scheduler: SchedulerLike;
  readonly credentials: Credentials;
  /** How long before its end a token is renewed, in ms. */
  readonly refreshAhead: number;
  /** What both sides may be silent for, in seconds: what we ask for. */
  readonly keepalive: number;
  readonly dataFormat: 'COMPACT' | 'FULL';
  readonly aggregationPeriod: (contract: DxContract) => number;
  readonly requestBytes: number;
}

/** Of this form are the versions of all clients seen: protocol, name, version. */
const VERSION = '0.1-millrace/0.1.0';

/**
 * How dxLink talks: a session (SETUP, AUTH) that carries channels, each with a set-up of its own.
 *
 * The order of the handshake is the strict one: our SETUP, theirs, `UNAUTHORIZED`, AUTH, `AUTHORIZED`. A token sent
 * earlier is refused now and then since mid-2026 (`Session not found: api`, tastyware/tastytrade#338).
 */
export function dxLinkDialect(link: Link, config: DialectConfig): Dialect {
  const talk = new Talk(link, config);
  return {
    handshake: () => talk.handshake(),
    alongside: () => talk.alongside(),
    receive: (text) => {
      talk.receive(text);
    },
    admits: (topic) => talk.admits(topic),
    subscribe: (topics) => talk.subscribe(topics),
    unsubscribe: (topics) => talk.unsubscribe(topics),
    get heartbeat() {
      return talk.heartbeat;
    },
    silence: () => talk.silence,
    // Nothing is ever confirmed but by data, so a quiet symbol is asked for ever more seldom.
    patience: (asks) => Math.min(2 ** (asks - 1), 64),
  };
}

/** One session. */
class Talk {
  private readonly lanes: FeedLanes;
  private readonly doms: DomChannels;
  private readonly authorised = new AsyncSubject<unknown>();
  private readonly tasks = new Subject<{ readonly ms: number; readonly run: () => void }>();
  private readonly renewals = new Subject<void>();
  private lastId = -1;
  private serverKeepalive: number;
  private isSetUp = false;
  private isReady = false;
  private wantsToken = false;
  private isAuthorised = false;
  private sentToken = false;
  private refusals = 0;

  constructor(
    private readonly link: Link,
    private readonly config: DialectConfig,
  ) {
    const nextId = (): number => (this.lastId += 2);
    const later = (ms: number, run: () => void): void => {
      this.tasks.next({ ms, run });
    };
    this.lanes = new FeedLanes({ ...config, link, nextId, later });
    this.doms = new DomChannels({ link, nextId, later });
    this.serverKeepalive = config.keepalive;
  }

  handshake(): Observable<unknown> {
    return defer(() => {
      const { keepalive } = this.config;
      const timeouts = { keepaliveTimeout: keepalive, acceptKeepaliveTimeout: keepalive };
      this.link.send(JSON.stringify({ type: 'SETUP', channel: 0, version: VERSION, ...timeouts }));
      return this.authorised;
    });
  }

  /** Errands of this session, and the care for its token. */
  alongside(): Observable<unknown> {
    const { scheduler } = this.config;
    const errands$ = this.tasks.pipe(mergeMap(({ ms, run }) => timer(ms, scheduler).pipe(tap(run))));
    const { credentials, refreshAhead } = this.config;
    return merge(
      errands$,
      tokenWatch({ credentials, refreshAhead, scheduler, renew$: this.renewals, use: () => this.authorise() }),
    );
  }

  /** Right under both readings of the keepalive fields that the sources have. */
  get heartbeat(): { readonly every: number; text(): string } {
    const every = (Math.min(this.serverKeepalive, this.config.keepalive) * 1_000) / 3;
    return { every, text: () => '{"type":"KEEPALIVE","channel":0}' };
  }

  /** The longer of both bounds, and a margin for the way. */
  get silence(): number {
    return Math.max(this.serverKeepalive, this.config.keepalive) * 1_000 + MARGIN;
  }

  admits(topic: Topic): boolean {
    return isFeed(topic) ? this.lanes.admits(topic) : this.doms.admits(topic);
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    const feeds = this.lanes.subscribe(topics.filter(isFeed));
    const doms = topics.filter((topic) => !isFeed(topic)).flatMap((topic) => this.doms.subscribe(topic));
    return requestOf([...feeds, ...doms]);
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    const feeds = this.lanes.unsubscribe(topics.filter(isFeed));
    const doms = topics.filter((topic) => !isFeed(topic)).flatMap((topic) => this.doms.unsubscribe(topic));
    return requestOf([...feeds, ...doms]);
  }

  receive(text: string): void {
    const frame = parseLossless(text);
    const known = AnyFrame.decode(frame);
    if (known._tag === 'Left') throw new TypeError(pathOf(known.left));
    const { type, channel } = known.right;
    switch (type) {
      case 'FEED_DATA':
        this.lanes.data(channel, (frame as { readonly data?: unknown }).data);
        return;
      case 'DOM_SNAPSHOT':
        this.doms.snapshot(channel, frame);
        return;
      case 'FEED_CONFIG':
        this.lanes.granted(channel, frame);
        return;
      case 'DOM_CONFIG':
        this.doms.configured(channel);
        return;
      case 'CHANNEL_OPENED':
        if (!this.lanes.opened(channel)) this.doms.opened(channel);
        return;
      case 'CHANNEL_CLOSED':
        if (!this.lanes.closed(channel)) this.doms.closed(channel);
        return;
      case 'SETUP':
        this.onSetup(frame);
        return;
      case 'AUTH_STATE':
        this.onAuthState(frame);
        return;
      case 'ERROR':
        this.onError(channel, frame);
    }
  }

  private onSetup(frame: unknown): void {
    const result = SetupFrame.decode(frame);
    if (result._tag === 'Left') throw new TypeError(pathOf(result.left));
    const seconds = result.right.keepaliveTimeout;
    if (seconds !== undefined && seconds > 0) this.serverKeepalive = seconds;
    this.isSetUp = true;
    if (this.wantsToken) this.authorise();
    this.proceed();
  }

  private onAuthState(frame: unknown): void {
    const result = AuthState.decode(frame);
    if (result._tag === 'Left') throw new TypeError(pathOf(result.left));
    if (result.right.state === 'AUTHORIZED') this.onAuthorised();
    else if (this.isReady) this.onRightsLost();
    else this.onUnauthorised();
  }

  private onAuthorised(): void {
    const { credentials } = this.config;
    const hadLost = this.isReady && !this.isAuthorised;
    this.isAuthorised = true;
    this.refusals = 0;
    if (this.sentToken) credentials.accepted();
    this.proceed();
    if (!hadLost) return;
    this.lanes.reopen();
    this.doms.reopen();
  }

  /** The first one asks for the token; one after our AUTH refuses it. */
  private onUnauthorised(): void {
    const { credentials, venue } = this.config;
    if (!this.sentToken) {
      this.wantsToken = true;
      if (this.isSetUp) this.authorise();
      return;
    }
    credentials.refused();
    // Once more with a fresh one; then it is not the token's age.
    const isFinal = credentials.refusals >= 2;
    this.authorised.error(
      isFinal
        ? new AuthenticationRefusedError(venue, 'UNAUTHORIZED after AUTH, twice in a row')
        : new WireLostError('auth', 'the token was refused; trying a fresh one'),
    );
  }

  /** In the midst of a session. Everything stays open at the venue; a new token brings it back. */
  private onRightsLost(): void {
    this.isAuthorised = false;
    this.refusals += 1;
    this.config.credentials.refused();
    if (this.refusals > 2) this.link.lose('auth', 'the venue took the rights of this session away');
    else this.renewals.next();
  }

  /** @returns Whether there was a token to send. */
  private authorise(): void {
    const { credentials, venue } = this.config;
    const { token } = credentials.current;
    if (token === undefined) {
      const text = 'a token is wanted, and none was given';
      if (this.isReady) this.link.lose('auth', text);
      else this.authorised.error(new AuthenticationRefusedError(venue, text));
      return;
    }
    this.sentToken = true;
    credentials.sent();
    this.link.send(JSON.stringify({ type: 'AUTH', channel: 0, token }));
  }

  private proceed(): void {
    if (!this.isSetUp || !this.isAuthorised || this.isReady) return;
    this.isReady = true;
    this.authorised.complete();
  }

  /** Tells only; what follows from it is told by another frame. */
  private onError(channel: number, frame: unknown): void {
    const result = ErrorFrame.decode(frame);
    if (result._tag === 'Left') throw new TypeError(pathOf(result.left));
    const { error, message = '' } = result.right;
    const text = this.config.credentials.clean(`${error}: ${message}`);
    this.doms.failed(channel, text);
    this.link.complain(text);
  }
}

const MARGIN = 5_000;

const requestOf = ([text, ...more]: readonly string[]): TopicRequest => ({ text, more });
