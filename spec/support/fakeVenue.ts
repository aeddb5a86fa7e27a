import * as t from 'io-ts';
import { Observable, type SchedulerLike, Subject, Subscription, VirtualTimeScheduler, timer } from 'rxjs';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { Endpoint, HttpRequest, HttpResponse, Network, Wire } from '../../lib/network/network.js';
import type { ConnectionState } from '../../lib/model/connection.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import type { ChannelSpec } from '../../lib/socket/channel.js';
import type { ChannelEvent } from '../../lib/socket/channelEvent.js';
import { Hub, type HubConfig } from '../../lib/socket/hub.js';
import type { Dialect, Link, Rate, Topic, VenuePlan, WireLimits } from '../../lib/socket/plan.js';

/** Virtual time that ends where it is told to, not at its last timer; and a clock that can be set wrong meanwhile. */
export class Clock extends VirtualTimeScheduler {
  private wrongBy = 0;

  constructor() {
    super(undefined, 0);
    this.now = () => this.frame + this.wrongBy;
  }

  /** Sets the clock forward, or back where it is below 0, in ms. No time passes: timers take as long as they would. */
  adjust(ms: number): void {
    this.wrongBy += ms;
  }

  advance(ms: number): void {
    this.advanceTo(this.frame + ms);
  }

  advanceTo(time: number): void {
    this.maxFrames = time;
    this.flush();
    this.frame = time;
  }

  /** How many timers are waiting. */
  get timers(): number {
    return this.actions.length;
  }
}

/** What a venue of this kind is told. */
interface Said {
  readonly op: 'sub' | 'unsub' | 'ping' | 'auth' | 'text';
  readonly id?: string;
  readonly topics?: readonly string[];
  readonly text?: string;
}

/** One connection as the venue saw it. */
export interface VenueWire {
  readonly index: number;
  readonly endpoint: Endpoint;
  readonly askedAt: number;
  readonly said: { readonly at: number; readonly message: Said }[];
  readonly topics: Set<string>;
  /** What the client can't know the truth about: it was refused, or nobody answered. */
  readonly unsure: Set<string>;
  openedAt: number | undefined;
  /** By the client; what the venue ended is not told here. */
  closed: { readonly at: number; readonly code: number; readonly reason: string } | undefined;
  ended: boolean;
  /** Half-open: neither side hears of the other, and nobody is told. */
  isMute: boolean;
  /** Delivers a frame now. */
  send(frame: unknown): void;
  /** A sign of life below the frames. */
  pulse(): void;
  /** Ends it from the venue's side: with a close frame, or without one. */
  end(code?: number): void;
  break(): void;
}

export interface FakeVenueConfig {
  /** What the venue does with a connection. Default: takes it. `hang`: never answers. */
  readonly accept?: (attempt: number, at: number) => 'open' | 'refuse' | 'hang';
  /** How long anything takes to get from one side to the other, in ms. Default: 1. */
  readonly latency?: number;
  /** Whether a request is answered. Default: each is. `lost`: it counts, but nobody says so. `ignored`: it doesn't. */
  readonly answers?: (message: Said, wire: number) => 'answered' | 'lost' | 'ignored';
  /** Why a topic can't be had; the request that names it is refused as a whole. Default: all can. */
  readonly refuses?: (topic: string) => string | undefined;
  /** Whether each topic starts with a frame. Default: true. */
  readonly greets?: boolean;
  /** Whether pings are answered. Default: true. */
  readonly pongs?: boolean;
  /** What the venue does not put up with: it closes the wire (1008). */
  readonly rules?: {
    readonly messages?: Rate;
    readonly topics?: number;
    readonly bytes?: number;
    readonly connections?: Rate;
    readonly requests?: Rate;
  };
}

const NOTHING = (): void => undefined;

/** A venue in virtual time, which knows its rules by itself, and the network that leads to it. */
export class FakeVenue {
  readonly wires: VenueWire[] = [];
  /** Rules that were broken, and requests that make no sense: subscribed twice, unsubscribed for nothing. */
  readonly violations: string[] = [];
  readonly network: Network;
  readonly wake = new Subject<void>();
  readonly requests: { readonly at: number; readonly request: HttpRequest }[] = [];

  constructor(
    readonly clock: SchedulerLike,
    private readonly config: FakeVenueConfig = {},
  ) {
    this.network = {
      open: (endpoint) => this.open(endpoint),
      request: (request) => this.request(request),
      wake: this.wake,
    };
  }

  /** What is subscribed over all open wires, sorted. */
  get subscribed(): readonly string[] {
    return this.open_.flatMap(({ topics }) => [...topics]).sort();
  }

  get openWires(): number {
    return this.open_.length;
  }

  /** All that was asked for, as `sub a,b`. */
  get said(): readonly string[] {
    return this.wires.flatMap(({ said }) =>
      said.map(({ message: { op, topics } }) => [op, ...(topics ?? [])].join(' ')),
    );
  }

