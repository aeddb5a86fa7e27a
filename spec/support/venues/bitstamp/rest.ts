import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../../../lib/network/network.js';
import { answerWhenDue } from '../../../../lib/simulation/faults/answerWhenDue.js';
import { jsonAnswer } from '../../../../lib/simulation/jsonAnswer.js';
import { parseUrl } from '../../../../lib/simulation/parseUrl.js';
import { between } from '../../chaosDraw.js';
import type { SpecVenueHost } from '../specVenue.js';
import type { BitstampPair } from './bitstampPair.js';

const PATH = /^\/api\/v2\/order_book\/([^/]*)\/$/;
/** Snapshots show the book as it was up to so long before, in ms (recordings of 2021 and 2022). */
const OLDEST = 2_600;

/** Snapshots of books: a line a price, or a line an order. */
export const rest =
  ({ faults, scheduler, draw }: SpecVenueHost, pairs: ReadonlyMap<string, BitstampPair>) =>
  ({ url }: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(url) ?? {};
      const name = PATH.exec(pathname)?.[1] ?? '';
      const pair = pairs.get(name);
      if (pair === undefined) return of({ status: 404, headers: {}, body: '' });
      const slow = faults.take('slowSnapshot', name);
      const failing = faults.take('failingSnapshot', name);
      return answerWhenDue(slow, scheduler, () => {
        if (failing !== undefined) return jsonAnswer(failing.status ?? 500, '{"status":"error"}');
        const stale = faults.take('staleSnapshot', name);
        const { micros, ...version } = pair.versionOf(
          stale === undefined ? between(draw, 0, OLDEST) : (stale.delay ?? 5_000),
        );
        const { bids, asks } = searchParams.get('group') === '2' ? byOrder(version.orders) : version;
        const times = { timestamp: String(Math.floor(micros / 1_000_000)), microtimestamp: String(micros) };
        return jsonAnswer(200, JSON.stringify({ ...times, bids, asks }));
      });
    });

function byOrder(orders: ReturnType<BitstampPair['versionOf']>['orders']): { bids: unknown[]; asks: unknown[] } {
  const of = (wanted: 'bid' | 'ask'): unknown[] =>
    orders.filter(({ side }) => side === wanted).map(({ id, price, size }) => [price, size, `${id}`]);
  return { bids: of('bid'), asks: of('ask') };
}
