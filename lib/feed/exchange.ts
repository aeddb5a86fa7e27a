import type { Observable, Subject, SchedulerLike } from 'rxjs';
import type { ConnectionState, WireLoad } from '../model/connection.js';
import type { Fault } from '../model/fault.js';
import type { Network } from '../network/network.js';
import type { BackoffPolicy } from '../socket/backoff.js';
import type { SocketMessage } from '../socket/multiplexedSocket.js';

/** What every venue offers beside its own channels. */
export interface Exchange {
  /** Its name as it stands in faults and errors: `binance-spot`. */
  readonly venue: string;
  /**
   * Every frame of every wire; `next` sends. Outlives sessions. Subscribing keeps a wire open, but where each channel has
   * a wire of its own (T+, TradeStation): there it hears those that channels keep open. What is sent while no wire is ready
   * is dropped and told in `faults$`.
   */
  readonly socket: Subject<SocketMessage>;
  /** Each transition of each wire, once and in order. Starts with the current state of each wire there is. */
  readonly connection$: Observable<ConnectionState>;
  /** What was mended or refused. Hot; remembers nothing. */
  readonly faults$: Observable<Fault>;
  /** The plan as it stands: which channel rides on which wire. */
  plan(): readonly WireLoad[];
  /** Cuts a wait for the next attempt short, and probes wires that look open. */
  wake(): void;
  /** Closes every wire (1000 unless told otherwise) and completes every stream. Nothing reconnects. */
  close(code?: number, reason?: string): void;
}

/** What the outside world is made of, and how patient we are. Every field has an honest default. */
export interface ExchangeOptions {
  /** Default: the live network of the platform. */
  readonly network?: Network;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** In [0, 1). Default: `Math.random`. */
  readonly random?: () => number;
  /** How long to wait before the next attempt at a lost wire. What is left out is the venue's own. */
  readonly backoff?: Partial<BackoffPolicy>;
  /** How long a channel outlives its last observer, in ms. Default: 1,000; 0 ends it at once. */
  readonly linger?: number;
  /** How long a wire outlives its last channel, in ms. Default: 1,000; 0 closes it at once. */
  readonly wireLinger?: number;
  /** How long a subscription may go without confirmation or data before it is requested again, in ms. Default: 10,000. */
  readonly confirmWithin?: number;
  /** How long opening a wire and its handshake may take, in ms. Default: 10,000. */
  readonly handshakeWithin?: number;
  /**
   * How much later than the soonest on its wire a message may come, in ms, by the venue's times and ours. While one comes
   * later the books of the wire are stale as `lagging`, as where this process does not keep up; a fault `lag` tells. After a
   * minute of that the wire is opened anew. Default: 5,000, beyond what networks, pauses of a healthy process and most busy
   * hours of venues take; `Infinity`: never, as for a recording, which is as late as it was.
   */
  readonly maxLag?: number;
}
