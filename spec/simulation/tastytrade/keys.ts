/**
 * The keys of each kind of thing that tastytrade tells, as the captured answers and the models of tastyware/tastytrade have
 * them: what a client of others reads must be there.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const balanceKeys = words(`
  account-number currency snapshot-date time-of-day updated-at
  cash-balance pending-cash pending-cash-effect available-trading-funds cash-available-to-withdraw cash-settle-balance
  margin-settle-balance total-settle-balance closed-loop-available-balance unsettled-cryptocurrency-fiat-amount
  unsettled-cryptocurrency-fiat-effect pending-margin-interest
  long-equity-value short-equity-value long-derivative-value short-derivative-value long-futures-value short-futures-value
  long-futures-derivative-value short-futures-derivative-value long-margineable-value short-margineable-value
  long-cryptocurrency-value short-cryptocurrency-value long-bond-value long-fixed-income-security-value
  long-index-derivative-value short-index-derivative-value
  net-liquidating-value margin-equity apex-starting-day-margin-equity
  equity-buying-power derivative-buying-power day-trading-buying-power used-derivative-buying-power
  effective-cryptocurrency-buying-power sma-equity-option-buying-power buying-power-adjustment
  buying-power-adjustment-effect
  maintenance-requirement maintenance-excess reg-t-margin-requirement futures-margin-requirement
  futures-overnight-margin-requirement futures-intraday-margin-requirement cryptocurrency-margin-requirement
  bond-margin-requirement fixed-income-security-margin-requirement equity-offering-margin-requirement
  maintenance-call-value reg-t-call-value day-trading-call-value day-equity-call-value day-trade-excess
  special-memorandum-account-value special-memorandum-account-apex-adjustment total-pending-liquidity-pool-rebate
  intraday-equities-cash-amount intraday-equities-cash-effect intraday-equities-cash-effective-date
  intraday-futures-cash-amount intraday-futures-cash-effect intraday-futures-cash-effective-date
  previous-day-cryptocurrency-fiat-amount previous-day-cryptocurrency-fiat-effect
`);

/** Those of a real answer that was captured: an account without permissions for much. */
export const capturedBalanceKeys = words(`
  account-number available-trading-funds bond-margin-requirement cash-available-to-withdraw cash-balance
  cash-settle-balance closed-loop-available-balance cryptocurrency-margin-requirement currency day-equity-call-value
  day-trade-excess day-trading-buying-power day-trading-call-value derivative-buying-power equity-buying-power
  equity-offering-margin-requirement fixed-income-security-margin-requirement futures-margin-requirement long-bond-value
  long-cryptocurrency-value long-derivative-value long-equity-value long-fixed-income-security-value
  long-futures-derivative-value long-futures-value long-margineable-value maintenance-call-value maintenance-requirement
  margin-equity margin-settle-balance net-liquidating-value pending-cash pending-cash-effect reg-t-call-value
  short-cryptocurrency-value short-derivative-value short-equity-value short-futures-derivative-value short-futures-value
  short-margineable-value sma-equity-option-buying-power special-memorandum-account-apex-adjustment
  special-memorandum-account-value total-settle-balance unsettled-cryptocurrency-fiat-amount
  unsettled-cryptocurrency-fiat-effect used-derivative-buying-power snapshot-date reg-t-margin-requirement
  futures-overnight-margin-requirement futures-intraday-margin-requirement maintenance-excess pending-margin-interest
  buying-power-adjustment buying-power-adjustment-effect effective-cryptocurrency-buying-power
  total-pending-liquidity-pool-rebate updated-at
`);

export const positionKeys = words(`
  account-number symbol instrument-type underlying-symbol quantity quantity-direction close-price average-open-price
  average-yearly-market-close-price average-daily-market-close-price mark mark-price multiplier cost-effect is-suppressed
  is-frozen restricted-quantity realized-day-gain realized-day-gain-effect realized-day-gain-date realized-today
  realized-today-effect realized-today-date streamer-symbol created-at updated-at
`);

export const statusKeys = words(`
  account-number day-trade-count equities-margin-calculation-type fee-schedule-name futures-margin-rate-multiplier
  has-intraday-equities-margin id is-aggregated-at-clearing is-closed is-closing-only is-cryptocurrency-enabled is-frozen
  is-full-equity-margin-required is-futures-closing-only is-futures-intra-day-enabled is-futures-enabled
  is-in-day-trade-equity-maintenance-call is-in-margin-call is-pattern-day-trader
  is-small-notional-futures-intra-day-enabled is-roll-the-day-forward-enabled are-far-otm-net-options-restricted
  options-level short-calls-enabled small-notional-futures-margin-rate-multiplier is-equity-offering-enabled
  is-equity-offering-closing-only updated-at
`);

export const yearGainKeys = words(`
  year account-number symbol instrument-type fees fees-effect commissions commissions-effect yearly-realized-gain
  yearly-realized-gain-effect realized-lot-gain realized-lot-gain-effect
`);

export const transactionKeys = words(`
  id account-number amount bank-account-type banking-date created-at direction disbursement-type ext-transfer-id
  funds-available-date is-cancelable is-clearing-accepted state transfer-method updated-at
`);

export const orderKeys = words(`
  id account-number cancellable editable edited global-request-id leg-count order-type price price-effect received-at size
  source status time-in-force underlying-instrument-type underlying-symbol updated-at legs
`);

/** The keys of a stop (`order.py`): what triggers it in the place of a price. */
const stopKeys = orderKeys.filter((key) => !key.startsWith('price')).concat('stop-trigger');
/** Those of an order of its type. */
export const orderKeysFor = (order: Readonly<Record<string, unknown>>): readonly string[] =>
  order['order-type'] === 'Stop' ? stopKeys : orderKeys;

/** What an order has besides, by its status: nothing else is in the captured frames of such a status. */
export const orderKeysOf: Readonly<Record<string, readonly string[]>> = {
  Routed: [],
  Live: ['ext-client-order-id'],
  Filled: ['ext-client-order-id', 'terminal-at'],
  Cancelled: ['ext-client-order-id', 'cancelled-at', 'cancelled-size', 'terminal-at'],
  Rejected: ['reject-reason', 'terminal-at'],
};

export const alertKeys = words(`
  alert-external-id user-external-id symbol dx-symbol instrument-type field operator threshold threshold-numeric provider
  created-at triggered-at completed-at expires-at
`);

export const chainKeys = words(`
  id account-number description underlying-symbol computed-data lite-nodes-sizes lite-nodes
`);

export const computedKeys = words(`
  open total-fees total-fees-effect total-commissions total-commissions-effect realized-gain realized-gain-effect
  roll-count opened-at last-occurred-at total-opening-cost total-opening-cost-effect open-entries
`);

export const nodeKeys = words(`
  node-type id description occurred-at gcd-quantity fill-cost-per-quantity fill-cost-per-quantity-effect order-fill-count
  roll legs entries
`);

/** By the type of a notification. */
export const keysOf: Readonly<Record<string, readonly string[]>> = {
  Order: orderKeys,
  ComplexOrder: ['id', 'account-number', 'type', 'orders'],
  AccountBalance: balanceKeys,
  CurrentPosition: positionKeys,
  TradingStatus: statusKeys,
  OrderChain: chainKeys,
  UnderlyingYearGainSummary: yearGainKeys,
  ExternalTransaction: transactionKeys,
  QuoteAlert: alertKeys,
  PublicWatchlists: ['name', 'group-name', 'order-index', 'cms-id', 'watchlist-entries'],
  UserMessage: ['text'],
};
