import { crc32 } from '../crc32.js';
import { deniedRights, grantedRights, idleBalances, idleAmounts } from './keys.js';
import { dateText, moneyOf, moneyText, timeText, withDebt, withEffect } from './money.js';
import { actionOf, filledOf, isOver, type SimulatedOrder } from './order.js';
import type { SimulatedPosition } from './position.js';
import type { Words } from './words.js';

/** What an account begins with. */
export const FIRST_CASH = moneyOf('10000.0');
/** What every trade costs in the summary of a year. */
const FEES = moneyOf('0.02');

export function orderWords(account: string, order: SimulatedOrder): Words {
  const filled = filledOf(order);
  const isLive = order.status === 'Live';
  const isCancelled = order.status === 'Cancelled';
  return {
    id: order.id,
    'account-number': account,
    cancellable: isLive,
    editable: isLive,
    edited: order.edited,
    ...(wasLive(order) && { 'ext-client-order-id': `SIM${idOf(order, 2).slice(0, 15)}` }),
    'global-request-id': idOf(order, 4),
    'leg-count': 1,
    'order-type': order.type,
    ...priceWords(order),
    'received-at': timeText(order.receivedAt),
    ...(order.rejected && { 'reject-reason': 'Insufficient buying power' }),
    ...(order.replaces !== undefined && { 'replaces-order-id': order.replaces }),
    ...(order.replacedBy !== undefined && { 'replacing-order-id': order.replacedBy }),
    ...(order.complex !== undefined && {
      'complex-order-id': order.complex,
      'complex-order-tag': `OCO::${order.type.toLowerCase()}`,
    }),
    size: order.size,
    source: 'simulated',
    status: order.status,
    ...(isOver(order) && { 'terminal-at': timeText(order.updatedAt) }),
    ...(isCancelled && { 'cancelled-at': timeText(order.updatedAt), 'cancelled-size': `${order.size - filled}.0` }),
    'time-in-force': 'Day',
    'underlying-instrument-type': 'Equity',
    'underlying-symbol': order.symbol,
    'updated-at': order.updatedAt,
    legs: [
      {
        action: actionOf(order),
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

const priceWords = ({ type, side, price }: SimulatedOrder): Words =>
  type === 'Stop'
    ? { 'stop-trigger': moneyText(price) }
    : { price: moneyText(price), 'price-effect': side === 'Buy' ? 'Debit' : 'Credit' };

/** What is told from Live on. */
const wasLive = ({ status, rejected }: SimulatedOrder): boolean => status !== 'Routed' && !rejected;

/** So many times eight hex digits that belong to one order. */
const idOf = ({ id }: SimulatedOrder, parts: number): string =>
  Array.from({ length: parts }, (_, part) => crc32(`${id}-${part}`).toString(16).padStart(8, '0')).join('');

export function positionWords(account: string, position: SimulatedPosition): Words {
  const { symbol, size, average, price, gains, openedAt, updatedAt } = position;
  const day = dateText(updatedAt);
  return {
    'account-number': account,
    symbol,
    'instrument-type': 'Equity',
    'underlying-symbol': symbol,
    quantity: Math.abs(size),
    'quantity-direction': size === 0 ? 'Zero' : size > 0 ? 'Long' : 'Short',
    'average-open-price': moneyText(average),
    'average-yearly-market-close-price': moneyText(price),
    'average-daily-market-close-price': moneyText(price),
    'close-price': moneyText(price),
    mark: moneyText(price * BigInt(Math.abs(size))),
    'mark-price': moneyText(price),
    'streamer-symbol': symbol,
    'cost-effect': size === 0 ? 'None' : size > 0 ? 'Credit' : 'Debit',
    'is-frozen': false,
    'is-suppressed': false,
    multiplier: '1.0',
    'realized-day-gain-date': day,
    ...withEffect('realized-day-gain', gains.day),
    ...withEffect('realized-today', gains.day),
    'realized-today-date': day,
    'restricted-quantity': 0,
    'created-at': timeText(openedAt),
    'updated-at': timeText(updatedAt),
  };
}

export function balanceWords(account: string, cash: bigint, held: bigint, updatedAt: number): Words {
  const free = moneyText(cash > 0n ? cash : 0n);
  const signed = (keys: readonly string[], money: bigint): Words =>
    Object.fromEntries(keys.flatMap((key) => Object.entries(withDebt(key, money))));
  const each = (keys: readonly string[], value: unknown): Words => Object.fromEntries(keys.map((key) => [key, value]));
  const ofCash = ['cash-balance', 'cash-settle-balance', 'margin-settle-balance', 'total-settle-balance'];
  return {
    'account-number': account,
    currency: 'USD',
    ...signed(ofCash, cash),
    ...each(['available-trading-funds', 'cash-available-to-withdraw', 'derivative-buying-power'], free),
    ...each(['sma-equity-option-buying-power', 'apex-starting-day-margin-equity'], moneyText(FIRST_CASH)),
    'long-equity-value': moneyText(held > 0n ? held : 0n),
    ...each(idleBalances, '0.0'),
    'short-equity-value': moneyText(held < 0n ? -held : 0n),
    ...signed(['margin-equity', 'net-liquidating-value', 'maintenance-excess'], cash + held),
    'equity-buying-power': moneyText(cash > 0n ? cash * 2n : 0n),
    ...withEffect('pending-cash', cash - FIRST_CASH),
    ...withEffect('buying-power-adjustment', 0n),
    ...idleAmounts,
    'intraday-equities-cash-effective-date': dateText(updatedAt),
    'intraday-futures-cash-effective-date': dateText(updatedAt),
    'snapshot-date': dateText(updatedAt),
    'time-of-day': 'EOD',
    'updated-at': timeText(updatedAt),
  };
}

export function statusWords(account: string, dayTrades: number, updatedAt: number): Words {
  const each = (keys: readonly string[], value: boolean): Words => Object.fromEntries(keys.map((key) => [key, value]));
  return {
    'account-number': account,
    'autotrade-account-type': 'None',
    'clearing-account-number': account,
    'clearing-aggregation-identifier': account,
    'day-trade-count': dayTrades,
    'equities-margin-calculation-type': 'Reg T',
    'fee-schedule-name': 'default',
    'futures-margin-rate-multiplier': '0.0',
    'small-notional-futures-margin-rate-multiplier': '0.0',
    'cmta-override': 0,
    id: 15,
    ...each(deniedRights, false),
    ...each(grantedRights, true),
    'is-pattern-day-trader': dayTrades > 3,
    'options-level': 'No Restrictions',
    'updated-at': timeText(updatedAt),
  };
}

export const transactionWords = (account: string, id: number, amount: bigint, now: number): Words => ({
  id,
  'account-number': account,
  amount: moneyText(amount),
  'bank-account-type': 'Checking',
  'banking-date': dateText(now),
  direction: 'Deposit',
  'disbursement-type': 'ACH',
  'ext-transfer-id': `ext-${String(id)}`,
  'funds-available-date': dateText(now + 86_400_000),
  'is-cancelable': true,
  'is-clearing-accepted': false,
  state: 'Pending',
  'transfer-method': 'ach',
  'created-at': timeText(now),
  'updated-at': timeText(now),
});

export const yearGainWords = (account: string, { symbol, gains, updatedAt }: SimulatedPosition): Words => ({
  year: dateText(updatedAt).slice(0, 4),
  'account-number': account,
  symbol,
  'instrument-type': 'Equity',
  ...withEffect('fees', -FEES),
  ...withEffect('commissions', 0n),
  ...withEffect('yearly-realized-gain', gains.year),
  ...withEffect('realized-lot-gain', gains.year),
});

/** An item of `GET /customers/me/accounts`. */
export const customerAccountWords = (account: string, openedAt: number): Words => ({
  account: {
    'account-number': account,
    nickname: account,
    'account-type-name': 'Individual',
    'margin-or-cash': 'Margin',
    'is-closed': false,
    'is-firm-error': false,
    'is-firm-proprietary': false,
    'is-foreign': false,
    'is-futures-approved': true,
    'is-test-drive': false,
    'day-trader-status': false,
    'opened-at': timeText(openedAt),
    'created-at': timeText(openedAt),
  },
  'authority-level': 'owner',
});

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
