import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { candlesOf } from '../market/candleSeries.js';
import { isInterval } from '../market/interval.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { parseUrl } from '../parseUrl.js';

/** What is asked for by requests: the list of instruments, and candles of the past. Spot only. */
export const rest =
  (byId: ReadonlyMap<string, SimulatedInstrument>, now: () => number) =>
  ({ url }: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(url) ?? {};
      const path = pathname.replace(/^\/api\/v5\//, '');
      if (path === 'public/instruments') {
        const isSpot = searchParams.get('instType') === 'SPOT';
        return of(answer(isSpot ? [...byId].map(([id, instrument]) => listed(id, instrument)) : []));
      }
      const isCandles = path === 'market/candles' || path === 'market/history-candles';
      return of(isCandles ? candles(byId, searchParams, now()) : { status: 404, headers: {}, body: '' });
    });

const answer = (data: readonly unknown[]): HttpResponse =>
  jsonAnswer(200, JSON.stringify({ code: '0', msg: '', data }));
const refusal = (code: string, msg: string): HttpResponse => jsonAnswer(200, JSON.stringify({ code, msg, data: [] }));

function listed(instId: string, { spec, units }: SimulatedInstrument): object {
  const lotSz = decimalText(1, units.sizeDecimals, 0);
  const sizes = { tickSz: decimalText(1, units.priceDecimals, 0), lotSz, minSz: lotSz };
  const names = { baseCcy: spec.base, quoteCcy: spec.quote, settleCcy: '', ctType: '', ctValCcy: '', expTime: '' };
  return { instType: 'SPOT', instId, ...names, ...sizes, state: 'live' };
}

/** Newest first, those before `after`. */
function candles(byId: ReadonlyMap<string, SimulatedInstrument>, query: URLSearchParams, now: number): HttpResponse {
  const instrument = byId.get(query.get('instId') ?? '');
  if (instrument === undefined) return refusal('51001', "Instrument ID doesn't exist");
  const interval = (query.get('bar') ?? '1m').replace('H', 'h').replace('D', 'd');
  if (!isInterval(interval)) return refusal('51000', 'Parameter bar error');
  const { tape, units } = instrument;
  const after = Number(query.get('after') ?? Infinity);
  const rows = candlesOf(interval, tape, units, now)
    .filter(({ openTime }) => openTime < after)
    .slice(-Math.min(300, Number(query.get('limit') ?? 100)))
    .reverse()
    .map((candle) => {
      const prices = [candle.open, candle.high, candle.low, candle.close].map((tick) => units.priceText(tick));
      const [volume, quote] = [units.sizeText(candle.lots), units.quoteText(candle.quote)];
      return [`${candle.openTime}`, ...prices, volume, quote, quote, candle.closeTime < now ? '1' : '0'];
    });
  return answer(rows);
}
