import * as t from 'io-ts';
import { type Shape, shape, type ValueOf } from './shape.js';

/** The key set of a real answer and of `account.py` of tastyware/tastytrade. Which keys come depends on the account. */
export const Balances = shape('tastytrade.Balances', {
  required: { ids: ['account-number'] },
  optional: {
    texts: [
      'currency',
      'snapshot-date',
      'time-of-day',
      'intraday-equities-cash-effective-date',
      'intraday-futures-cash-effective-date',
    ],
    times: ['updated-at'],
    amounts: [
      'cash-balance',
      'pending-cash',
      'available-trading-funds',
      'cash-available-to-withdraw',
      'cash-settle-balance',
      'margin-settle-balance',
      'total-settle-balance',
      'closed-loop-available-balance',
      'unsettled-cryptocurrency-fiat-amount',
      'pending-margin-interest',
      'long-equity-value',
      'short-equity-value',
      'long-derivative-value',
      'short-derivative-value',
      'long-futures-value',
      'short-futures-value',
      'long-futures-derivative-value',
      'short-futures-derivative-value',
      'long-margineable-value',
      'short-margineable-value',
      'long-cryptocurrency-value',
      'short-cryptocurrency-value',
      'long-bond-value',
      'long-fixed-income-security-value',
      'long-index-derivative-value',
      'short-index-derivative-value',
      'net-liquidating-value',
      'margin-equity',
      'apex-starting-day-margin-equity',
      'equity-buying-power',
      'derivative-buying-power',
      'day-trading-buying-power',
      'used-derivative-buying-power',
      'effective-cryptocurrency-buying-power',
      'sma-equity-option-buying-power',
      'buying-power-adjustment',
      'maintenance-requirement',
      'maintenance-excess',
      'reg-t-margin-requirement',
      'futures-margin-requirement',
      'futures-overnight-margin-requirement',
      'futures-intraday-margin-requirement',
      'cryptocurrency-margin-requirement',
      'bond-margin-requirement',
      'fixed-income-security-margin-requirement',
      'equity-offering-margin-requirement',
      'maintenance-call-value',
      'reg-t-call-value',
      'day-trading-call-value',
      'day-equity-call-value',
      'day-trade-excess',
      'special-memorandum-account-value',
      'special-memorandum-account-apex-adjustment',
      'total-pending-liquidity-pool-rebate',
      'intraday-equities-cash-amount',
      'intraday-futures-cash-amount',
      'previous-day-cryptocurrency-fiat-amount',
    ],
  },
  decides: ['currency', 'updated-at'],
  matters: ['amounts'],
});
/** The money of an account in one currency. Credits are positive, debits negative. */
export type TastytradeBalances = ValueOf<typeof Balances>;

const AnyPosition = shape('tastytrade.Position', {
  required: { ids: ['account-number'], texts: ['symbol', 'quantity-direction'], amounts: ['quantity'] },
  optional: {
    ids: ['order-id'],
    texts: [
      'instrument-type',
      'underlying-symbol',
      'cost-effect',
      'realized-day-gain-date',
      'realized-today-date',
      'deliverable-type',
      'streamer-symbol',
      'update-type',
    ],
    flags: ['is-suppressed', 'is-frozen'],
    amounts: [
      'close-price',
      'average-open-price',
      'average-yearly-market-close-price',
      'average-daily-market-close-price',
      'mark',
      'mark-price',
      'multiplier',
      'restricted-quantity',
      'realized-day-gain',
      'realized-today',
      'fixing-price',
    ],
    times: ['expires-at', 'created-at', 'updated-at'],
  },
  decides: ['instrument-type', 'updated-at'],
});
/** A position as the venue tells it: `quantity` is never negative, `quantityDirection` says `Long`, `Short` or `Zero`. */
export type TastytradeRawPosition = ValueOf<typeof AnyPosition>;

const Direction = t.keyof({ Long: null, Short: null, Zero: null }, 'Direction');

/** Under a direction that nobody knows a position has no sign: it can't be read. */
export const Position: Shape<TastytradeRawPosition> = {
  ...AnyPosition,
  readAt: (data, context, report) => {
    const result = AnyPosition.readAt(data, context, report);
    if (result._tag === 'Left' || result.right.quantity === 0) return result;
    const { quantityDirection } = result.right;
    const direction = Direction.validate(
      quantityDirection,
      t.appendContext(context, 'quantity-direction', Direction, quantityDirection),
    );
    return direction._tag === 'Left' ? direction : result;
  },
};

/** Booleans of `account.py` and of a real answer. */
export const TradingStatus = shape('tastytrade.TradingStatus', {
  required: { ids: ['account-number'] },
  optional: {
    ids: ['id', 'clearing-account-number', 'clearing-aggregation-identifier', 'cmta-override'],
    texts: [
      'equities-margin-calculation-type',
      'fee-schedule-name',
      'options-level',
      'autotrade-account-type',
      'pdt-reset-on',
    ],
    amounts: ['day-trade-count', 'futures-margin-rate-multiplier', 'small-notional-futures-margin-rate-multiplier'],
    times: ['enhanced-fraud-safeguards-enabled-at', 'updated-at'],
    flags: [
      'has-intraday-equities-margin',
      'short-calls-enabled',
      'are-far-otm-net-options-restricted',
      'is-aggregated-at-clearing',
      'is-closed',
      'is-closing-only',
      'is-cryptocurrency-enabled',
      'is-cryptocurrency-closing-only',
      'is-frozen',
      'is-full-equity-margin-required',
      'is-futures-enabled',
      'is-futures-closing-only',
      'is-futures-intra-day-enabled',
      'is-small-notional-futures-intra-day-enabled',
      'is-in-day-trade-equity-maintenance-call',
      'is-in-margin-call',
      'is-pattern-day-trader',
      'is-portfolio-margin-enabled',
      'is-risk-reducing-only',
      'is-roll-the-day-forward-enabled',
      'is-equity-offering-enabled',
      'is-equity-offering-closing-only',
    ],
  },
  decides: ['updated-at'],
  matters: ['amounts', 'flags'],
});
/** What an account may do, and the rules that govern it. */
export type TastytradeTradingStatus = ValueOf<typeof TradingStatus>;

/** A position with its sign: `size` is positive for long, negative for short, 0 once it is closed. */
export type TastytradePosition = Omit<TastytradeRawPosition, 'exact'> & {
  /** The symbol, under the name that operators of any venue look for. */
  readonly instrument: string;
  readonly size: number;
  readonly exact: TastytradeRawPosition['exact'] & { readonly size: string };
};

/** The sign stands in `quantity-direction` alone. */
export function positionOf(raw: TastytradeRawPosition): TastytradePosition {
  const { symbol, quantityDirection, exact } = raw;
  const isZero = quantityDirection === 'Zero' || raw.quantity === 0;
  const size = isZero ? '0' : quantityDirection === 'Short' ? `-${exact.quantity}` : exact.quantity;
  return { ...raw, instrument: symbol, size: Number(size), exact: { ...exact, size } };
}
