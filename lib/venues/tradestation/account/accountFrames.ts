import * as t from 'io-ts';
import { list, listOfSpared } from '../../../codec/list.js';
import { frame } from '../../../codec/frame.js';
import { orNone } from '../../../codec/orNone.js';
import { Id, Text } from '../../../codec/scalars.js';
import { orUnread } from '../../../codec/sparing.js';
import { VenueDecimal, decimals, optional, texts, times } from '../scalars.js';

/** What streams and requests tell of accounts. Source and rules are those of frames.ts. */

const OrderLeg = frame(
  'tradestation.OrderLeg',
  { Symbol: Text, BuyOrSell: Text, QuantityOrdered: VenueDecimal, ExecQuantity: VenueDecimal },
  {
    ...decimals(['QuantityRemaining', 'ExecutionPrice', 'StrikePrice']),
    ...texts(['Underlying', 'AssetType', 'OpenOrClose', 'OptionType']),
    ...times(['ExpirationDate']),
  },
);
/** A whole order as it stands. The list of statuses is open: one that no document names was seen. */
export const OrderFrame = frame(
  'tradestation.Order',
  { OrderID: Id, AccountID: Id, Status: Text, Legs: listOfSpared(OrderLeg, 'Legs') },
  {
    ...texts(['StatusDescription', 'OrderType', 'Duration', 'Currency', 'Routing', 'GroupName', 'AdvancedOptions']),
    ...texts(['RejectReason', 'Spread']),
    ...decimals(['LimitPrice', 'StopPrice', 'FilledPrice', 'CommissionFee', 'UnbundledRouteFee']),
    ...times(['OpenedDateTime', 'ClosedDateTime', 'GoodTillDate']),
  },
);
export type OrderFrame = t.TypeOf<typeof OrderFrame>;

export const positionDecimals = [
  ...(['Quantity', 'AveragePrice', 'Last', 'Bid', 'Ask', 'TotalCost', 'MarketValue', 'MarkToMarketPrice'] as const),
  ...(['TodaysProfitLoss', 'UnrealizedProfitLoss', 'UnrealizedProfitLossPercent', 'UnrealizedProfitLossQty'] as const),
  ...(['ConversionRate', 'DayTradeRequirement', 'InitialRequirement', 'MaintenanceMargin'] as const),
] as const;
/**
 * A position, what has changed of one, or that it is gone. Only the id is sure to be there; without what says whose it is
 * and how much, nothing is true of it, so these are not left out where they can't be read.
 */
export const PositionFrame = frame(
  'tradestation.Position',
  { PositionID: Id },
  {
    ...decimals(positionDecimals),
    ...texts(['AssetType']),
    ...times(['Timestamp', 'ExpirationDate']),
    AccountID: orNone(Id),
    LongShort: orNone(t.keyof({ Long: null, Short: null }, 'LongShort')),
    // Where they are told they are not `null`: that is neither unchanged nor known.
    Symbol: Text,
    Quantity: VenueDecimal,
    Deleted: t.boolean,
  },
);
export type PositionFrame = t.TypeOf<typeof PositionFrame>;

/** Errors beside the rows: of accounts that could not be had. */
const PartError = frame('tradestation.PartError', { Error: Text }, texts(['AccountID', 'OrderID', 'Message']));
const errors = { Errors: orUnread(list(PartError, 'Errors')) };

export const OrdersAnswer = frame(
  'tradestation.Orders',
  { Orders: listOfSpared(OrderFrame, 'Orders') },
  {
    ...errors,
    NextToken: orNone(Text),
  },
);

export const balanceDecimals = [
  ...(['CashBalance', 'BuyingPower', 'Equity', 'MarketValue', 'TodaysProfitLoss', 'UnclearedDeposit'] as const),
  'Commission',
] as const;
const Detail = t.readonly(t.record(t.string, t.unknown, 'BalanceDetail'), 'BalanceDetail');
export const BalanceRow = frame(
  'tradestation.Balance',
  { AccountID: Id },
  { ...texts(['AccountType']), ...decimals(balanceDecimals), ...optional(['BalanceDetail'], Detail) },
);
export type BalanceRow = t.TypeOf<typeof BalanceRow>;
export const BalancesAnswer = frame(
  'tradestation.Balances',
  { Balances: listOfSpared(BalanceRow, 'Balances') },
  errors,
);
export type PartErrors = t.TypeOf<typeof BalancesAnswer>['Errors'];
