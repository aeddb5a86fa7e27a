import type { AccountState } from '../../model/accountEvent.js';
import type { TableColumn, TableView } from '../view/tableView.js';

/** What a state of an account claims, in words. */
export const statusOf = (state: AccountState<unknown>): string =>
  state.status === 'stale' ? `stale: ${state.reason}` : state.status;

/** A state of an account as a table, whose rows are also its JSON, by the names of the columns. */
export function accountTable<S>(
  channel: string,
  state: AccountState<S>,
  columns: readonly TableColumn[],
  rowsOf: (value: S) => readonly (readonly string[])[],
): TableView {
  const rows = state.status === 'syncing' ? [] : rowsOf(state.value);
  const status = statusOf(state);
  const named = rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? ''])));
  return {
    status,
    summary: `${channel} ${status}, ${rows.length} rows`,
    columns,
    rows,
    json: { status, [channel]: named },
  };
}
