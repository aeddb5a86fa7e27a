import type { AccountState } from '../../model/accountEvent.js';
import type { O2Balance, O2Order } from '../../venues/o2/index.js';
import type { TableColumn, TableView } from '../view/tableView.js';
import { accountTable } from './accountTable.js';

const columnsOf = (left: readonly string[], right: readonly string[]): readonly TableColumn[] => [
  ...left.map((name) => ({ name })),
  ...right.map((name) => ({ name, right: true })),
];

const ORDERS = columnsOf(['order', 'market', 'side', 'type', 'status'], ['price', 'size', 'filled']);
const BALANCES = columnsOf(['asset'], ['locked', 'unlocked']);

/** The open orders of an account, newest first. */
export const orderTable = (state: AccountState<readonly O2Order[]>): TableView =>
  tableOf('orders', state, ORDERS, ({ id, market, side, type, status, exact, units }) => [
    short(id),
    market?.pair ?? '–',
    side,
    typeof type === 'string' ? type : (Object.keys(type ?? {})[0] ?? '–'),
    status,
    // Without its market only the smallest units are known.
    exact.price ?? `${units.price} units`,
    exact.size ?? `${units.size} units`,
    exact.filled ?? '–',
  ]);

export const balanceTable = (state: AccountState<readonly O2Balance[]>): TableView =>
  tableOf('balances', state, BALANCES, ({ asset, assetId, exact, units }) => [
    asset?.symbol ?? short(assetId),
    exact.locked ?? `${units.locked} units`,
    exact.unlocked ?? `${units.unlocked} units`,
  ]);

/** An id is longer than a column. */
const short = (id: string): string => (id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);

/** Newest first. */
const tableOf = <T>(
  channel: string,
  state: AccountState<readonly T[]>,
  columns: readonly TableColumn[],
  rowOf: (one: T) => readonly string[],
): TableView => accountTable(channel, state, columns, (all) => [...all].reverse().map(rowOf));
