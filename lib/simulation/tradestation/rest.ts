import { type Observable, type SchedulerLike, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { answerWhenDue } from '../faults/answerWhenDue.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { parseUrl } from '../parseUrl.js';
import type { Desk } from './desk.js';
import type { Tokens } from './tokens.js';

export interface RestConfig {
  readonly tokens: Tokens;
  readonly faults: FaultSchedule;
  readonly scheduler: SchedulerLike;
  readonly deskOf: (account: string) => Desk | undefined;
  readonly requested: (path: string) => void;
}

export const errorAnswer = (status: number, headers: Readonly<Record<string, string>> = {}): HttpResponse => {
  const names: Readonly<Record<number, string>> = {
    ...{ 400: 'BadRequest', 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound', 429: 'TooManyRequests' },
    ...{ 503: 'ServiceUnavailable', 504: 'GatewayTimeout' },
  };
  const Error = names[status] ?? 'InternalServerError';
  const Message = status === 429 ? 'Rate quota exceeded' : Error;
  return { status, headers, body: JSON.stringify({ Error, Message }) };
};

const json = (value: unknown): HttpResponse => jsonAnswer(200, JSON.stringify(value));

const PAGE = 600;

/** Tokens, orders, balances. */
export function rest(config: RestConfig): (request: HttpRequest) => Observable<HttpResponse> {
  const { tokens, faults, scheduler, deskOf, requested } = config;

  const orders = (accounts: readonly string[], query: URLSearchParams): HttpResponse => {
    const size = Math.min(PAGE, Number(query.get('pageSize') ?? PAGE));
    const from = Number(query.get('nextToken') ?? 0);
    const rows = accounts.flatMap((account) => {
      const desk = deskOf(account);
      return desk === undefined ? [] : [...desk.orders.values()].map((order) => desk.orderRow(order));
    });
    const next = from + size < rows.length ? { NextToken: String(from + size) } : {};
    return json({ Orders: rows.slice(from, from + size), Errors: errorsOf(accounts), ...next });
  };
  const balances = (accounts: readonly string[]): HttpResponse => {
    const rows = accounts.flatMap((account) => deskOf(account)?.balanceRow() ?? []);
    return json({ Balances: rows, Errors: errorsOf(accounts) });
  };
  const errorsOf = (accounts: readonly string[]): readonly unknown[] =>
    accounts
      .filter((account) => deskOf(account) === undefined)
      .map((AccountID) => ({ AccountID, Error: 'Forbidden', Message: 'Invalid Account ID.' }));

  const answer = (request: HttpRequest, { pathname, searchParams }: URL): HttpResponse => {
    if (request.method === 'POST' && pathname === '/oauth/token') return tokens.answer(request.body ?? '');
    if (request.method !== 'GET') return errorAnswer(404);
    if (!tokens.admits(request.headers ?? {})) return errorAnswer(401);
    const [, accounts, what] = /^\/v3\/brokerage\/accounts\/([^/]+)\/(\w+)$/.exec(pathname) ?? [];
    if (accounts === undefined) return errorAnswer(404);
    const names = decodeURIComponent(accounts).split(',');
    if (what === 'orders') return orders(names, searchParams);
    return what === 'balances' ? balances(names) : errorAnswer(404);
  };

  return (request) =>
    defer(() => {
      const location = parseUrl(request.url);
      if (location === undefined) return of(errorAnswer(404));
      const { pathname } = location;
      requested(pathname);
      const failing = faults.take('failingSnapshot', pathname);
      if (failing !== undefined) {
        const status = failing.status ?? 500;
        return of(errorAnswer(status, status === 429 ? { 'x-ratelimit-reset': '1' } : {}));
      }
      const slow = faults.take('slowSnapshot', pathname);
      return answerWhenDue(slow, scheduler, () => answer(request, location));
    });
}
