import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { candlesOf } from '../market/candleSeries.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { parseUrl } from '../parseUrl.js';

/** What is asked for by requests of Advanced Trade: products, and their candles of five minutes. */
export const rest =
  (byProduct: ReadonlyMap<string, SimulatedInstrument>, now: () => number) =>
  ({ url }: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(url) ?? {};
      const path = pathname.replace(/^\/api\/v3\/brokerage\/market\//, '');
      if (path === 'products') {
        const products = [...byProduct].map(([id, instrument]) => listed(id, instrument));
        return of(jsonAnswer(200, JSON.stringify({ products, num_products: products.length })));
      }
      const id = /^products\/([^/]+)\/candles$/.exec(path)?.[1] ?? '';
      const instrument = byProduct.get(id);
      if (instrument === undefined) return of({ status: 404, headers: {}, body: '' });
      return of(candles(instrument, searchParams, now()));
    });

function listed(product_id: string, { spec, units }: SimulatedInstrument): object {
  const [tick, lot] = [decimalText(1, units.priceDecimals, 0), decimalText(1, units.sizeDecimals, 0)];
  const steps = { price_increment: tick, quote_increment: tick, base_increment: lot, base_min_size: lot };
  const names = { base_currency_id: spec.base, quote_currency_id: spec.quote };
  return { product_id, ...names, ...steps, status: 'online', is_disabled: false, trading_disabled: false };
}

/** Newest first; what had no trade has no row. */
function candles({ tape, units }: SimulatedInstrument, query: URLSearchParams, now: number): HttpResponse {
  const [from, to] = [1_000 * Number(query.get('start')), 1_000 * Number(query.get('end'))];
  const rows = candlesOf('5m', tape, units, now)
    .filter(({ openTime, trades }) => trades > 0 && openTime >= from && openTime <= to)
    .slice(-Math.min(350, Number(query.get('limit') ?? 350)))
    .reverse()
    .map(({ openTime, lots, ...ticks }) => {
      const [open, high, low, close] = [ticks.open, ticks.high, ticks.low, ticks.close].map((tick) =>
        units.priceText(tick),
      );
      return { start: `${openTime / 1_000}`, low, high, open, close, volume: units.sizeText(lots) };
    });
  return jsonAnswer(200, JSON.stringify({ candles: rows }));
}
