/** At most `limit` in any window of `window` ms. */
export interface AllowanceLimits {
  readonly limit: number;
  readonly window: number;
}

/** What was spent within a sliding window, so that no window of that length ever holds more than the limit. */
export class Allowance {
  private readonly spent: { at: number; readonly weight: number }[] = [];
  private used = 0;

  constructor(private readonly limits: AllowanceLimits) {}

  /** How long until there is room for so much, in ms; 0: now. More than the limit takes a window of its own. */
  waitFor(weight: number, now: number): number {
    this.expire(now);
    const { limit, window } = this.limits;
    let over = this.used + Math.min(weight, limit) - limit;
    let wait = 0;
    for (const entry of this.spent) {
      if (over <= 0) break;
      over -= entry.weight;
      wait = entry.at + window - now;
    }
    return wait;
  }

  spend(weight: number, now: number): void {
    const spent = Math.min(weight, this.limits.limit);
    this.spent.push({ at: now, weight: spent });
    this.used += spent;
  }

  private expire(now: number): void {
    // A clock that was set back must not have us wait until it is there again.
    if ((this.spent.at(-1)?.at ?? now) > now) for (const entry of this.spent) entry.at = Math.min(entry.at, now);
    for (
      let first = this.spent[0];
      first !== undefined && first.at + this.limits.window <= now;
      first = this.spent[0]
    ) {
      this.used -= first.weight;
      this.spent.shift();
    }
  }
}
