/** Why a wire was lost. */
export type LossReason =
  /** The other side closed it, cleanly or not; see `code`. */
  | 'closed'
  /** It could not be opened, or broke. */
  | 'failed'
  /** Nothing arrived within the venue's bound. */
  | 'silent'
  /** What came on it was too old for a minute on end: what waits there is given up. */
  | 'lagging'
  /** It opened, but the handshake was refused or not finished in time. */
  | 'handshake'
  /** The venue's credentials ran out or could not be had. */
  | 'auth'
  /** The venue announced its end (maintenance, shutdown). */
  | 'shutdown';

/**
 * Where a wire stands: `connecting → ready → lost → waiting → connecting → …`; an attempt that fails goes from `connecting` to
 * `lost`. From anywhere to `idle` when nobody needs the wire any more, and on to `connecting` when somebody does again.
 */
export type ConnectionStatus =
  /** Nobody needs the wire. */
  | { readonly status: 'idle' }
  /** Endpoint and credentials are asked for, the wire is opened, the handshake runs. `attempt` counts from 1. */
  | { readonly status: 'connecting'; readonly attempt: number }
  /** Open and past its handshake: subscriptions are sent. */
  | { readonly status: 'ready' }
  | { readonly status: 'lost'; readonly reason: LossReason; readonly code?: number | undefined; readonly text: string }
  /** The next attempt begins in `ms`, unless the network wakes up before. */
  | { readonly status: 'waiting'; readonly ms: number; readonly attempt: number }
  /** By the caller's own `close()`, or after a fatal error. Nothing follows. */
  | { readonly status: 'closed' };

/** One step in the life of one wire. */
export type ConnectionState = ConnectionStatus & {
  /** Which wire: the venue's group and a number, `spot#1` for instance. */
  readonly wire: string;
  /** When, in ms. */
  readonly at: number;
};

/** What one wire carries at the moment. */
export interface WireLoad {
  /** Which wire, `spot#1` for instance. */
  readonly wire: string;
  /** Where it stands. */
  readonly status: ConnectionStatus['status'];
  /** The keys of the channels it carries, subscribed or about to be. */
  readonly channels: readonly string[];
}
