import { type Observable, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { Parameters } from '../parameters.js';
import { parseUrl } from '../parseUrl.js';
import { aboutOne, answer, ticker } from './marketData.js';

type Pairs = ReadonlyMap<string, SimulatedInstrument>;

/** What is asked for by requests: assets, pairs under the names of v2, their books, trades, tickers and candles. */
export const rest =
  (bySymbol: Pairs, now: () => number) =>
  ({ url }: HttpRequest): Observable<HttpResponse> =>
    defer(() => {
      const { pathname = '', searchParams = new URLSearchParams() } = parseUrl(url) ?? {};
      return of(answerTo(pathname.replace(/^\/0\/public\//, ''), searchParams, bySymbol, now()));
    });

function answerTo(path: string, query: URLSearchParams, bySymbol: Pairs, now: number): HttpResponse {
  const wanted = query.get('pair');
  switch (path) {
    case 'Time':
      return answer({ unixtime: Math.floor(now / 1_000), rfc1123: new Date(now).toUTCString() });
    case 'SystemStatus':
      return answer({ status: 'online', timestamp: new Date(now).toISOString() });
    case 'Assets':
      return answer(assets(bySymbol));
    case 'AssetPairs':
      return ofPairs(bySymbol, wanted, (name, instrument) => ({ [name]: listed(name, instrument) }));
    case 'Ticker':
      return ofPairs(bySymbol, wanted, (name, instrument) => ticker({ name, instrument, now }));
  }
  const asked = Object.hasOwn(aboutOne, path) ? aboutOne[path] : undefined;
  if (asked === undefined) return { status: 404, headers: {}, body: '' };
  const [name, instrument] = named(bySymbol, wanted ?? '') ?? [];
  if (name === undefined || instrument === undefined) return answer({}, ['EQuery:Unknown asset pair']);
  const parameters = new Parameters(query);
  const result = asked({ name, instrument, parameters, now });
  return parameters.wrong === undefined ? answer(result) : answer({}, ['EGeneral:Invalid arguments']);
}

/** A pair by either of its names. */
const named = (bySymbol: Pairs, name: string) =>
  [...bySymbol].find(([wsname, { spec }]) => name === wsname || name === altnameOf(spec));

const altnameOf = ({ base, quote }: SimulatedInstrument['spec']): string => `${base}${quote}`;

/** All pairs, or those that are named, with commas, each as its part of the answer. */
function ofPairs(
  bySymbol: Pairs,
  names: string | null,
  partOf: (name: string, instrument: SimulatedInstrument) => object,
): HttpResponse {
  const wanted = names === null ? [...bySymbol] : names.split(',').map((name) => named(bySymbol, name));
  const parts: object[] = [];
  for (const pair of wanted) {
    if (pair === undefined) return answer({}, ['EQuery:Unknown asset pair']);
    parts.push(partOf(...pair));
  }
  return answer(Object.assign({}, ...parts) as object);
}

/** What is bought and paid in, by its name. */
function assets(bySymbol: Pairs): object {
  const names = new Set([...bySymbol.values()].flatMap(({ spec }) => [spec.base, spec.quote]));
  const one = { aclass: 'currency', decimals: 10, display_decimals: 5, status: 'enabled' };
  return Object.fromEntries([...names].map((altname) => [altname, { ...one, altname }]));
}

/** By volume of thirty days, in percent. */
const fees = { fees: [[0, 0.4]], fees_maker: [[0, 0.25]], fee_volume_currency: 'ZUSD' };
const margin = { leverage_buy: [], leverage_sell: [], margin_call: 80, margin_stop: 40 };

const listed = (wsname: string, { spec, units }: SimulatedInstrument): object => ({
  altname: altnameOf(spec),
  wsname,
  aclass_base: 'currency',
  base: spec.base,
  aclass_quote: 'currency',
  quote: spec.quote,
  lot: 'unit',
  lot_multiplier: 1,
  cost_decimals: units.priceDecimals,
  pair_decimals: units.priceDecimals,
  lot_decimals: units.sizeDecimals,
  ...margin,
  ...fees,
  ordermin: decimalText(1, units.sizeDecimals, 0),
  costmin: '0.5',
  tick_size: decimalText(1, units.priceDecimals, 0),
  status: 'online',
});
