import type { AccountState } from '../../model/accountEvent.js';
import { type TastytradeAccount, type TastytradeOrder, fillsOf, isFinal } from '../../venues/tastytrade/index.js';
import type { TableView } from '../view/tableView.js';
import { statusOf } from './accountTable.js';

const COLUMNS = [
  { name: 'what' },
  { name: 'symbol' },
  { name: 'size', right: true },
  { name: 'price', right: true },
  { name: 'state' },
];
/** Orders that are over, newest first. */
const OVER = 10;

/** An account as a table: money, positions, open orders, and the last ones that ended. */
export function tastytradeTable(state: AccountState<TastytradeAccount>): TableView {
  const status = statusOf(state);
  if (state.status === 'syncing') {
    return { status, summary: `account ${status}`, columns: COLUMNS, rows: [], json: { status } };
  }
  const { balances, orders, positions, tradingStatus } = state.value;
  const held = [...positions.values()].filter(({ size }) => size !== 0);
  const known = [...orders.values()].map(({ order }) => order);
  const open = known.filter((order) => !isFinal(order));
  const over = known.filter(isFinal).reverse().slice(0, OVER);
  const rows = [
    ...[...balances.values()].map(({ currency = '', exact }) => ['cash', currency, '', exact.cashBalance ?? '', '']),
    ...held.map(({ instrument, exact, quantityDirection }) => [
      ...['position', instrument, exact.size, exact.averageOpenPrice ?? '', quantityDirection],
    ]),
    ...[...open, ...over].map((order) => [
      ...[`order ${order.id}`, order.underlyingSymbol ?? '', sizeText(order), order.exact.price ?? '', order.status],
    ]),
  ];
  const cash = [...balances.values()].map(({ currency = '', exact }) =>
    `${exact.cashBalance ?? '–'} ${currency}`.trim(),
  );
  return {
    status,
    columns: COLUMNS,
    rows,
    summary: `account ${status}: cash ${cash.join(', ')}; ${held.length} positions; ${open.length} open orders`,
    json: {
      status,
      cash: Object.fromEntries([...balances].map(([currency, { exact }]) => [currency, exact.cashBalance])),
      positions: Object.fromEntries(held.map(({ instrument, exact }) => [instrument, exact.size])),
      orders: open.map((order) => ({ id: order.id, status: order.status, filled: filledOf(order), ...order.exact })),
      dayTradeCount: tradingStatus?.dayTradeCount,
    },
  };
}

const filledOf = (order: TastytradeOrder): number =>
  fillsOf(order).reduce((sum, { quantity = 0 }) => sum + quantity, 0);

const sizeText = (order: TastytradeOrder): string => `${filledOf(order)}/${order.exact.size ?? '?'}`;
