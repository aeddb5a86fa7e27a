import { of, type Observable } from 'rxjs';
import { answerWhenDue } from '../faults/answerWhenDue.js';
import type { HttpResponse } from '../../network/network.js';
import { SlidingWindow } from '../slidingWindow.js';
import { FAR_AHEAD } from './numbering.js';
import type { RestConfig } from './restConfig.js';
import { failure, missing, refusal, reply, tooMuch } from './restAnswers.js';
import type { Verdict } from './weightBudget.js';
import { depthLimitOf } from './weights.js';

/** `depth`: snapshots of books, with all that can go wrong with them. */
export function depthSnapshots(
  config: RestConfig,
  isUnknown: (symbol: string) => boolean,
): (query: URLSearchParams, verdict: Verdict) => Observable<HttpResponse> {
  const { market, source, limits, faults, numbering, scheduler } = config;
  const snapshots = new SlidingWindow(limits.snapshotsPerSecond, 1_000);

  const snapshot = (symbol: string, limit: number, age: number): string => {
    const book = source.instrument(symbol)?.book;
    const taken = book?.trueBook(age === 0 ? undefined : book.sequenceAt(source.now() - age));
    const known = numbering.isUnlisted(symbol) ? undefined : taken;
    const { sequence = -1, bids = [], asks = [] } = known ?? {};
    const ahead = faults.take('snapshotAhead', symbol) === undefined ? 0 : FAR_AHEAD;
    const now = source.now();
    const times = market === 'usdm' ? { E: now, T: now } : {};
    const lastUpdateId = sequence + ahead;
    return JSON.stringify({ lastUpdateId, ...times, bids: bids.slice(0, limit), asks: asks.slice(0, limit) });
  };

  return (query, verdict) => {
    const symbol = query.get('symbol') ?? '';
    const limit = depthLimitOf(market, query.get('limit'));
    if (symbol === '') return of(refusal(400, verdict, -1102, missing('symbol')));
    if (limit === undefined) return of(refusal(400, verdict, -1130, "Data sent for parameter 'limit' is not valid."));
    if (isUnknown(symbol)) return of(refusal(400, verdict, -1121, 'Invalid symbol.'));
    const status = query.get('symbolStatus') ?? 'TRADING';
    if (market === 'spot' && status !== 'TRADING')
      return of(refusal(400, verdict, -1220, 'The symbol does not match the given status.'));
    if (!snapshots.admits(source.now())) {
      config.violated('snapshotsPerSecond');
      return of(tooMuch({ ...verdict, status: 429, until: source.now() + 1_000 }, source.now()));
    }
    const failing = faults.take('failingSnapshot', symbol);
    const slow = faults.take('slowSnapshot', symbol);
    const whenDue = (): HttpResponse => {
      if (failing !== undefined) return failure(failing.status ?? 500, verdict, source.now());
      const stale = faults.take('staleSnapshot', symbol);
      return reply(200, verdict, snapshot(symbol, limit, stale === undefined ? 0 : (stale.delay ?? 5_000)));
    };
    return answerWhenDue(slow, scheduler, whenDue);
  };
}
