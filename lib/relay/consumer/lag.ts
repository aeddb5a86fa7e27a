/**
 * How late messages of one gateway come. Its clock and ours need not agree: the message that came soonest says by how much
 * they differ, and what comes later by more is late. One of the two set anew seems late, and costs a session at most.
 */
export class Lag {
  #apart = Infinity;

  /** @returns How much later than the soonest one a message came, in ms. */
  of(sent: number, received: number): number {
    this.#apart = Math.min(this.#apart, received - sent);
    return received - sent - this.#apart;
  }
}
