import type { Observable } from 'rxjs';
import type { Exchange, ExchangeOptions } from '../../../lib/feed/exchange.js';
import type { Listing } from '../../../lib/feed/instruments.js';

/** What a text that the client sent is about. */
export interface Said {
  readonly op: 'subscribe' | 'unsubscribe' | 'other';
  /** The channels' keys. */
  readonly keys: readonly string[];
  /** The key of a channel that the session keeps for itself. */
  readonly kept?: string;
  readonly id?: string | undefined;
}

/** One kind of channel of a venue, with frames as the venue sends them for the instrument that is opened. */
export interface ChannelUnderTest<E> {
  readonly open: (exchange: E) => Observable<unknown>;
  readonly key: string;
  /** One that can be read; behind others, line by line, where it needs them. */
  readonly good: string;
  /** The same with something in it that can't. */
  readonly bad: string;
  /** Where that is. */
  readonly path: string;
  /** Each session keeps it for itself, observed or not: its end and its refusal are nobody's. */
  readonly isKept?: boolean;
  /** The venue tells it again and again, changed or not: one that is told nothing is taken for stalled, and subscribed anew. */
  readonly isPeriodic?: boolean;
}

/** The methods of an exchange that give the streams of a channel: all but what it lists. */
export type StreamMethod<E> = {
  [M in keyof E]: E[M] extends (...parameters: never[]) => Observable<unknown> ? M : never;
}[Exclude<keyof E, keyof Exchange | keyof Listing>];

/** A venue as the contract sees it. The words of its sessions are given once more here, as the venue's side of them. */
export interface VenueUnderTest<E extends Exchange, Method = StreamMethod<E>> {
  readonly name: string;
  readonly make: (options: ExchangeOptions) => E;
  /** What the venue says first on each wire. Default: nothing. */
  readonly greeting?: readonly string[];
  /** By the methods that open them, none of which can be forgotten; and others that are had by options, by any name. */
  readonly channels: Readonly<
    Record<string, ChannelUnderTest<E>> & Record<Exclude<Method & string, 'depth'>, ChannelUnderTest<E>>
  >;
  /** What the channel `book` is made of, for the same instrument. */
  readonly depth: (exchange: E) => Observable<unknown>;
  readonly read: (text: string) => Said;
  /** The venue's answers to a request that it takes, and all that is subscribed by then. Default: what was requested. */
  readonly accept: (said: Said, listed?: readonly string[]) => readonly string[];
  /** The venue's answers to a request that ends channels, given its text. Default: it has none but lists of what is left. */
  readonly ended?: (said: Said, text: string) => readonly string[];
  /** Its answers to a ping, where the client loses a wire without them in less than a test takes. */
  readonly pong?: (ping: string) => readonly string[];
  /** What it says again and again, where the client loses a wire that is without it for less than a test takes. */
  readonly heartbeat?: string;
  /** Its answer where one of the channels does not exist. */
  readonly refuse: (said: Said, key: string) => string;
  /** A channel of the n-th of many instruments. */
  readonly nth: (exchange: E, n: number) => Observable<unknown>;
  /** What the venue allows, as its documents say. */
  readonly limits: {
    readonly topicsPerRequest: number;
    /** How many channels can be subscribed within some seconds. Default: 700. */
    readonly many?: number;
    readonly requestBytes: number;
    readonly channelsPerWire: number;
    /** What may be sent on a wire, and which of it counts. */
    readonly messages?: { readonly limit: number; readonly window: number };
    readonly requests?: { readonly limit: number; readonly window: number };
    /** What may be sent on all wires together. */
    readonly together?: { readonly limit: number; readonly window: number };
    readonly connections: { readonly limit: number; readonly window: number };
    /** Which of these rates the venue itself tells, and counts as they come to it. */
    readonly counted: readonly ('messages' | 'requests' | 'together' | 'connections')[];
  };
  /** By when a wire that is silent is lost, in ms. */
  readonly silentWithin: number;
  readonly page: {
    readonly file: string;
    /** What opens the channel that a frame of the page is of; `session` for what is of none, `none` for what is not ours to read. */
    readonly opens: (exchange: E, frame: string) => Observable<unknown> | 'session' | 'none';
    /** A frame of the page as it comes on a wire: whole where the page shows a part, behind those it needs, line by line. Default: as it stands. */
    readonly told?: (frame: string) => string;
    /** At least so many frames of the page are read. */
    readonly least: number;
  };
}
