import type { Envelope } from '../wire/messages.js';
import type { Station, StationLoss } from './station.js';

/** What is made of what the stations of one stream tell: what of it the channel hears. */
export interface Program {
  /** Whether the venue's numbers don't let several be heard at once. */
  readonly isSingle: boolean;
  /** @param others Those beside it that are live, here and below. */
  joined(station: Station, answer: Envelope, others: readonly Station[]): void;
  heard(station: Station, message: Envelope, others: readonly Station[]): void;
  /** It ended, and is none of the stations any more. */
  lost(station: Station, loss: StationLoss, others: readonly Station[]): void;
  /** Every so often, with those that are live. */
  tick(live: readonly Station[]): void;
}

/** The channel of a stream, as its program uses it. */
export interface ProgramChannel {
  /** Hands over a message to be decoded. */
  readonly deliver: (message: object) => void;
  readonly confirm: () => void;
  /** Something is missing: it is subscribed anew. */
  readonly interrupted: () => void;
}
