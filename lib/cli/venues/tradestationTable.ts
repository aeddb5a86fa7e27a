import type { AccountState } from '../../model/accountEvent.js';
import type { TradestationOrders, TradestationPositions } from '../../venues/tradestation/index.js';
import type { TableColumn, TableView } from '../view/tableView.js';
import { accountTable, statusOf } from './accountTable.js';

const COLUMNS: readonly TableColumn[] = [
  { name: 'order' },
  { name: 'symbol' },
  { name: 'side' },
  { name: 'filled', right: true },
  { name: 'size', right: true },
  { name: 'limit', right: true },
  { name: 'status' },
];
/** Orders that are over, newest first. */
const OVER = 10;

const POSITIONS: readonly TableColumn[] = [
  { name: 'position' },
  { name: 'side' },
  ...['size', 'average', 'last', 'P&L', 'P&L today'].map((name) => ({ name, right: true })),
];

/** The positions of an account, with what they have come to in the venue's own reckoning. */
export const tradestationPositions = (state: AccountState<TradestationPositions>): TableView =>
  accountTable('positions', state, POSITIONS, (positions) =>
    [...positions.values()]
      .filter(({ size }) => size !== 0)
      .map(({ instrument, size, exact }) => [
        ...[instrument, size > 0 ? 'Long' : 'Short', exact.Quantity ?? String(size)],
        ...[exact.AveragePrice, exact.Last, exact.UnrealizedProfitLoss, exact.TodaysProfitLoss].map(
          (one) => one ?? '–',
        ),
      ]),
  );

/** The orders of an account: those that are open, and the last ones that ended. */
export function tradestationTable(state: AccountState<TradestationOrders>): TableView {
  const orders = state.status === 'syncing' ? [] : [...state.value.values()];
  const open = orders.filter((order) => order.state === 'open');
  const over = orders
    .filter((order) => order.state !== 'open')
    .reverse()
    .slice(0, OVER);
  const rows = [...open, ...over].flatMap(({ orderId, legs, limitPrice, status: word }) =>
    legs.map(({ symbol, side, exact }) => [
      ...[
        orderId,
        symbol,
        side,
        exact.filled,
        exact.quantity,
        limitPrice === undefined ? '–' : String(limitPrice),
        word,
      ],
    ]),
  );
  return {
    ...accountTable('orders', state, COLUMNS, () => rows),
    summary: `orders ${statusOf(state)}: ${open.length} open, ${orders.length} today`,
  };
}
