import type { Observable } from 'rxjs';
import type { HttpRequest, HttpResponse, Network } from '../network/network.js';
import type { FaultControl } from './faults/faultControl.js';
import type { TrueMarket } from './market/trueMarket.js';

/** A connection as the venue sees it: what it can do to its client. The transport gives one for each upgrade. */
export interface SimulatedConnection {
  /** Sends the client a text. */
  send(text: string): void;
  /** Begins the closing handshake. */
  close(code: number, reason?: string): void;
  /** Breaks the connection without one. */
  terminate(): void;
  /** Sends a protocol ping, where the transport has such a thing. */
  ping?(): void;
  /** Answers a protocol ping. */
  pong?(): void;
  /** Stops reading and answering for good, without closing: a connection that is half open. */
  freeze?(): void;
}

/** A connection as the transport sees it: what it must tell the venue. */
export interface ServerSide {
  /** The client sent a text. */
  receive(text: string): void;
  /** A protocol ping or pong came in. */
  control?(kind: 'ping' | 'pong'): void;
  /** The connection is gone, whoever ended it. May be told twice. */
  closed(): void;
}

/** What a client says to open a connection. */
export interface UpgradeRequest {
  /** Whole, or from the path on. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The upgrade is refused with this HTTP status. */
export interface Refusal {
  /** The HTTP status. */
  readonly refuse: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What is said with it. */
  readonly body?: string;
}

/** What one connection has been so far; a new value at each asking. */
export interface ConnectionStats {
  /** Counts from 1. */
  readonly id: number;
  /** Path and query. */
  readonly url: string;
  readonly open: boolean;
  /** In the order they were asked for. */
  readonly subscriptions: readonly string[];
  /** Messages from the client, protocol pings and pongs not counted. */
  readonly received: number;
  /** The last of those messages, at most 200. */
  readonly texts: readonly string[];
  /** Frames sent to the client. */
  readonly sent: number;
}

/** A client went over one of the venue's limits. */
export interface Violation {
  /** Which limit, by its name in the venue's limits. */
  readonly limit: string;
  /** The connection that did, where it was one. */
  readonly connection?: number;
  /** In ms. */
  readonly at: number;
}

/** What clients have done to a simulated venue since it was made; a new value at each asking. */
export interface VenueStats {
  /** Connections open now. */
  readonly open: number;
  /** Connections ever accepted. */
  readonly accepted: number;
  /** Connection attempts refused. */
  readonly refused: number;
  /** Those open, and up to 1,000 that were. */
  readonly connections: readonly ConnectionStats[];
  readonly violations: readonly Violation[];
  /** Requests made, by path without query. */
  readonly requests: Readonly<Record<string, number>>;
}

/**
 * A venue that exists only here: a market, and a server that speaks the venue's protocol about it. One and the same can
 * be reached within the process (`network`) and over real sockets (`serve`).
 */
export interface SimulatedVenue {
  readonly name: string;
  readonly market: TrueMarket;
  /** A client wants a connection. What is sent to it right away follows the opening. */
  accept(request: UpgradeRequest, connection: SimulatedConnection): ServerSide | Refusal;
  /** A client makes a request. Cold; one response. */
  http(request: HttpRequest): Observable<HttpResponse>;
  /**
   * Whether a GET of this address is a stream: it is accepted like a connection, and what is sent is a part of the answer's
   * body. Absent: none is.
   */
  streams?(url: string): boolean;
  /** The way to it within the process. */
  readonly network: Network;
  readonly faults: FaultControl;
  /** What clients have done to it since it was made. */
  stats(): VenueStats;
  /** Ends every connection (1001) and the market; refuses from then on. Leaves no timer. */
  close(): void;
}
