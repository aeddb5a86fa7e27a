interface FaultBase {
  /** The name of the exchange that tells it. */
  readonly venue: string;
  /** When, in ms. */
  readonly at: number;
  /** One line for people; holds no secret. */
  readonly message: string;
}

/** A frame was refused: it was not JSON, or not of the shape the venue documents. It ended nothing. */
export interface DecodeFault extends FaultBase {
  readonly type: 'decode';
  /** Absent where the frame could not be told to belong to a channel. */
  readonly channel?: string | undefined;
  /** Where in the frame, as codec names: `binance.depthUpdate/b: Levels/0/1`. */
  readonly path: string;
  /** The beginning of the text, at most 200 characters. */
  readonly raw: string;
}
/**
 * A book noticed that something is missing or wrong, and went stale; or something is missing of trades and their like, which have
 * no state that says so. Of a book that each message of its stream mends, and that breaks again and again before it has held for
 * 5 s, the first, the second, the fourth break and so on are told, each with its mending; `BookTally` counts all.
 */
export interface GapFault extends FaultBase {
  readonly type: 'gap';
  /** The key of the channel, as `plan()` has it. */
  readonly channel: string;
  /** `gap`: something is missing; `checksum`: the book is not what the venue says; `crossed`: its best bid is not below its best ask. */
  readonly reason: 'gap' | 'checksum' | 'crossed';
  /** What should have come next, in whatever the rule goes by: a sequence, a checksum. */
  readonly expected?: number | string | undefined;
  /** What came. */
  readonly received?: number | string | undefined;
}
/** A book that was stale is live again by a fresh snapshot. */
export interface ResnapshotFault extends FaultBase {
  readonly type: 'resnapshot';
  /** The key of the channel, as `plan()` has it. */
  readonly channel: string;
  /** How long it was not live, in ms. */
  readonly after: number;
}
/** A snapshot could not be had, or did not fit; it is asked for again. */
export interface SnapshotFault extends FaultBase {
  readonly type: 'snapshot';
  /** The key of the channel, as `plan()` has it. */
  readonly channel: string;
  /** How often in a row it was tried, from 1. */
  readonly attempt: number;
}
/** The venue refused a subscription; that channel ended with a `SubscriptionRefusedError`. */
export interface RefusedFault extends FaultBase {
  readonly type: 'refused';
  /** The key of the channel, as `plan()` has it. */
  readonly channel: string;
}
/** Neither confirmation nor data within the bound; it is asked for again. */
export interface UnconfirmedFault extends FaultBase {
  readonly type: 'unconfirmed';
  /** The key of the channel, as `plan()` has it. */
  readonly channel: string;
  /** How often in a row it was tried, from 1. */
  readonly attempt: number;
}
/** Something was given up to keep a bound: a message sent while down, a frame over the limit, a full buffer. */
export interface DroppedFault extends FaultBase {
  readonly type: 'dropped';
  /** The key of the channel, where it was of one. */
  readonly channel?: string | undefined;
  /** How many were given up. */
  readonly count: number;
}
/** The audit compared a live book with a fresh snapshot and found that they differ. */
export interface DriftFault extends FaultBase {
  readonly type: 'drift';
  /** The key of the channel, as `plan()` has it. */
  readonly channel: string;
  /** How many levels differ. */
  readonly levels: number;
}
/** Credentials could not be had or renewed; it is tried again. Says nothing of what they are. */
export interface CredentialsFault extends FaultBase {
  readonly type: 'credentials';
  /** How often in a row it was tried, from 1. */
  readonly attempt: number;
}
/** The venue's limits have requests wait. Told once, until none waits any more. */
export interface WaitingFault extends FaultBase {
  readonly type: 'waiting';
  /** How many wait. */
  readonly count: number;
  /** How long the last of them waits at the least, in ms. */
  readonly ms: number;
}
/**
 * What comes on a wire comes later than `maxLag` allows: this process does not keep up, or it is sent late. Its books are
 * stale until it has caught up. Told once, until then.
 */
export interface LagFault extends FaultBase {
  readonly type: 'lag';
  /** Which wire. */
  readonly wire: string;
  /** How much later than the soonest, in ms. */
  readonly ms: number;
}
/** A frame that the venue marks as an error but that concerns no channel of ours. */
export interface VenueFault extends FaultBase {
  readonly type: 'venue';
}

/** Something that was mended or refused beside the streams. */
export type Fault =
  | DecodeFault
  | GapFault
  | ResnapshotFault
  | SnapshotFault
  | RefusedFault
  | UnconfirmedFault
  | DroppedFault
  | DriftFault
  | CredentialsFault
  | WaitingFault
  | LagFault
  | VenueFault;

/** A fault as whoever notices it tells it; whose it is and when is added on the way out. */
export type FaultNotice = Fault extends infer F ? (F extends Fault ? Omit<F, 'venue' | 'at'> : never) : never;

/** Whom a fault is told. */
export type Report = (fault: FaultNotice) => void;
