import type { BinanceLimits } from './limits.js';

const MINUTE = 60_000;
const FIRST_BAN = 2 * MINUTE;

/** What the venue makes of one more request. */
export interface Verdict {
  readonly status: 200 | 429 | 418;
  /** Weight used in this minute. */
  readonly used: number;
  /** When to come back, in ms of the venue's time. */
  readonly until: number;
}

/** Request weight by the minute of the clock, and the ban for who does not stop. */
export class WeightBudget {
  private minute = 0;
  private used = 0;
  private refusals = 0;
  private bannedUntil = 0;
  private ban = FIRST_BAN;

  constructor(private readonly limits: Pick<BinanceLimits, 'weightPerMinute' | 'refusalsBeforeBan'>) {}

  spend(weight: number, now: number): Verdict {
    const minute = Math.floor(now / MINUTE);
    if (minute !== this.minute) {
      this.minute = minute;
      this.used = 0;
      this.refusals = 0;
    }
    if (now < this.bannedUntil) return { status: 418, used: this.used, until: this.bannedUntil };
    this.used += weight;
    if (this.used <= this.limits.weightPerMinute) return { status: 200, used: this.used, until: now };
    this.refusals += 1;
    if (this.refusals <= this.limits.refusalsBeforeBan) {
      return { status: 429, used: this.used, until: (minute + 1) * MINUTE };
    }
    this.bannedUntil = now + this.ban;
    this.ban *= 2;
    return { status: 418, used: this.used, until: this.bannedUntil };
  }
}
