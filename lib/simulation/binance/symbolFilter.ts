import type { HttpResponse } from '../../network/network.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { parseRecord } from '../parseRecord.js';
import { refusal } from './restAnswers.js';
import type { BinanceMarket } from './streamName.js';
import type { Verdict } from './weightBudget.js';

/** What of a symbol is asked for: all of them here are traded, on spot. */
const STATUSES = ['TRADING', 'HALT', 'BREAK'];

export interface SymbolFilter {
  readonly market: BinanceMarket;
  readonly source: SimulatedMarket;
  readonly isUnknown: (symbol: string) => boolean;
}

/**
 * The symbols that a request names by `symbol`, on spot also by a list of `symbols`, `symbolStatus` and `permissions`; all where it
 * names none. An answer where they can't be meant.
 */
export function symbolsOf(
  { market, source, isUnknown }: SymbolFilter,
  query: URLSearchParams,
  verdict: Verdict,
): readonly string[] | HttpResponse {
  const one = query.get('symbol');
  if (market === 'usdm') return known(one === null ? source.symbols : [one], isUnknown, verdict);
  const [list, status, permissions] = [query.get('symbols'), query.get('symbolStatus'), query.get('permissions')];
  if ((one !== null && list !== null) || (permissions !== null && (one ?? list) !== null))
    return refusal(400, verdict, -1128, 'Combination of optional parameters invalid.');
  const named = list === null ? (one === null ? source.symbols : [one]) : textsOf(list);
  if (named === undefined)
    return refusal(400, verdict, -1100, "Illegal characters found in parameter 'symbols'; a list of symbols is legal.");
  if (status !== null && !STATUSES.includes(status))
    return refusal(400, verdict, -1130, "Data sent for parameter 'symbolStatus' is not valid.");
  const isTraded = (status ?? 'TRADING') === 'TRADING' && isOfSpot(permissions);
  if (!isTraded && one !== null) return refusal(400, verdict, -1220, 'The symbol does not match the given status.');
  return known(isTraded ? named : [], isUnknown, verdict);
}

function known(
  symbols: readonly string[],
  isUnknown: (symbol: string) => boolean,
  verdict: Verdict,
): readonly string[] | HttpResponse {
  return symbols.some(isUnknown) ? refusal(400, verdict, -1121, 'Invalid symbol.') : symbols;
}

/** One permission, or a JSON list of which any will do. */
const isOfSpot = (permissions: string | null): boolean =>
  permissions === null || permissions === 'SPOT' || textsOf(permissions)?.includes('SPOT') === true;

/** The texts of a JSON list. */
function textsOf(text: string): readonly string[] | undefined {
  const list = parseRecord(`{"list":${text}}`)?.['list'];
  return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : undefined;
}