  /** Has every wire that carries the topic send a frame about it. */
  publish(topic: string, payload: unknown): void {
    for (const wire of this.open_) if (wire.topics.has(topic)) wire.send({ key: topic, payload });
  }

  private get open_(): readonly VenueWire[] {
    return this.wires.filter(({ ended, openedAt }) => !ended && openedAt !== undefined);
  }

  private open(endpoint: Endpoint): Observable<Wire> {
    return new Observable((subscriber) => {
      const { clock, config } = this;
      const { accept = () => 'open', latency = 1, rules = {} } = config;
      const messages = new Subject<string>();
      const activity = new Subject<void>();
      const end = (error?: WireLostError): void => {
        if (wire.ended) return;
        wire.ended = true;
        if (error === undefined) subscriber.complete();
        else subscriber.error(error);
      };
      const wire: VenueWire = {
        index: this.wires.length,
        endpoint,
        askedAt: clock.now(),
        said: [],
        topics: new Set(),
        unsure: new Set(),
        openedAt: undefined,
        closed: undefined,
        ended: false,
        isMute: false,
        send: (frame) => {
          if (!wire.ended && !wire.isMute) messages.next(typeof frame === 'string' ? frame : JSON.stringify(frame));
        },
        pulse: () => activity.next(),
        end: (code = 1000) => end(new WireLostError('closed', 'closed by the venue', code)),
        break: () => end(new WireLostError('failed', 'broke', 1006)),
      };
      this.wires.push(wire);
      this.checkRate(
        rules.connections,
        this.wires.map(({ askedAt }) => askedAt),
        'connections',
      );
      const close = (code = 1000, reason = ''): void => {
        if (wire.ended) return;
        wire.closed = { at: clock.now(), code, reason };
        end();
      };
      subscriber.add(() => close());

      const answer = accept(wire.index + 1, clock.now());
      if (answer === 'hang') return;
      subscriber.add(
        timer(latency, clock).subscribe(() => {
          if (answer === 'refuse') {
            end(new WireLostError('failed', 'refused', 503));
            return;
          }
          wire.openedAt = clock.now();
          subscriber.next({
            messages,
            activity,
            send: (text) => {
              if (!wire.ended) this.hear(wire, text);
              else this.violations.push('sent on a wire that was over');
            },
            close,
          });
        }),
      );
    });
  }

  private hear(wire: VenueWire, text: string): void {
    const { clock, config } = this;
    const { answers = () => 'answered', latency = 1, pongs = true, rules = {} } = config;
    const message = parsed(text);
    wire.said.push({ at: clock.now(), message });
    if (wire.isMute) return;
    const later = (run: () => void): void => {
      clock.schedule(() => {
        if (!wire.ended) run();
      }, latency);
    };
    const broken =
      this.checkRate(
        rules.messages,
        wire.said.map(({ at }) => at),
        'messages',
      ) ||
      (Buffer.byteLength(text) > (rules.bytes ?? Infinity) && this.violate('bytes'));
    if (broken) {
      later(() => wire.end(1008));
      return;
    }
    if (message.op === 'ping') {
      if (pongs) later(() => wire.send({ pong: true }));
      return;
    }
    if (message.op === 'auth') {
      later(() => wire.send({ auth: 'ok' }));
      return;
    }
    if (message.op === 'text') return;
    const answered = answers(message, wire.index);
    const refusal = message.op === 'sub' ? this.refusal(message) : undefined;
    if (answered !== 'answered' || refusal !== undefined)
      for (const topic of message.topics ?? []) wire.unsure.add(topic);
    if (answered === 'ignored') return;
    if (refusal !== undefined) {
      if (answered === 'answered') later(() => wire.send({ err: message.id, text: refusal }));
      return;
    }
    this.apply(wire, message);
    if (answered === 'answered') later(() => wire.send({ ack: message.id }));
  }

