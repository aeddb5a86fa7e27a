import { isInterval, type Interval } from '../market/interval.js';

/** What a stream's address asks for. */
export type TradestationStream =
  | { readonly kind: 'quotes'; readonly symbols: readonly string[] }
  | {
      readonly kind: 'bars';
      readonly symbol: string;
      readonly interval: Interval;
      readonly barsBack: number;
      /** Of a request: only bars that end by then, in ms. */
      readonly until?: number | undefined;
      /** Instead of a count: bars that end later, in ms. */
      readonly since?: number | undefined;
    }
  | { readonly kind: 'depth'; readonly symbol: string; readonly form: 'quotes' | 'aggregates'; readonly levels: number }
  | {
      readonly kind: 'chain';
      readonly symbol: string;
      readonly greeks: boolean;
      readonly strikes: number;
      readonly type: string;
    }
  | {
      readonly kind: 'options';
      readonly legs: readonly { readonly symbol: string; readonly ratio: number }[];
      readonly greeks: boolean;
    }
  | { readonly kind: 'orders'; readonly accounts: readonly string[] }
  | { readonly kind: 'ordersById'; readonly accounts: readonly string[]; readonly ids: readonly string[] }
  | { readonly kind: 'positions'; readonly accounts: readonly string[]; readonly onlyChanges: boolean }
  | { readonly kind: 'ticks'; readonly symbol: string };

const MOST_BARS = 57_600;
const units: Readonly<Record<string, string>> = { Daily: '1d', Weekly: '1w', Monthly: '1M' };

/** @returns An HTTP status for what is no stream. */
export function streamOf({ pathname, searchParams: query }: URL): TradestationStream | number {
  const parts = pathname.split('/').slice(1).map(decodeURIComponent);
  const [version, area, stream, kind = '', name = '', last = '', more] = parts;
  if (version === 'v2' && area === 'stream' && stream === 'tickbars') return { kind: 'ticks', symbol: kind };
  if (version !== 'v3') return 404;
  if (area === 'brokerage' && stream === 'stream' && kind === 'accounts') {
    const accounts = [...new Set(name.split(','))];
    if (accounts.length > 25) return 400;
    if (last === 'positions') return { kind: last, accounts, onlyChanges: query.get('changes') === 'true' };
    if (last !== 'orders') return 404;
    if (more === undefined) return { kind: last, accounts };
    const ids = [...new Set(more.split(','))];
    return ids.length > 50 ? 400 : { kind: 'ordersById', accounts, ids };
  }
  if (area !== 'marketdata' || stream !== 'stream') return 404;
  switch (kind) {
    case 'quotes': {
      const symbols = name.split(',');
      return symbols.length > 100 ? 400 : { kind: 'quotes', symbols };
    }
    case 'barcharts':
      return barsOf(name, query);
    case 'marketdepth': {
      const levels = Number(query.get('maxlevels') ?? 20);
      if (!Number.isInteger(levels) || levels < 1) return 400;
      return name === 'quotes' || name === 'aggregates' ? { kind: 'depth', symbol: last, form: name, levels } : 404;
    }
    case 'options': {
      const greeks = query.get('enableGreeks') !== 'false';
      if (name === 'chains') {
        const type = query.get('optionType') ?? 'All';
        const strikes = Number(query.get('strikeProximity') ?? 5);
        return { kind: 'chain', symbol: last, greeks, strikes, type };
      }
      return name === 'quotes' ? { kind: 'options', legs: legsOf(query), greeks } : 404;
    }
    default:
      return 404;
  }
}

/** Which bars are asked for, on a stream or in a request. */
export function barsOf(
  symbol: string,
  query: URLSearchParams,
): Extract<TradestationStream, { readonly kind: 'bars' }> | 400 {
  const minutes = Number(query.get('interval') ?? 1);
  const text = units[query.get('unit') ?? 'Daily'] ?? (minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`);
  const [back, first, last] = [query.get('barsback'), query.get('firstdate'), query.get('lastdate')];
  const barsBack = Number(back ?? (first === null ? 1 : MOST_BARS));
  const isCount = Number.isInteger(barsBack) && barsBack >= 1 && barsBack <= MOST_BARS;
  const until = last === null ? undefined : Date.parse(last);
  const since = first === null ? undefined : Date.parse(first);
  // A count or a beginning.
  const isOne = back === null || first === null;
  const isRight = isCount && isOne && !Number.isNaN(until ?? 0) && !Number.isNaN(since ?? 0);
  return isInterval(text) && isRight ? { kind: 'bars', symbol, interval: text, barsBack, until, since } : 400;
}

function legsOf(query: URLSearchParams): readonly { readonly symbol: string; readonly ratio: number }[] {
  const legs: { readonly symbol: string; readonly ratio: number }[] = [];
  for (let symbol = query.get('legs[0].Symbol'); symbol !== null; symbol = query.get(`legs[${legs.length}].Symbol`)) {
    legs.push({ symbol, ratio: Number(query.get(`legs[${legs.length}].Ratio`) ?? 1) });
  }
  return legs;
}

/** The address of what is asked for by name on a WebSocket. */
export function pathOf(stream: string, params: Readonly<Record<string, unknown>>): string {
  const text = (name: string): string => encodeURIComponent(String(params[name]));
  const list = (name: string): string => encodeURIComponent(String(params[name]));
  const query = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)])).toString();
  switch (stream) {
    case 'quotes':
      return `/v3/marketdata/stream/quotes/${list('symbols')}`;
    case 'bars':
      return `/v3/marketdata/stream/barcharts/${text('symbol')}?${query}`;
    case 'depth-quotes':
    case 'depth-aggregates':
      return `/v3/marketdata/stream/marketdepth/${stream.slice(6)}/${text('symbol')}?${query}`;
    case 'optionchain':
      return `/v3/marketdata/stream/options/chains/${text('underlying')}?${query}`;
    case 'optionquotes':
      return `/v3/marketdata/stream/options/quotes?${query}`;
    case 'tickbars':
      return `/v2/stream/tickbars/${text('symbol')}/${text('ticks')}/${text('barsBack')}`;
    default:
      return `/v3/brokerage/stream/accounts/${list('accounts')}/${stream}`;
  }
}
