import type { TypeOf } from 'io-ts';
import { type Observable, type SchedulerLike, Subject, defer, merge, mergeMap, tap, timer } from 'rxjs';
import { parseLossless } from '../../../codec/losslessJson.js';
import { pathOf } from '../../../codec/path.js';
import { heartbeat } from '../../../socket/heartbeat.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../../socket/plan.js';
import { DomChannels } from './domChannels.js';
import { FeedLanes } from './feedLanes.js';
import { AnyFrame, AuthState, ErrorFrame, SetupFrame } from '../frames.js';
import { isRefusal } from './refusal.js';
import { Rights } from './rights.js';
import type { DxLinkTokens } from './tokens.js';
import { type DxLinkContract, isFeed } from '../topics.js';

export interface DialectConfig {
  readonly venue: string;
  readonly scheduler: SchedulerLike;
  readonly tokens: DxLinkTokens;
  /** What both sides may be silent for, in seconds: what we ask for. */
  readonly keepalive: number;
  readonly dataFormat: 'COMPACT' | 'FULL';
  readonly aggregationPeriod: (contract: DxLinkContract) => number;
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
    silence: () => talk.silence,
    // Nothing is ever confirmed but by data, so a quiet symbol is asked for ever more seldom.
    patience: (asks) => Math.min(2 ** (asks - 1), 64),
  };
}

/** One session. */
class Talk {
  private readonly lanes: FeedLanes;
  private readonly doms: DomChannels;
  private readonly rights: Rights;
  private readonly tasks = new Subject<{ readonly ms: number; readonly run: () => void }>();
  /** What ends channels at the venue that it has made worthless by taking our rights away. */
  private readonly over: string[] = [];
  private readonly puzzles = new Set<string>();
  private lastId = -1;
  private serverKeepalive: number;

  constructor(
    private readonly link: Link,
    private readonly config: DialectConfig,
  ) {
    const nextId = (): number => (this.lastId += 2);
    const later = (ms: number, run: () => void): void => {
      this.tasks.next({ ms, run });
    };
    this.lanes = new FeedLanes({
      ...config,
      link,
      nextId,
      later,
      puzzled: (text) => {
        this.puzzled(text);
      },
    });
    this.doms = new DomChannels({ link, nextId, later });
    this.rights = new Rights({
      ...config,
      link,
      taken: () => {
        this.over.push(...this.lanes.end(), ...this.doms.end());
      },
      regained: () => {
        for (const text of this.over.splice(0)) link.send(text);
        link.changed();
      },
    });
    this.serverKeepalive = config.keepalive;
  }

  handshake(): Observable<unknown> {
    return defer(() => {
      const { keepalive } = this.config;
      const timeouts = { keepaliveTimeout: keepalive, acceptKeepaliveTimeout: keepalive };
      this.link.send(JSON.stringify({ type: 'SETUP', channel: 0, version: VERSION, ...timeouts }));
      return this.rights.granted$;
    });
  }

  /** Errands of this session, the care for its token, and signs of life. */
  alongside(): Observable<unknown> {
    const { scheduler, keepalive } = this.config;
    const errands$ = this.tasks.pipe(mergeMap(({ ms, run }) => timer(ms, scheduler).pipe(tap(run))));
    // Right under both readings of the keepalive fields that the sources have.
    const ms = (Math.min(this.serverKeepalive, keepalive) * 1_000) / 3;
    const beats$ = heartbeat(this.link, ms, () => '{"type":"KEEPALIVE","channel":0}', scheduler);
    return merge(errands$, this.rights.kept$, beats$);
  }

  /** The longer of both bounds, and a margin for the way. */
  get silence(): number {
    return Math.max(this.serverKeepalive, this.config.keepalive) * 1_000 + MARGIN;
  }

  admits(topic: Topic): boolean {
    if (!this.rights.isAuthorised) return false;
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
    if (this.lanes.plainData(text)) return;
    const { frame, type, channel } = this.read(text);
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
        return;
      case 'KEEPALIVE':
        return;
      default:
        this.puzzled(`a frame of the unknown type ${type.slice(0, 50)}`);
    }
  }

  private read(text: string): { readonly frame: unknown } & TypeOf<typeof AnyFrame> {
    try {
      const frame = parseLossless(text);
      const known = AnyFrame.decode(frame);
      if (known._tag === 'Left') throw new TypeError(pathOf(known.left));
      return { frame, type: known.right.type, channel: known.right.channel };
    } catch (error) {
      // What it can be seen to be it is taken for.
      if (text.includes('AUTH_STATE')) this.rights.unclear();
      this.lanes.missed(text);
      throw error;
    }
  }

  /** Told once a session: what nobody knows may mean something. */
  private puzzled(text: string): void {
    if (this.puzzles.has(text) || this.puzzles.size >= MOST_PUZZLES) return;
    this.puzzles.add(text);
    this.link.report(text);
  }

  private onSetup(frame: unknown): void {
    const result = SetupFrame.decode(frame);
    if (result._tag === 'Left') throw new TypeError(pathOf(result.left));
    const seconds = result.right.keepaliveTimeout;
    if (seconds !== undefined && seconds > 0) this.serverKeepalive = Math.min(Math.max(seconds, LEAST), MOST);
    this.rights.setUp();
  }

  private onAuthState(frame: unknown): void {
    const result = AuthState.decode(frame);
    if (result._tag === 'Left') {
      this.rights.unclear();
      throw new TypeError(pathOf(result.left));
    }
    this.rights.answered(result.right.state === 'AUTHORIZED');
  }

  /** Tells only; what follows from it is told by another frame. */
  private onError(channel: number, frame: unknown): void {
    const result = ErrorFrame.decode(frame);
    if (result._tag === 'Left') throw new TypeError(pathOf(result.left));
    const { error, message = '' } = result.right;
    const text = this.config.tokens.clean(`${error}: ${message}`);
    if (isRefusal(error, this.rights.isAuthorised)) {
      this.lanes.failed(channel, text);
      this.doms.failed(channel, text);
    }
    this.link.report(text);
  }
}

const MARGIN = 5_000;
/** What the venue's keepalive is taken for at the least and the most, in seconds: no storm, and no wire that is mute for hours. */
const LEAST = 1;
const MOST = 300;
/** Unknown words of a session that are told. */
const MOST_PUZZLES = 20;

const requestOf = ([text, ...more]: readonly string[]): TopicRequest => ({ text, more });
