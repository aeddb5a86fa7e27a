import type { AccountOrder } from '../accounts/simulatedAccount.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { assetOf } from './asset.js';
import { timeText, type Fields } from './streamSource.js';

const STATUS = {
  open: ['ACK', 'Received'],
  partial: ['FPR', 'Partial Fill (alive)'],
  filled: ['FLL', 'Filled'],
  cancelled: ['OUT', 'UROut'],
} as const;

/** An order as the venue tells it, whole. */
export function orderRow({ units }: SimulatedInstrument, order: AccountOrder, account: string, id: string): Fields {
  const { status, side, filled, lots, tick, symbol } = order;
  const [Status, StatusDescription] = STATUS[status];
  const { type, root, expiration } = assetOf(symbol);
  const isOver = status === 'filled' || status === 'cancelled';
  const price = units.priceText(tick);
  return {
    AccountID: account,
    ...(isOver && { ClosedDateTime: timeText(order.changedAt) }),
    CommissionFee: '0',
    Currency: 'USD',
    Duration: 'DAY',
    FilledPrice: filled === 0 ? '0' : price,
    Legs: [
      {
        AssetType: type,
        BuyOrSell: side === 'buy' ? 'Buy' : 'Sell',
        ExecQuantity: units.sizeText(filled),
        ...(filled > 0 && { ExecutionPrice: price }),
        ...(expiration !== undefined && { ExpirationDate: expiration, Underlying: root }),
        OpenOrClose: 'Open',
        QuantityOrdered: units.sizeText(lots),
        QuantityRemaining: units.sizeText(lots - filled),
        Symbol: symbol,
      },
    ],
    LimitPrice: price,
    OpenedDateTime: timeText(order.placedAt),
    OrderID: id,
    OrderType: 'Limit',
    PriceUsedForBuyingPower: price,
    Routing: 'Intelligent',
    Status,
    StatusDescription,
    UnbundledRouteFee: '0',
  };
}
