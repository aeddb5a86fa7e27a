import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { Parameters } from '../parameters.js';
import { parseUrl } from '../parseUrl.js';
import { currencies } from './currencies.js';
import { aboutOne, productBook, productRow } from './marketData.js';

type Products = ReadonlyMap<string, SimulatedInstrument>;

/** What is asked for by requests of Advanced Trade: products, their books, trades and candles; and currencies, of v2. */
export const rest =
  (byProduct: Products, now: () => number) =>
  ({ url }: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(url) ?? {};
      return of(answerTo(pathname, searchParams, byProduct, now()));
    });

const answer = (body: object): HttpResponse => jsonAnswer(200, JSON.stringify(body));

/** What a client got wrong. */
const refusal = (status: number, error: string, message: string): HttpResponse =>
  jsonAnswer(status, JSON.stringify({ error, error_details: message, message }));

function answerTo(pathname: string, query: URLSearchParams, byProduct: Products, now: number): HttpResponse {
  const specs = [...byProduct.values()].map(({ spec }) => spec);
  if (pathname.startsWith('/v2/')) {
    const data = currencies(pathname.slice(4), specs, query.get('currency') ?? 'USD');
    return data === undefined ? { status: 404, headers: {}, body: '' } : answer({ data });
  }
  const parameters = new Parameters(query);
  const path = pathname.replace(/^\/api\/v3\/brokerage\//, '');
  if (path === 'time') {
    return answer({
      iso: new Date(now).toISOString(),
      epochSeconds: `${Math.floor(now / 1_000)}`,
      epochMillis: `${now}`,
    });
  }
  if (path === 'market/products') return products(byProduct, query, parameters, now);
  const [, named, about = ''] = /^market\/products\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const isBook = path === 'market/product_book';
  const asked = isBook ? productBook : Object.hasOwn(aboutOne, about) ? aboutOne[about] : undefined;
  const id = (isBook ? query.get('product_id') : named) ?? '';
  const instrument = byProduct.get(id);
  if (asked === undefined || instrument === undefined) return refusal(404, 'NOT_FOUND', 'no such product');
  const body = asked({ id, instrument, parameters, now });
  return parameters.wrong === undefined ? answer(body) : refusal(400, 'INVALID_ARGUMENT', parameters.wrong.message);
}

/** Spot alone; a page of them, or those that are named, each by a parameter of its own. */
function products(byProduct: Products, query: URLSearchParams, parameters: Parameters, now: number): HttpResponse {
  const most = Number.MAX_SAFE_INTEGER;
  const [limit, offset] = [parameters.whole('limit', 1, most, most), parameters.whole('offset', 0, most, 0)];
  const type = parameters.word('product_type', ['SPOT', 'FUTURE', 'UNKNOWN_PRODUCT_TYPE'], 'SPOT');
  if (parameters.wrong !== undefined) return refusal(400, 'INVALID_ARGUMENT', parameters.wrong.message);
  const named = query.getAll('product_ids');
  const wanted = [...byProduct]
    .filter(([id]) => type !== 'FUTURE' && (named.length === 0 || named.includes(id)))
    .map(([id, instrument]) => productRow({ id, instrument, now }));
  return answer({ products: wanted.slice(offset, offset + limit), num_products: wanted.length });
}
