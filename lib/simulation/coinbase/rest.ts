import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { candlesOf } from '../market/candleSeries.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { Parameters } from '../parameters.js';
import { parseUrl } from '../parseUrl.js';

/** What is asked for by requests of Advanced Trade: products, and their candles. */
export const rest =
  (byProduct: ReadonlyMap<string, SimulatedInstrument>, now: () => number) =>
  ({ url }: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(url) ?? {};
      const path = pathname.replace(/^\/api\/v3\/brokerage\/market\//, '');
      if (path === 'products') {
        return of(products(byProduct, searchParams));
      }
      const id = /^products\/([^/]+)\/candles$/.exec(path)?.[1] ?? '';
      const instrument = byProduct.get(id);
      if (instrument === undefined) return of({ status: 404, headers: {}, body: '' });
      return of(candles(instrument, searchParams, now()));
    });

/** What a client got wrong. */
const refusal = (message: string): HttpResponse =>
  jsonAnswer(400, JSON.stringify({ error: 'INVALID_ARGUMENT', error_details: message, message }));

/** Spot alone; a page of them, or those that are named, each by a parameter of its own. */
function products(byProduct: ReadonlyMap<string, SimulatedInstrument>, query: URLSearchParams): HttpResponse {
  const parameters = new Parameters(query);
  const most = Number.MAX_SAFE_INTEGER;
  const [limit, offset] = [parameters.whole('limit', 1, most, most), parameters.whole('offset', 0, most, 0)];
  const type = parameters.word('product_type', ['SPOT', 'FUTURE', 'UNKNOWN_PRODUCT_TYPE'], 'SPOT');
  if (parameters.wrong !== undefined) return refusal(parameters.wrong.message);
  const named = query.getAll('product_ids');
  const wanted = [...byProduct]
    .filter(([id]) => type !== 'FUTURE' && (named.length === 0 || named.includes(id)))
    .map(([id, instrument]) => listed(id, instrument));
  const page = wanted.slice(offset, offset + limit);
  return jsonAnswer(200, JSON.stringify({ products: page, num_products: wanted.length }));
}

function listed(product_id: string, { spec, units }: SimulatedInstrument): object {
  const [tick, lot] = [decimalText(1, units.priceDecimals, 0), decimalText(1, units.sizeDecimals, 0)];
  const steps = { price_increment: tick, quote_increment: tick, base_increment: lot, base_min_size: lot };
  const names = { base_currency_id: spec.base, quote_currency_id: spec.quote };
  return { product_id, ...names, ...steps, status: 'online', is_disabled: false, trading_disabled: false };
}

/** Widths of candles in requests. */
const widths = {
  ONE_MINUTE: '1m',
  FIVE_MINUTE: '5m',
  FIFTEEN_MINUTE: '15m',
  THIRTY_MINUTE: '30m',
  ONE_HOUR: '1h',
  TWO_HOUR: '2h',
  FOUR_HOUR: '4h',
  SIX_HOUR: '6h',
  ONE_DAY: '1d',
} as const;
const granularities = Object.keys(widths) as (keyof typeof widths)[];
const MOST_CANDLES = 350;

/** Newest first; what had no trade has no row. */
function candles({ tape, units }: SimulatedInstrument, query: URLSearchParams, now: number): HttpResponse {
  const parameters = new Parameters(query);
  for (const name of ['start', 'end', 'granularity'])
    if (parameters.text(name) === undefined) parameters.refuse(name, `${name} is needed`);
  const time = (name: string): number => 1_000 * parameters.whole(name, 0, 1e11, 0);
  const [from, to] = [time('start'), time('end')];
  const width = widths[parameters.word('granularity', granularities, 'FIVE_MINUTE')];
  const limit = parameters.whole('limit', 1, MOST_CANDLES, MOST_CANDLES);
  if (parameters.wrong !== undefined) return refusal(parameters.wrong.message);
  const rows = candlesOf(width, tape, units, now)
    .filter(({ openTime, trades }) => trades > 0 && openTime >= from && openTime <= to)
    .slice(-limit)
    .reverse()
    .map(({ openTime, lots, ...ticks }) => {
      const [open, high, low, close] = [ticks.open, ticks.high, ticks.low, ticks.close].map((tick) =>
        units.priceText(tick),
      );
      return { start: `${openTime / 1_000}`, low, high, open, close, volume: units.sizeText(lots) };
    });
  return jsonAnswer(200, JSON.stringify({ candles: rows }));
}
