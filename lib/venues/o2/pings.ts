import type { Seat } from './seat.js';

/** What a `PONG` will say: everything sent before its `PING` has been dealt with. */
export interface Ping {
  /** The subscription sent right before it. */
  readonly about?: Seat | undefined;
  /** What follows from its `PONG`, where nothing was refused ahead of it. */
  readonly answered?: (() => void) | undefined;
}

interface Waiting extends Ping {
  isRefused: boolean;
}

/** The venue's pings of a session, which are answered in the order in which they were sent. */
export class Pings {
  readonly #waiting: Waiting[] = [];

  /** Which subscription an error that comes now is about. */
  get about(): Seat | undefined {
    return this.#waiting[0]?.about;
  }

  /** The text of one more. */
  make(ping: Ping = {}): string {
    this.#waiting.push({ ...ping, isRefused: false });
    return 'PING';
  }

  /**
   * An error came: it may be about the oldest subscription of which nothing was heard, and the `PONG` behind that confirms
   * nothing. What is ahead of it in the list may be a `PING` whose `PONG` was lost.
   */
  refuse(): void {
    const next = this.#waiting.find(({ about }) => about?.isHeard === false);
    if (next !== undefined) next.isRefused = true;
  }

  /** A `PONG` came. @returns The subscription sent right before its `PING`. */
  answered(): Seat | undefined {
    const answered = this.#waiting.shift();
    if (answered?.isRefused === false) answered.answered?.();
    return answered?.about;
  }

  /** Whether one is waited for that was sent behind a subscription like that. */
  isWaitingFor(has: (seat: Seat) => boolean): boolean {
    return this.#waiting.some(({ about }) => about !== undefined && has(about));
  }
}
