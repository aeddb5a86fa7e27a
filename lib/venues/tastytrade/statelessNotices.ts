import { shape, type ValueOf } from './shape.js';

/**
 * Notices of what is no part of an account's state, since nothing loads it: chains, transfers, gains, lists, alerts.
 */

/** Structures of xmandeng/tastytrade_sdk, said to match live ones. */
const OpenEntry = shape('tastytrade.OpenEntry', {
  required: { texts: ['symbol'] },
  optional: { texts: ['instrument-type', 'quantity-type'], amounts: ['quantity', 'quantity-numeric'] },
});
const ComputedData = shape('tastytrade.ComputedData', {
  required: {},
  optional: {
    flags: ['open', 'winner-realized', 'winner-realized-and-closed', 'winner-realized-with-fees'],
    amounts: [
      'total-fees',
      'total-commissions',
      'realized-gain',
      'realized-gain-with-fees',
      'total-opening-cost',
      'total-closing-cost',
      'total-cost',
      'roll-count',
    ],
    times: ['opened-at', 'last-occurred-at'],
  },
  lists: { 'open-entries': OpenEntry },
});
const ChainLeg = shape('tastytrade.ChainLeg', {
  required: { texts: ['symbol'] },
  optional: { texts: ['instrument-type', 'action'], amounts: ['fill-quantity', 'order-quantity'] },
});
const ChainNode = shape('tastytrade.ChainNode', {
  required: {},
  optional: {
    ids: ['id'],
    texts: ['node-type', 'description'],
    flags: ['roll'],
    amounts: ['gcd-quantity', 'order-fill-count', 'total-fees', 'total-fill-cost', 'fill-cost-per-quantity'],
    times: ['occurred-at'],
  },
  lists: { legs: ChainLeg, entries: OpenEntry },
});
export const OrderChain = shape('tastytrade.OrderChain', {
  required: { ids: ['id'] },
  optional: { ids: ['account-number'], texts: ['description', 'underlying-symbol'], amounts: ['lite-nodes-sizes'] },
  lists: { 'lite-nodes': ChainNode },
  parts: { 'computed-data': ComputedData },
});
/** The orders that opened, rolled and closed a position, one after the other, and what came of it. */
export type TastytradeOrderChain = ValueOf<typeof OrderChain>;

export const ExternalTransaction = shape('tastytrade.ExternalTransaction', {
  required: { ids: ['id', 'account-number'] },
  optional: {
    ids: ['ext-transfer-id'],
    texts: [
      'bank-account-type',
      'banking-date',
      'direction',
      'disbursement-type',
      'funds-available-date',
      'state',
      'transfer-method',
    ],
    flags: ['is-cancelable', 'is-clearing-accepted'],
    amounts: ['amount'],
    times: ['created-at', 'updated-at'],
  },
});
/** Money on its way in or out. `amount` has no effect field: `direction` tells which way it goes. */
export type TastytradeExternalTransaction = ValueOf<typeof ExternalTransaction>;

/** `year` comes as a number or as a text. */
export const YearGain = shape('tastytrade.UnderlyingYearGainSummary', {
  required: { ids: ['account-number', 'year'], texts: ['symbol'] },
  optional: {
    texts: ['instrument-type'],
    amounts: ['fees', 'commissions', 'yearly-realized-gain', 'realized-lot-gain'],
  },
});
/** The gain of a year in one underlying. */
export type TastytradeYearGain = ValueOf<typeof YearGain>;

const WatchlistEntry = shape('tastytrade.WatchlistEntry', {
  required: { texts: ['symbol'] },
  optional: { texts: ['instrument-type'] },
});
export const PublicWatchlist = shape('tastytrade.PublicWatchlist', {
  required: { texts: ['name'] },
  optional: { ids: ['cms-id'], texts: ['group-name'], amounts: ['order-index'] },
  lists: { 'watchlist-entries': WatchlistEntry },
});
/** One of the venue's own lists of symbols. */
export type TastytradePublicWatchlist = ValueOf<typeof PublicWatchlist>;

export const QuoteAlert = shape('tastytrade.QuoteAlert', {
  required: { ids: ['alert-external-id'], texts: ['symbol'] },
  optional: {
    ids: ['user-external-id'],
    texts: ['dx-symbol', 'instrument-type', 'field', 'operator', 'provider'],
    amounts: ['threshold', 'threshold-numeric'],
    times: ['created-at', 'triggered-at', 'completed-at', 'dismissed-at', 'expired-at', 'expires-at'],
  },
});
/** An alert of the user's on a quote, and whether and when it was triggered. */
export type TastytradeQuoteAlert = ValueOf<typeof QuoteAlert>;
