import type { HttpResponse } from '../../network/network.js';
import { errorAnswer, json, refusedAnswer } from './answers.js';
import { TradestationParameters } from './parameters.js';
import { badRequest } from './refused.js';
import type { Desk } from './desk.js';
import type { Fields } from './streamSource.js';

type Desks = ReadonlyMap<string, Desk>;

const PAGE = 600;
const PATH = /^\/v3\/brokerage\/accounts(?:\/([^/]+)\/(\w+)(?:\/([^/]+))?)?$/;

/** What the venue answers of accounts: those that are its own, and an error beside them for each that is not. */
export function accountAnswer({ pathname, searchParams: query }: URL, desks: Desks): HttpResponse {
  const match = PATH.exec(pathname);
  if (match === null) return errorAnswer(404);
  const [, accounts, what, ids] = match;
  if (accounts === undefined) return json({ Accounts: [...desks.values()].map((desk) => desk.accountRow()) });
  const names = [...new Set(decodeURIComponent(accounts).split(','))];
  if (names.length > 25) return refusedAnswer(badRequest('accounts are 25 at most'));
  const known = names.flatMap((name) => desks.get(name) ?? []);
  const errors = names
    .filter((name) => !desks.has(name))
    .map((AccountID) => ({ AccountID, Error: 'Forbidden', Message: 'Invalid Account ID.' }));
  if (what === 'orders') {
    return ids === undefined ? orders(known, errors, query) : ordersById(known, errors, names, decodeURIComponent(ids));
  }
  if (ids !== undefined) return errorAnswer(404);
  if (what === 'positions') return positions(known, errors, query.get('symbol'));
  return what === 'balances'
    ? json({ Balances: known.map((desk) => desk.balanceRow()), Errors: errors })
    : errorAnswer(404);
}

function orders(desks: readonly Desk[], errors: readonly Fields[], query: URLSearchParams): HttpResponse {
  const parameters = new TradestationParameters(query);
  const size = parameters.whole('pageSize', 1, PAGE, PAGE);
  const from = parameters.whole('nextToken', 0, Number.MAX_SAFE_INTEGER, 0);
  if (parameters.refused !== undefined) return refusedAnswer(parameters.refused);
  const rows = desks.flatMap((desk) => [...desk.orders.values()].map((order) => desk.orderRow(order)));
  const next = from + size < rows.length ? { NextToken: String(from + size) } : {};
  return json({ Orders: rows.slice(from, from + size), Errors: errors, ...next });
}

function ordersById(
  desks: readonly Desk[],
  errors: readonly Fields[],
  accounts: readonly string[],
  list: string,
): HttpResponse {
  const ids = [...new Set(list.split(','))];
  if (ids.length > 50) return refusedAnswer(badRequest('orders are 50 at most'));
  const missing = ids
    .filter((id) => desks.every((desk) => !desk.orders.has(id)))
    .map((OrderID) => ({ AccountID: accounts.join(','), OrderID, Error: 'NotFound', Message: 'Order not found.' }));
  const rows = desks.flatMap((desk) =>
    ids.flatMap((id) => {
      const order = desk.orders.get(id);
      return order === undefined ? [] : [desk.orderRow(order)];
    }),
  );
  return json({ Orders: rows, Errors: [...errors, ...missing] });
}

/** @param symbols Separated by commas; `*` stands for anything. */
function positions(desks: readonly Desk[], errors: readonly Fields[], symbols: string | null): HttpResponse {
  const patterns = symbols?.split(',').map(patternOf);
  const rows = desks.flatMap((desk) =>
    [...desk.positionRows()].flatMap(([symbol, row]) =>
      patterns === undefined || patterns.some((pattern) => pattern.test(symbol)) ? [row] : [],
    ),
  );
  return json({ Positions: rows, Errors: errors });
}

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .trim()
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')}$`,
  );
