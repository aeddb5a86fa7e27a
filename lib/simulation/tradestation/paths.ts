import { isInterval, type Interval } from '../market/interval.js';

/** What a stream's address asks for. */
export type TradestationStream =
  | { readonly kind: 'quotes'; readonly symbols: readonly string[] }
  | { readonly kind: 'bars'; readonly symbol: string; readonly interval: Interval; readonly barsBack: number }
  | { readonly kind: 'depth'; readonly symbol: string; readonly form: 'quotes' | 'aggregates'; readonly levels: number }
  | { readonly kind: 'chain'; readonly symbol: string; readonly greeks: boolean; readonly strikes: number }
  | { readonly kind: 'options'; readonly legs: readonly { readonly symbol: string; readonly ratio: number }[] }
  | { readonly kind: 'orders' | 'positions'; readonly accounts: readonly string[] }
  | { readonly kind: 'ticks'; readonly symbol: string };

const units: Readonly<Record<string, string>> = { Daily: '1d', Weekly: '1w', Monthly: '1M' };

/** @returns An HTTP status for what is no stream. */
export function streamOf({ pathname, searchParams: query }: URL): TradestationStream | number {
  const parts = pathname.split('/').slice(1).map(decodeURIComponent);
  const [version, area, stream, kind = '', name = '', last = ''] = parts;
  if (version === 'v2' && area === 'stream' && stream === 'tickbars') return { kind: 'ticks', symbol: kind };
  if (version !== 'v3') return 404;
  if (area === 'brokerage' && stream === 'stream' && kind === 'accounts') {
    const accounts = name.split(',');
    if (accounts.length > 25) return 400;
    return last === 'orders' || last === 'positions' ? { kind: last, accounts } : 404;
  }
  if (area !== 'marketdata' || stream !== 'stream') return 404;
  switch (kind) {
    case 'quotes': {
      const symbols = name.split(',');
      return symbols.length > 100 ? 400 : { kind: 'quotes', symbols };
    }
    case 'barcharts': {
      const minutes = Number(query.get('interval') ?? 1);
      const text = units[query.get('unit') ?? 'Daily'] ?? (minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`);
      const barsBack = Number(query.get('barsback') ?? 1);
      return isInterval(text) ? { kind: 'bars', symbol: name, interval: text, barsBack } : 400;
    }
    case 'marketdepth': {
      const levels = Number(query.get('maxlevels') ?? 20);
      if (!Number.isInteger(levels) || levels < 1) return 400;
      return name === 'quotes' || name === 'aggregates' ? { kind: 'depth', symbol: last, form: name, levels } : 404;
    }
    case 'options':
      if (name === 'chains') {
        const greeks = query.get('enableGreeks') !== 'false';
        return { kind: 'chain', symbol: last, greeks, strikes: Number(query.get('strikeProximity') ?? 5) };
      }
      return name === 'quotes' ? { kind: 'options', legs: legsOf(query) } : 404;
    default:
      return 404;
  }
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
