import type { ObservableInput } from 'rxjs';
import type { LossReason } from '../model/connection.js';
import type { Rate } from '../network/allowance.js';
import type { Endpoint } from '../network/network.js';

export type { Rate };

/** One subscription at the venue. */
export interface Topic {
  /** What frames are routed by, and the channel's name in faults and errors. */
  readonly key: string;
  /** Which kind of wire carries it. */
  readonly group: string;
  /** What a wire has only once: two topics of one slot are never wanted of the same wire. Absent: none. */
  readonly slot?: string | undefined;
  /**
   * Whether its stream means nothing without its beginning, as where a snapshot opens it: who wants it while an older
   * subscription is still being ended gets a new one. Absent: goes on with the old one.
   */
  readonly fromStart?: boolean | undefined;
  /** Whatever the venue's dialect needs beside the key. */
  readonly detail?: unknown;
}

/** One outgoing message about some topics. */
export interface TopicRequest {
  /** Absent where nothing needs saying, because opening the wire or its handshake was the subscription: it is confirmed. */
  readonly text?: string | undefined;
  /**
   * Without a text: what comes confirms it (data, or `link.confirmed`), and not the opening, as where a wire may be opened and
   * never speak. How long that may take is the silence's to say.
   */
  readonly isAwaited?: boolean | undefined;
  /** Texts that go out behind it, in order and ahead of all else: where one thing takes several messages. */
  readonly more?: readonly string[] | undefined;
  /** By which the venue's answer will be known, where it answers by id. */
  readonly id?: string | undefined;
}

/** What a dialect can do with the session it speaks on. */
export interface Link {
  /** Hands a part of a frame to the channel that wants it. A key nobody wants is passed over. */
  deliver(key: string, payload: unknown): void;
  /** The request with this id was accepted. */
  accepted(id: string): void;
  /** The request with this id was refused, in the venue's words. */
  refused(id: string, text: string): void;
  /** This one subscription is confirmed. */
  confirmed(key: string): void;
  /** This one subscription was refused or ended by the venue, in its words. */
  rejected(key: string, text: string): void;
  /** Updates were lost: of one channel, or of all of the wire. They go stale and are subscribed anew, again after growing pauses. */
  interrupted(key?: string): void;
  /** Sends a text ahead of all subscriptions, within the budget. */
  send(text: string): void;
  /** Ends the session; the next one begins after the backoff. */
  lose(reason: LossReason, text: string): void;
  /** The venue reported an error that concerns no channel of ours. */
  report(text: string): void;
  /** What `admits` says has changed. */
  changed(): void;
}

/**
 * How one session of a venue talks. Made anew for each session, so whatever it remembers (ids, inner channels,
 * counters) dies with it.
 */
export interface Dialect {
  /** Runs on the open wire; subscriptions go out when it completes. Absent: at once. An error loses the session. */
  readonly handshake?: (() => ObservableInput<unknown>) | undefined;
  /** Takes one text frame. What it throws is reported as a frame that could not be decoded, and ends nothing. */
  receive(text: string): void;
  /**
   * Runs beside the session from ready to its end; what it emits is passed over. An error loses the session: a
   * `WireLostError` as it is, anything else as `failed`. For credentials that must be kept alive, and for heartbeats.
   */
  readonly alongside?: (() => ObservableInput<unknown>) | undefined;
  /**
   * Opening the wire was the subscription: whatever is wanted is subscribed the moment the session is ready, and confirmed
   * unless its request is awaited (`TopicRequest`); nothing is said. Subscribing anew is opening anew.
   */
  readonly implicit?: boolean | undefined;
  /** Whether the topic may be subscribed now. Absent: always. Call `link.changed()` when the answer changes. */
  readonly admits?: ((topic: Topic) => boolean) | undefined;
  /** What to say for the venue to begin with all of these: one request. */
  subscribe(topics: readonly Topic[]): TopicRequest;
  /** What to say for it to end them. */
  unsubscribe(topics: readonly Topic[]): TopicRequest;
  /** The venue's own ping, by which an idle wire is told from a dead one. Absent: silence alone decides. */
  readonly probe?: (() => string) | undefined;
  /** The bound of inbound silence, in ms, where the venue tells it in its handshake. Absent: that of the limits. */
  readonly silence?: (() => number) | undefined;
  /**
   * For how many times the bound the n-th request (from 1) may go without confirmation or data. Absent: once, each time.
   * For venues that confirm nothing, where a quiet channel need not be a lost one.
   */
  readonly patience?: ((requests: number) => number) | undefined;
}

/** What a venue allows on one wire. Never exceeded. */
export interface WireLimits {
  /** Channels a wire carries at most; more open further wires. */
  readonly channels: number;
  /** Outgoing messages, pings included. What the platform sends by itself (pongs) must be left room for. */
  readonly messages?: Rate | undefined;
  /** Requests about subscriptions alone, where they have a rate of their own. What waits for it holds up no other text. */
  readonly requests?: Rate | undefined;
  /** Topics in one request. */
  readonly topicsPerRequest: number;
  /** Bytes of one outgoing frame. */
  readonly requestBytes: number;
  /** Inbound silence after which the wire is probed, or lost where there is no probe, in ms. */
  readonly silence: number;
  /** The same where the platform shows no signs of life below the frames (browsers). Default: `silence`. */
  readonly blindSilence?: number | undefined;
  /** How long the answer to a probe may take, in ms. */
  readonly probeWithin: number;
}

/** What the endpoint of an attempt may depend on. */
export interface Attempt {
  /** From 1; after a stable uptime the next is 2 again. */
  readonly number: number;
  /** How long the backoff has it wait, in ms. */
  readonly waited: number;
  /** What is wanted of the wire now, for venues where the address is the subscription. */
  readonly topics: readonly Topic[];
  /** What ended the attempt before, for a token to be fetched anew after a refusal. Absent at the first. */
  readonly lost: unknown;
}

/** One kind of wire. */
export interface WirePlan {
  /**
   * Asked anew for each attempt, so that tokens are fresh: a promise, an observable (its first value counts) or an
   * array of one. A `SubscriptionRefusedError` ends the channels of the wire: for addresses that are subscriptions.
   */
  endpoint(attempt: Attempt): ObservableInput<Endpoint>;
  /** How a session talks: made anew for each, over its link. */
  dialect(link: Link): Dialect;
  readonly limits: WireLimits;
  /**
   * Lets an attempt begin by its first value and holds its place until the session is over: for venues that count open
   * streams. The wait is no part of the handshake's time. Errors like the endpoint does. Absent: at once.
   */
  readonly admission?: ((attempt: Attempt) => ObservableInput<unknown>) | undefined;
}

/** How a venue's channels map to wires: data, of which channels know nothing. */
export interface VenuePlan {
  readonly venue: string;
  /** By group. The first is the one that plain use of the socket opens; where there is none it opens nothing. */
  readonly wires: Readonly<Record<string, WirePlan>>;
  /** Groups that come into being as they are requested, where each channel has a wire of its own. */
  readonly wireOf?: ((group: string) => WirePlan | undefined) | undefined;
  /** New wires over all groups. */
  readonly connections?: Rate | undefined;
  /** Outgoing messages over all wires, pings included, where the venue counts those of an address. */
  readonly messages?: Rate | undefined;
  /** Requests about subscriptions alone, likewise. */
  readonly requests?: Rate | undefined;
}
