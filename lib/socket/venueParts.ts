import type { Observable } from 'rxjs';
import type { Budget } from '../network/budget.js';
import type { Network } from '../network/network.js';
import type { SteadyScheduler } from '../time/steadyScheduler.js';
import type { BackoffPolicy } from './backoff.js';
import type { ConnectionLog } from './connectionLog.js';
import type { MultiplexedSocket } from './multiplexedSocket.js';
import type { Reports } from './reports.js';
import type { SharedRates } from './session/outbox.js';

/** How patient a venue's wires are, in ms. */
export interface Timing {
  readonly backoff: BackoffPolicy;
  /** How long a wire outlives its last channel. */
  readonly wireLinger: number;
  /** A subscription that was neither confirmed nor answered with data for so long is requested again. */
  readonly confirmWithin: number;
  /** How much later than the soonest on a wire messages may come. */
  readonly maxLag: number;
  /** How long opening a wire and its handshake may take. */
  readonly handshakeWithin: number;
}

/** What the hub, the lines and the sessions of one venue share. */
export interface VenueParts {
  readonly venue: string;
  readonly network: Network;
  readonly scheduler: SteadyScheduler;
  /** In [0, 1). */
  readonly random: () => number;
  readonly timing: Timing;
  readonly socket: MultiplexedSocket;
  readonly log: ConnectionLog;
  readonly reports: Reports;
  /** New connections over all lines. */
  readonly connections: Budget | undefined;
  /** What is sent over all lines. */
  readonly shared: SharedRates;
  /** Cuts waits for the next attempt short, and has open wires probed. */
  readonly wake: Observable<unknown>;
}
