import type { Link } from './plan.js';

/** What the core asked for at once, where that takes several messages or is answered part by part. */
export class WholeRequest {
  #left: number;

  /** @param parts How many answers are to come. */
  constructor(
    private readonly link: Pick<Link, 'accepted'>,
    readonly id: string,
    parts: number,
  ) {
    this.#left = parts;
  }

  /** A part of it was answered for good: it is accepted with the last one. */
  answered(): void {
    this.#left -= 1;
    if (this.#left === 0) this.link.accepted(this.id);
  }
}
