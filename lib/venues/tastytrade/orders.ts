import { shape, type ValueOf } from './shape.js';

export const Fill = shape('tastytrade.Fill', {
  required: { ids: ['fill-id'] },
  optional: {
    ids: ['ext-exec-id', 'ext-group-fill-id'],
    texts: ['destination-venue'],
    amounts: ['quantity', 'fill-price'],
    times: ['filled-at'],
  },
  decides: ['quantity', 'fill-price'],
});
/** One execution. `fillId` is unique: orders repeat the fills they had. */
export type TastytradeFill = ValueOf<typeof Fill>;

export const Leg = shape('tastytrade.Leg', {
  required: { texts: ['symbol'] },
  optional: { texts: ['action', 'instrument-type'], amounts: ['quantity', 'remaining-quantity'] },
  lists: { fills: Fill },
  decides: ['action', 'quantity', 'remaining-quantity', 'fills'],
});
/** One instrument of an order, and its fills so far. */
export type TastytradeLeg = ValueOf<typeof Leg>;

/** Captured frames, and `order.py` of tastyware/tastytrade. Fields that a frame of today lacks are absent. */
export const Order = shape('tastytrade.Order', {
  required: { ids: ['id', 'account-number'], texts: ['status'] },
  optional: {
    ids: [
      'replacing-order-id',
      'replaces-order-id',
      'ext-exchange-order-number',
      'ext-global-order-number',
      'user-id',
      'cancel-user-id',
      'complex-order-id',
      'preflight-id',
    ],
    texts: [
      'order-type',
      'time-in-force',
      'gtc-date',
      'underlying-symbol',
      'underlying-instrument-type',
      'contingent-status',
      'confirmation-status',
      'reject-reason',
      'destination-venue',
      'source',
      'global-request-id',
      'ext-client-order-id',
      'external-identifier',
      'username',
      'cancel-username',
      'complex-order-tag',
    ],
    flags: ['cancellable', 'editable', 'edited'],
    amounts: ['size', 'price', 'value', 'stop-trigger', 'leg-count', 'cancelled-size'],
    times: ['received-at', 'updated-at', 'in-flight-at', 'live-at', 'terminal-at', 'cancelled-at'],
  },
  lists: { legs: Leg },
  decides: ['replaces-order-id', 'updated-at', 'legs'],
  matters: ['amounts'],
});
/** An order as it stands. `price` is positive for a credit, negative for a debit. */
export type TastytradeOrder = ValueOf<typeof Order>;

/** `PlacedComplexOrder` of `order.py`. */
export const ComplexOrder = shape('tastytrade.ComplexOrder', {
  required: { ids: ['id', 'account-number'] },
  optional: {
    texts: ['type', 'ratio-price-comparator'],
    flags: ['ratio-price-is-threshold-based-on-notional'],
    amounts: ['ratio-price-threshold'],
    times: ['terminal-at'],
  },
  lists: { orders: Order },
  parts: { 'trigger-order': Order },
  decides: ['terminal-at', 'orders'],
  matters: ['amounts'],
});
/** Orders that belong together (OCO, OTO, OTOCO). They are told one by one, too. */
export type TastytradeComplexOrder = ValueOf<typeof ComplexOrder>;

const FINAL: ReadonlySet<string> = new Set([
  'Filled',
  'Cancelled',
  'Expired',
  'Rejected',
  'Removed',
  'Partially Removed',
]);

/** Whether nothing but late fills can follow. A status nobody knows is taken for an open one. */
export const isFinal = ({ status }: TastytradeOrder): boolean => FINAL.has(status);

/** Whether it is said to be filled, and something of it is not: what told of the last fills was missed. */
export const lacksFills = ({ status, legs }: TastytradeOrder): boolean =>
  status === 'Filled' && legs.some(({ remainingQuantity = 0 }) => remainingQuantity > 0);
