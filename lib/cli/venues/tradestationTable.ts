import type { AccountState } from '../../model/accountEvent.js';
import type { TradestationOrders } from '../../venues/tradestation/index.js';
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
