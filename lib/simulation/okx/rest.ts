import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { candlesOf } from '../market/candleSeries.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { Parameters } from '../parameters.js';
import { parseUrl } from '../parseUrl.js';
import { barOf } from './bars.js';

/** What is asked for by requests: the list of instruments, and candles of the past. Spot only. */
export const rest =
  (byId: ReadonlyMap<string, SimulatedInstrument>, now: () => number) =>
  ({ url }: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(url) ?? {};
      const path = pathname.replace(/^\/api\/v5\//, '');
      if (path === 'public/instruments') {
        return of(instruments(byId, searchParams));
      }
      const isCandles = path === 'market/candles' || path === 'market/history-candles';
      return of(isCandles ? candles(byId, searchParams, now()) : { status: 404, headers: {}, body: '' });
    });

const answer = (data: readonly unknown[]): HttpResponse =>
  jsonAnswer(200, JSON.stringify({ code: '0', msg: '', data }));
const refusal = (code: string, msg: string): HttpResponse => jsonAnswer(200, JSON.stringify({ code, msg, data: [] }));

const TYPES = ['SPOT', 'MARGIN', 'SWAP', 'FUTURES', 'OPTION'];

function instruments(byId: ReadonlyMap<string, SimulatedInstrument>, query: URLSearchParams): HttpResponse {
  const [type, id] = [query.get('instType') ?? '', query.get('instId')];
  if (type === '') return refusal('50014', 'Parameter instType can not be empty');
  if (!TYPES.includes(type)) return refusal('51000', 'Parameter instType error');
  if (id !== null && (type !== 'SPOT' || !byId.has(id))) return refusal('51001', "Instrument ID doesn't exist");
  const wanted = [...byId].filter(([name]) => type === 'SPOT' && (id ?? name) === name);
  return answer(wanted.map(([name, instrument]) => listed(name, instrument)));
}

function listed(instId: string, { spec, units }: SimulatedInstrument): object {
  const lotSz = decimalText(1, units.sizeDecimals, 0);
  const sizes = { tickSz: decimalText(1, units.priceDecimals, 0), lotSz, minSz: lotSz };
  const names = { baseCcy: spec.base, quoteCcy: spec.quote, settleCcy: '', ctType: '', ctValCcy: '', expTime: '' };
  return { instType: 'SPOT', instId, ...names, ...sizes, state: 'live' };
}

/** Newest first, those older than `after` and newer than `before`. */
function candles(byId: ReadonlyMap<string, SimulatedInstrument>, query: URLSearchParams, now: number): HttpResponse {
  const instrument = byId.get(query.get('instId') ?? '');
  if (instrument === undefined) return refusal('51001', "Instrument ID doesn't exist");
  const interval = barOf(query.get('bar') ?? '1m');
  if (interval === undefined) return refusal('51000', 'Parameter bar error');
  const { tape, units } = instrument;
  const parameters = new Parameters(query);
  const time = (name: string, otherwise: number): number =>
    parameters.number(name, otherwise, 'a time in ms', Number.isInteger);
  const [after, before] = [time('after', Infinity), time('before', -Infinity)];
  const limit = parameters.whole('limit', 1, Number.MAX_SAFE_INTEGER, 100);
  if (parameters.wrong !== undefined) return refusal('51000', `Parameter ${parameters.wrong.name} error`);
  const rows = candlesOf(interval, tape, units, now)
    .filter(({ openTime }) => openTime < after && openTime > before)
    .slice(-Math.min(300, limit))
    .reverse()
    .map((candle) => {
      const prices = [candle.open, candle.high, candle.low, candle.close].map((tick) => units.priceText(tick));
      const [volume, quote] = [units.sizeText(candle.lots), units.quoteText(candle.quote)];
      return [`${candle.openTime}`, ...prices, volume, quote, quote, candle.closeTime < now ? '1' : '0'];
    });
  return answer(rows);
}
