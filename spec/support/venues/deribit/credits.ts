export interface CreditLimits {
  readonly pool: number;
  /** Of one request. */
  readonly cost: number;
  /** What comes back in a second. */
  readonly refill: number;
}

/** What requests are paid with. */
export class Credits {
  #left: number;

  constructor(
    private readonly limits: CreditLimits,
    private at: number,
  ) {
    this.#left = limits.pool;
  }

  /** Pays for one request. Whether there was enough. */
  spend(now: number): boolean {
    const { pool, cost, refill } = this.limits;
    this.#left = Math.min(pool, this.#left + ((now - this.at) / 1_000) * refill);
    this.at = now;
    if (this.#left < cost) return false;
    this.#left -= cost;
    return true;
  }
}
