/**
 * Keys of what the venue tells of an account beside what follows from its trades: those of real answers and of
 * tastyware/tastytrade's `account.py`. In the simulation they have no part in anything, and stand at nothing.
 */

/** Of balances, without an effect. */
export const idleBalances: readonly string[] = [
  ...['short-equity-value', 'long-derivative-value', 'short-derivative-value', 'long-futures-value'],
  ...['short-futures-value', 'long-futures-derivative-value', 'short-futures-derivative-value'],
  ...['long-margineable-value', 'short-margineable-value', 'long-cryptocurrency-value', 'short-cryptocurrency-value'],
  ...['long-bond-value', 'long-fixed-income-security-value', 'long-index-derivative-value'],
  ...['short-index-derivative-value', 'closed-loop-available-balance', 'pending-margin-interest'],
  ...['day-trading-buying-power', 'used-derivative-buying-power', 'effective-cryptocurrency-buying-power'],
  ...['maintenance-requirement', 'reg-t-margin-requirement', 'futures-margin-requirement'],
  ...['futures-overnight-margin-requirement', 'futures-intraday-margin-requirement'],
  ...['cryptocurrency-margin-requirement', 'bond-margin-requirement', 'fixed-income-security-margin-requirement'],
  ...['equity-offering-margin-requirement', 'maintenance-call-value', 'reg-t-call-value', 'day-trading-call-value'],
  ...['day-equity-call-value', 'day-trade-excess', 'special-memorandum-account-value'],
  ...['special-memorandum-account-apex-adjustment', 'total-pending-liquidity-pool-rebate'],
];

/** Of balances, what has an amount, and an effect in the place of that word. */
const AMOUNTS: readonly string[] = [
  ...['intraday-equities-cash', 'intraday-futures-cash', 'previous-day-cryptocurrency-fiat'],
  'unsettled-cryptocurrency-fiat',
];
export const idleAmounts: Readonly<Record<string, string>> = Object.fromEntries(
  AMOUNTS.flatMap((key) => Object.entries({ [`${key}-amount`]: '0.0', [`${key}-effect`]: 'None' })),
);

/** What a trading status denies. */
export const deniedRights: readonly string[] = [
  ...['has-intraday-equities-margin', 'is-aggregated-at-clearing', 'is-closed', 'is-closing-only'],
  ...['is-cryptocurrency-closing-only', 'is-frozen', 'is-full-equity-margin-required', 'is-futures-closing-only'],
  ...['is-futures-intra-day-enabled', 'is-small-notional-futures-intra-day-enabled'],
  ...['is-in-day-trade-equity-maintenance-call', 'is-in-margin-call', 'is-portfolio-margin-enabled'],
  ...['is-risk-reducing-only', 'is-equity-offering-enabled', 'is-equity-offering-closing-only'],
];

/** What it grants. */
export const grantedRights: readonly string[] = [
  ...['short-calls-enabled', 'are-far-otm-net-options-restricted', 'is-cryptocurrency-enabled'],
  ...['is-futures-enabled', 'is-roll-the-day-forward-enabled'],
];
