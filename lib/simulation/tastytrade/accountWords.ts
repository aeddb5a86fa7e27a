import { dateText, moneyText, timeText, withEffect } from './money.js';
import { filledOf, isOver, type SimulatedOrder } from './order.js';
import type { SimulatedPosition } from './position.js';
import type { Words } from './words.js';

/** What an account begins with. */
export const FIRST_CASH = 10_000_000n;

export function orderWords(account: string, order: SimulatedOrder): Words {
  const filled = filledOf(order);
  const isLive = order.status === 'Live';
  return {
    id: order.id,
    'account-number': account,
    cancellable: isLive,
    editable: isLive,
    edited: order.edited,
    'leg-count': 1,
    'order-type': 'Limit',
    price: moneyText(order.price),
    'price-effect': order.side === 'Buy' ? 'Debit' : 'Credit',
    'received-at': timeText(order.receivedAt),
    ...(order.rejected && { 'reject-reason': 'Insufficient buying power' }),
    ...(order.replaces !== undefined && { 'replaces-order-id': order.replaces }),
    ...(order.replacedBy !== undefined && { 'replacing-order-id': order.replacedBy }),
    ...(order.complex !== undefined && { 'complex-order-id': order.complex, 'complex-order-tag': 'OCO::limit' }),
    size: order.size,
    source: 'simulated',
    status: order.status,
    ...(isOver(order) && { 'terminal-at': timeText(order.updatedAt) }),
    ...(order.status === 'Cancelled' && { 'cancelled-size': `${order.size - filled}.0` }),
    'time-in-force': 'Day',
    'underlying-instrument-type': 'Equity',
    'underlying-symbol': order.symbol,
    'updated-at': order.updatedAt,
    legs: [
      {
        action: order.side === 'Buy' ? 'Buy to Open' : 'Sell to Close',
        'instrument-type': 'Equity',
        quantity: order.size,
        'remaining-quantity': order.size - filled,
        symbol: order.symbol,
        fills: order.fills.map(({ id, quantity, price, at }) => ({
          'destination-venue': 'SIMULATED',
          'fill-id': id,
          'fill-price': moneyText(price),
          'filled-at': timeText(at),
          quantity,
        })),
      },
    ],
  };
}

export function positionWords(account: string, { symbol, size, price, openedAt, updatedAt }: SimulatedPosition): Words {
  const day = dateText(updatedAt);
  return {
    'account-number': account,
    symbol,
    'instrument-type': 'Equity',
    'underlying-symbol': symbol,
    quantity: Math.abs(size),
    'quantity-direction': size === 0 ? 'Zero' : size > 0 ? 'Long' : 'Short',
    'average-open-price': moneyText(size === 0 ? 0n : price),
    'close-price': moneyText(price),
    'cost-effect': size === 0 ? 'None' : size > 0 ? 'Credit' : 'Debit',
    'is-frozen': false,
    'is-suppressed': false,
    multiplier: '1.0',
    'realized-day-gain-date': day,
    ...withEffect('realized-day-gain', 0n),
    'restricted-quantity': 0,
    'created-at': timeText(openedAt),
    'updated-at': timeText(updatedAt),
  };
}

export function balanceWords(account: string, cash: bigint, updatedAt: number): Words {
  const text = moneyText(cash);
  return {
    'account-number': account,
    currency: 'USD',
    'cash-balance': text,
    'margin-equity': text,
    'equity-buying-power': moneyText(cash * 2n),
    'derivative-buying-power': text,
    'net-liquidating-value': text,
    ...withEffect('pending-cash', cash - FIRST_CASH),
    'unsettled-cryptocurrency-fiat-amount': '0.0',
    'unsettled-cryptocurrency-fiat-effect': 'None',
    'snapshot-date': dateText(updatedAt),
    'updated-at': timeText(updatedAt),
  };
}

export function statusWords(account: string, dayTrades: number, updatedAt: number): Words {
  return {
    'account-number': account,
    'day-trade-count': dayTrades,
    'equities-margin-calculation-type': 'Reg T',
    'fee-schedule-name': 'default',
    'futures-margin-rate-multiplier': '0.0',
    id: 15,
    'is-closed': false,
    'is-closing-only': false,
    'is-futures-enabled': true,
    'is-pattern-day-trader': dayTrades > 3,
    'options-level': 'No Restrictions',
    'short-calls-enabled': true,
    'updated-at': timeText(updatedAt),
  };
}

/** `at`: when the last of it changed. */
export function complexWords(account: string, id: number, orders: readonly SimulatedOrder[], at: number): Words {
  const isEnded = orders.every(isOver);
  return {
    id,
    'account-number': account,
    type: 'OCO',
    ...(isEnded && { 'terminal-at': timeText(at) }),
    orders: orders.map((order) => orderWords(account, order)),
  };
}