  private refusal({ topics = [] }: Said): string | undefined {
    for (const topic of topics) {
      const text = this.config.refuses?.(topic);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  private apply(wire: VenueWire, { op, topics = [] }: Said): void {
    const { greets = true, latency = 1, rules = {} } = this.config;
    for (const topic of topics) {
      if (op === 'unsub') {
        if (!wire.topics.delete(topic) && !wire.unsure.has(topic)) this.violate(`unsubscribed ${topic} for nothing`);
        continue;
      }
      if (wire.topics.has(topic) && !wire.unsure.has(topic)) this.violate(`subscribed ${topic} twice`);
      wire.topics.add(topic);
      if (!greets) continue;
      this.clock.schedule(() => {
        if (wire.topics.has(topic)) wire.send({ key: topic, payload: 0 });
      }, latency);
    }
    if (wire.topics.size > (rules.topics ?? Infinity)) this.violate('topics');
  }

  private request(request: HttpRequest): Observable<HttpResponse> {
    return new Observable((subscriber) => {
      this.requests.push({ at: this.clock.now(), request });
      this.checkRate(
        this.config.rules?.requests,
        this.requests.map(({ at }) => at),
        'requests',
      );
      return timer(this.config.latency ?? 1, this.clock).subscribe(() => {
        subscriber.next({ status: 200, headers: {}, body: '{}' });
        subscriber.complete();
      });
    });
  }

  /** Times in ascending order, the last one now. */
  private checkRate(rate: Rate | undefined, times: readonly number[], what: string): boolean {
    if (rate === undefined) return false;
    const before = times[times.length - 1 - rate.limit];
    return before !== undefined && this.clock.now() - before < rate.window && this.violate(what);
  }

  private violate(what: string): true {
    this.violations.push(what);
    return true;
  }
}

function parsed(text: string): Said {
  return text.startsWith('{') ? (JSON.parse(text) as Said) : { op: 'text', text };
}

export interface FakePlanConfig {
  readonly limits?: Partial<WireLimits>;
  readonly connections?: Rate;
  /** What differs from a plain dialect. */
  readonly dialect?: (link: Link) => Partial<Dialect>;
  readonly endpoint?: VenuePlan['wires'][string]['endpoint'];
  /** Whether requests bear ids. Default: true. */
  readonly ids?: boolean;
  readonly groups?: readonly string[];
}

/** The plan of the fake venue, for the code under test. */
export function fakePlan(config: FakePlanConfig = {}): VenuePlan {
  const { connections, groups = ['main'], endpoint = () => [{ url: 'ws://fake' }] } = config;
  const limits: WireLimits = {
    channels: 1_000,
    topicsPerRequest: 1_000,
    requestBytes: 65_536,
    silence: 60_000,
    probeWithin: 10_000,
    ...config.limits,
  };
  const wire = { endpoint, limits, dialect: (link: Link) => fakeDialect(link, config) };
  return {
    venue: 'fake',
    wires: Object.fromEntries(groups.map((group) => [group, wire])),
    ...(connections && { connections }),
  };
}

function fakeDialect(link: Link, { dialect = () => ({}), ids = true }: FakePlanConfig): Dialect {
  let next = 0;
  const about = (op: string) => (topics: readonly Topic[]) => {
    next += 1;
    const id = String(next);
    return { text: JSON.stringify({ op, id, topics: topics.map(({ key }) => key) }), ...(ids && { id }) };
  };
  return {
    receive: (text) => {
      const frame = JSON.parse(text) as Record<string, unknown>;
      if (typeof frame['key'] === 'string') link.deliver(frame['key'], frame['payload']);
      else if (typeof frame['ack'] === 'string') link.accepted(frame['ack']);
      else if (typeof frame['err'] === 'string') link.refused(frame['err'], String(frame['text']));
    },
    subscribe: about('sub'),
    unsubscribe: about('unsub'),
    ...dialect(link),
  };
}

/** A hub that talks to a fake venue. */
export function fakeHub(venue: FakeVenue, config: Partial<HubConfig> = {}): Hub {
  return new Hub({
    plan: fakePlan(),
    network: venue.network,
    scheduler: venue.clock,
    random: () => 0.5,
    backoff: defaultBackoff,
    wireLinger: 1_000,
    confirmWithin: 10_000,
    handshakeWithin: 10_000,
    maxLag: 2_000,
    ...config,
  });
}

/** A channel of the fake venue, every payload taken as it is. */
export function fakeChannel(key: string, group = 'main'): ChannelSpec<unknown> {
  return { topic: { key, group }, decode: t.success };
}

/** What a channel told, one word each: `begun`, `confirmed`, `lost closed`, or the message itself. */
export function told(event: ChannelEvent<unknown>): string {
  switch (event.type) {
    case 'message':
      return String(event.value);
    case 'lost':
      return `lost ${event.reason}`;
    case 'begun':
    case 'confirmed':
    case 'missed':
      return event.type;
    case 'late':
      return event.isLate ? 'late' : 'in time';
  }
}

/** One word for a transition: `lost closed`, `waiting 250`. */
export function step(state: ConnectionState): string {
  switch (state.status) {
    case 'lost':
      return `lost ${state.reason}`;
    case 'waiting':
      return `waiting ${state.ms}`;
    case 'connecting':
      return `connecting ${state.attempt}`;
    case 'idle':
    case 'ready':
    case 'closed':
      return state.status;
  }
}

/** All that was observed, and how it ended. */
export class Seen<T> {
  readonly values: T[] = [];
  end: 'complete' | { readonly error: unknown } | undefined;
  readonly subscription: Subscription;

  constructor(source: Observable<T>, onValue: (value: T) => void = NOTHING) {
    this.subscription = new Subscription();
    this.subscription.add(
      source.subscribe({
        next: (value) => {
          this.values.push(value);
          onValue(value);
        },
        error: (error: unknown) => {
          this.end = { error };
        },
        complete: () => {
          this.end = 'complete';
        },
      }),
    );
  }

  leave(): void {
    this.subscription.unsubscribe();
  }
}
