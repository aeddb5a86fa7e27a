import { Big } from 'big.js';
import type { AccountState } from '../../model/accountEvent.js';
import {
  type TastytradeAccount,
  type TastytradeOrder,
  type TastytradePosition,
  fillsOf,
  isFinal,
} from '../../venues/tastytrade/index.js';
import type { TableView } from '../view/tableView.js';
import { statusOf } from './accountTable.js';

const COLUMNS = [
  { name: 'what' },
  { name: 'symbol' },
  { name: 'side' },
  { name: 'size', right: true },
  { name: 'price', right: true },
  { name: 'P&L', right: true },
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
    ...[...balances.values()].map(({ currency = '', exact }) => [
      'cash',
      currency,
      '',
      '',
      exact.cashBalance ?? '',
      '',
      '',
    ]),
    ...held.map((one) => [
      ...['position', one.instrument, one.quantityDirection, one.exact.size, one.exact.averageOpenPrice ?? ''],
      ...[profitOf(one) ?? '–', ''],
    ]),
    ...[...open, ...over].map((order) => [
      ...[`order ${order.id}`, order.underlyingSymbol ?? '', sideOf(order), sizeText(order), order.exact.price ?? ''],
      ...['', order.status],
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
      profits: Object.fromEntries(held.map((one) => [one.instrument, profitOf(one)])),
      orders: open.map((order) => ({
        id: order.id,
        status: order.status,
        side: sideOf(order),
        filled: filledOf(order),
        ...order.exact,
      })),
      dayTradeCount: tradingStatus?.dayTradeCount,
    },
  };
}

const filledOf = (order: TastytradeOrder): number =>
  fillsOf(order).reduce((sum, { quantity = 0 }) => sum + quantity, 0);

const sizeText = (order: TastytradeOrder): string => `${filledOf(order)}/${order.exact.size ?? '?'}`;

/** What the legs of an order do: `Buy to Open`; each once. */
const sideOf = ({ legs }: TastytradeOrder): string => [...new Set(legs.map(({ action }) => action ?? '–'))].join(', ');

/**
 * What a position is worth more than it was had for, by the venue's own mark, exact. It comes with each message about the
 * position, so it is as old as that. `undefined` where the venue tells no mark.
 */
function profitOf({ exact }: TastytradePosition): string | undefined {
  const { size, averageOpenPrice, markPrice, multiplier } = exact;
  if (averageOpenPrice === undefined || markPrice === undefined || multiplier === undefined) return undefined;
  return new Big(markPrice).minus(averageOpenPrice).times(size).times(multiplier).toFixed();
}
