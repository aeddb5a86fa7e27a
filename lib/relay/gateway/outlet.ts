import { PIECE, piecesOf } from '../wire/parts.js';

/** What an outlet says by. */
export interface OutletConfig {
  readonly subject: string;
  /** The epoch of the gateway. */
  readonly epoch: string;
  readonly now: () => number;
  /** Goes nowhere while there is no bus: who was there misses a number, and who comes asks for all. */
  readonly publish: (subject: string, text: string) => void;
}

/** The end of one stream at which it goes out: numbers its messages, and says how far it has come where it is quiet. */
export class Outlet {
  #number = 0;
  /** Ticks since it said something. */
  #quiet = 0;

  constructor(private readonly config: OutletConfig) {}

  /** Says something, numbered. */
  send(message: object): void {
    const { now } = this.config;
    const text = JSON.stringify({ e: this.config.epoch, n: this.#number + 1, w: now(), ...message });
    if (text.length <= PIECE) this.#publish(text, 1);
    else this.#sendPieces(text);
  }

  /**
   * To be called every half second: a stream that has been quiet for one to two ticks tells its head, and again every second
   * tick, by which a lost tail shows.
   */
  tick(): void {
    const quiet = this.#quiet + 1;
    if (quiet % 2 === 0) this.#publish(JSON.stringify({ ...this.envelope(), t: 'h' }), 0);
    this.#quiet = quiet;
  }

  /** Where the stream stands, for an answer. */
  envelope(): object {
    return { e: this.config.epoch, n: this.#number, w: this.config.now() };
  }

  #sendPieces(text: string): void {
    for (const piece of piecesOf(text)) {
      const { epoch, now } = this.config;
      this.#publish(JSON.stringify({ e: epoch, n: this.#number + 1, w: now(), t: 'p', ...piece }), 1);
    }
  }

  #publish(text: string, messages: number): void {
    this.#number += messages;
    this.#quiet = 0;
    this.config.publish(this.config.subject, text);
  }
}
