/** At most `limit` in any window of `window` ms. */
export interface Rate {
  /** How many. */
  readonly limit: number;
  /** In how many ms. */
  readonly window: number;
  /**
   * For how much longer than told the window is kept, in ms: a venue counts what comes to it, and a network may bring closer
   * together what was sent apart. Default: 0.
   */
  readonly margin?: number | undefined;
}

/** The margin of what venues tell that they count: so much less than others a message is held up on the way. */
export const JITTER = 250;

/** What was spent within a sliding window, so that no window of that length, and its margin, ever holds more than the limit. */
export interface Allowance {
  /** How long until there is room for so much, in ms; 0: now. More than the limit takes a window of its own. */
  readonly waitFor: (weight: number, now: number) => number;
  /** So much is spent at this moment. */
  readonly spend: (weight: number, now: number) => void;
}

/** An allowance of which nothing is spent yet. */
export function makeAllowance({ limit, window: told, margin = 0 }: Rate): Allowance {
  const window = told + margin;
  const spent: { at: number; readonly weight: number }[] = [];
  let used = 0;
  return {
    waitFor: (weight, now) => {
      // A clock that was set back must not have us wait until it is there again.
      if ((spent.at(-1)?.at ?? now) > now) for (const entry of spent) entry.at = Math.min(entry.at, now);
      for (let first = spent[0]; first !== undefined && first.at + window <= now; first = spent[0]) {
        used -= first.weight;
        spent.shift();
      }
      let over = used + Math.min(weight, limit) - limit;
      let wait = 0;
      for (const entry of spent) {
        if (over <= 0) break;
        over -= entry.weight;
        wait = entry.at + window - now;
      }
      return wait;
    },
    spend: (weight, now) => {
      const share = Math.min(weight, limit);
      spent.push({ at: now, weight: share });
      used += share;
    },
  };
}

/** Several as one: what is spent is spent of each. */
export const allOf = (...allowances: readonly (Allowance | undefined)[]): Allowance => ({
  waitFor: (weight, now) => Math.max(0, ...allowances.map((one) => one?.waitFor(weight, now) ?? 0)),
  spend: (weight, now) => {
    for (const one of allowances) one?.spend(weight, now);
  },
});
