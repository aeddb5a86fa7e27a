import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { candlesOf } from '../market/candleSeries.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { Parameters } from '../parameters.js';
import { parseUrl } from '../parseUrl.js';
import { intervals } from './streams.js';

/** The most candles that the venue answers with. */
const KEPT = 720;

/** What is asked for by requests: pairs under the names of v2, and candles of the past. */
export const rest =
  (bySymbol: ReadonlyMap<string, SimulatedInstrument>, now: () => number) =>
  ({ url }: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(url) ?? {};
      if (pathname === '/0/public/AssetPairs') {
        return of(pairs(bySymbol, searchParams.get('pair')));
      }
      if (pathname !== '/0/public/OHLC') return of({ status: 404, headers: {}, body: '' });
      return of(candles(bySymbol, searchParams, now()));
    });

const answer = (result: object, error: readonly string[] = []): HttpResponse =>
  jsonAnswer(200, JSON.stringify({ error, result }));

/** All pairs, or those that are named, with commas, by either of their names. */
function pairs(bySymbol: ReadonlyMap<string, SimulatedInstrument>, names: string | null): HttpResponse {
  const all = [...bySymbol].map(([name, instrument]) => [name, listed(name, instrument)] as const);
  const wanted = names?.split(',');
  const isNamed = (one: string, [name, { altname }]: (typeof all)[number]): boolean => one === name || one === altname;
  if (wanted?.some((one) => !all.some((row) => isNamed(one, row))) === true)
    return answer({}, ['EQuery:Unknown asset pair']);
  return answer(Object.fromEntries(all.filter((row) => wanted?.some((one) => isNamed(one, row)) ?? true)));
}

function listed(wsname: string, { spec, units }: SimulatedInstrument) {
  return {
    altname: `${spec.base}${spec.quote}`,
    wsname,
    base: spec.base,
    quote: spec.quote,
    pair_decimals: units.priceDecimals,
    lot_decimals: units.sizeDecimals,
    ordermin: decimalText(1, units.sizeDecimals, 0),
    tick_size: decimalText(1, units.priceDecimals, 0),
    status: 'online',
  };
}

/** Oldest first, from `since` on, a time in s; what had no trade has no row. `last` is what to go on from: the last closed one. */
function candles(
  bySymbol: ReadonlyMap<string, SimulatedInstrument>,
  query: URLSearchParams,
  now: number,
): HttpResponse {
  const name = query.get('pair') ?? '';
  const instrument = bySymbol.get(name);
  const interval = intervals[Number(query.get('interval') ?? '1')];
  const parameters = new Parameters(query);
  const since = parameters.whole('since', 0, Number.MAX_SAFE_INTEGER, 0);
  if (instrument === undefined) return answer({}, ['EQuery:Unknown asset pair']);
  if (interval === undefined || parameters.wrong !== undefined) return answer({}, ['EGeneral:Invalid arguments']);
  const { tape, units } = instrument;
  const rows = candlesOf(interval, tape, units, now)
    .filter(({ trades, openTime }) => trades > 0 && openTime >= since * 1_000)
    .slice(-KEPT)
    .map((candle) => {
      const [open, high, low, close] = [candle.open, candle.high, candle.low, candle.close].map((tick) =>
        units.priceText(tick),
      );
      return [candle.openTime / 1_000, open, high, low, close, close, units.sizeText(candle.lots), candle.trades];
    });
  return answer({ [name]: rows, last: rows.at(-2)?.[0] ?? 0 });
}
