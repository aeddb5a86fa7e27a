import { type Observable, type SchedulerLike, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { answerWhenDue } from '../faults/answerWhenDue.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import { parseUrl } from '../parseUrl.js';
import { accountAnswer } from './accountRest.js';
import { errorAnswer } from './answers.js';
import type { Desk } from './desk.js';
import { marketAnswer } from './marketRest.js';
import type { StreamSources } from './streamSources.js';
import type { Tokens } from './tokens.js';

export interface RestConfig {
  readonly tokens: Tokens;
  readonly faults: FaultSchedule;
  readonly scheduler: SchedulerLike;
  readonly accounts: ReadonlyMap<string, Desk>;
  readonly sources: StreamSources;
  readonly requested: (path: string) => void;
}

/** Tokens; accounts, orders, positions, balances; quotes and bars. */
export function rest(config: RestConfig): (request: HttpRequest) => Observable<HttpResponse> {
  const { tokens, faults, scheduler, accounts, sources, requested } = config;

  const answer = (request: HttpRequest, location: URL): HttpResponse => {
    const { pathname } = location;
    if (request.method === 'POST' && pathname === '/oauth/token') return tokens.answer(request.body ?? '');
    if (request.method !== 'GET') return errorAnswer(404);
    if (!tokens.admits(request.headers ?? {})) return errorAnswer(401);
    return pathname.startsWith('/v3/marketdata/') ? marketAnswer(location, sources) : accountAnswer(location, accounts);
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
