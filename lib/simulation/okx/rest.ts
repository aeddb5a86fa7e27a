import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { Parameters } from '../parameters.js';
import { parseUrl } from '../parseUrl.js';
import { aboutOne } from './marketData.js';
import { tickerRow } from './streams.js';

type Instruments = ReadonlyMap<string, SimulatedInstrument>;

/** What is asked for by requests: the list of instruments, their books, trades, tickers and candles. Spot only. */
export const rest =
  (byId: Instruments, now: () => number) =>
  ({ url }: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(url) ?? {};
      return of(answerTo(pathname.replace(/^\/api\/v5\//, ''), searchParams, byId, now()));
    });

const answer = (data: readonly unknown[]): HttpResponse =>
  jsonAnswer(200, JSON.stringify({ code: '0', msg: '', data }));
const refusal = (code: string, msg: string): HttpResponse => jsonAnswer(200, JSON.stringify({ code, msg, data: [] }));

function answerTo(path: string, query: URLSearchParams, byId: Instruments, now: number): HttpResponse {
  if (path === 'public/time') return answer([{ ts: `${now}` }]);
  if (path === 'public/instruments') return ofType(byId, query, listed);
  if (path === 'market/tickers') return ofType(byId, query, (id, instrument) => tickerRow(id, instrument, now));
  const asked = Object.hasOwn(aboutOne, path) ? aboutOne[path] : undefined;
  if (asked === undefined) return { status: 404, headers: {}, body: '' };
  const instId = query.get('instId') ?? '';
  const instrument = byId.get(instId);
  if (instrument === undefined) return refusal('51001', "Instrument ID doesn't exist");
  const parameters = new Parameters(query);
  const rows = asked({ instId, instrument, parameters, now });
  return parameters.wrong === undefined ? answer(rows) : refusal('51000', `Parameter ${parameters.wrong.name} error`);
}

const TYPES = ['SPOT', 'MARGIN', 'SWAP', 'FUTURES', 'OPTION'];

/** All of a type, or the one that is named, each as its row. */
function ofType(
  byId: Instruments,
  query: URLSearchParams,
  rowOf: (id: string, instrument: SimulatedInstrument) => object,
): HttpResponse {
  const [type, id] = [query.get('instType') ?? '', query.get('instId')];
  if (type === '') return refusal('50014', 'Parameter instType can not be empty');
  if (!TYPES.includes(type)) return refusal('51000', 'Parameter instType error');
  if (id !== null && (type !== 'SPOT' || !byId.has(id))) return refusal('51001', "Instrument ID doesn't exist");
  const wanted = [...byId].filter(([name]) => type === 'SPOT' && (id ?? name) === name);
  return answer(wanted.map(([name, instrument]) => rowOf(name, instrument)));
}

/** What only derivatives have is there, and empty. */
const NONE = ['uly', 'instFamily', 'settleCcy', 'ctVal', 'ctMult', 'ctValCcy', 'ctType', 'optType', 'stk', 'expTime'];
/** The most of an order, by its kind. */
const MOST = [
  'maxLmtSz',
  'maxMktSz',
  'maxLmtAmt',
  'maxMktAmt',
  'maxTwapSz',
  'maxIcebergSz',
  'maxTriggerSz',
  'maxStopSz',
];

function listed(instId: string, { spec, units }: SimulatedInstrument): object {
  const lotSz = decimalText(1, units.sizeDecimals, 0);
  return {
    instType: 'SPOT',
    instId,
    baseCcy: spec.base,
    quoteCcy: spec.quote,
    category: '1',
    alias: '',
    ...Object.fromEntries(NONE.map((name) => [name, ''])),
    tickSz: decimalText(1, units.priceDecimals, 0),
    lotSz,
    minSz: lotSz,
    lever: '10',
    ...Object.fromEntries(MOST.map((name) => [name, '9999999999'])),
    listTime: '1597026383085',
    ruleType: 'normal',
    state: 'live',
  };
}
