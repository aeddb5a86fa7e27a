import type { Interval } from '../market/interval.js';
import type { Leg } from './option.js';
import { TradestationParameters } from './parameters.js';
import { type Refused, badRequest, notFound } from './refused.js';
import { type Pricing, type WantedChain, chainOf, pricingOf } from './wantedChain.js';

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
  | WantedChain
  | { readonly kind: 'options'; readonly legs: readonly Leg[]; readonly pricing: Pricing }
  | { readonly kind: 'orders'; readonly accounts: readonly string[] }
  | { readonly kind: 'ordersById'; readonly accounts: readonly string[]; readonly ids: readonly string[] }
  | { readonly kind: 'positions'; readonly accounts: readonly string[]; readonly onlyChanges: boolean }
  | { readonly kind: 'ticks'; readonly symbol: string; readonly ticks: number; readonly barsBack: number };

const MOST_BARS = 57_600;
/** Bars of minutes reach back no further. */
const MOST_MINUTES = 500_000;
const MOST_LEGS = 20;
const units = { Minute: undefined, Daily: '1d', Weekly: '1w', Monthly: '1M' } as const;
/** US stocks alone have hours: this market is open all day, so that there is nothing outside of its session. */
const templates = ['Default', 'USEQPre', 'USEQPost', 'USEQPreAndPost', 'USEQ24Hour'] as const;

/** @returns What a stream's address asks for, or why there is none. */
export function streamOf({ pathname, searchParams: query }: URL): TradestationStream | Refused {
  const parts = pathname.split('/').slice(1).map(decodeURIComponent);
  const [version, area, stream, kind = '', name = '', last = '', more] = parts;
  if (version === 'v2' && area === 'stream' && stream === 'tickbars') return ticksOf(kind, name, last);
  if (version !== 'v3') return notFound;
  if (area === 'brokerage' && stream === 'stream' && kind === 'accounts') return ofAccounts(name, last, more, query);
  if (area !== 'marketdata' || stream !== 'stream') return notFound;
  switch (kind) {
    case 'quotes': {
      const symbols = name.split(',');
      return symbols.length > 100 ? badRequest('symbols are 100 at most') : { kind: 'quotes', symbols };
    }
    case 'barcharts':
      return barsOf(name, query);
    case 'marketdepth':
      return depthOf(name, last, query);
    case 'options':
      if (name === 'chains') return chainOf(last, query);
      return name === 'quotes' ? optionsOf(query) : notFound;
    default:
      return notFound;
  }
}

function ofAccounts(
  list: string,
  what: string,
  orders: string | undefined,
  query: URLSearchParams,
): TradestationStream | Refused {
  const accounts = [...new Set(list.split(','))];
  if (accounts.length > 25) return badRequest('accounts are 25 at most');
  if (what === 'positions') {
    const parameters = new TradestationParameters(query);
    const onlyChanges = parameters.flag('changes', false);
    return parameters.refused ?? { kind: 'positions', accounts, onlyChanges };
  }
  if (what !== 'orders') return notFound;
  if (orders === undefined) return { kind: 'orders', accounts };
  const ids = [...new Set(orders.split(','))];
  return ids.length > 50 ? badRequest('orders are 50 at most') : { kind: 'ordersById', accounts, ids };
}

function depthOf(form: string, symbol: string, query: URLSearchParams): TradestationStream | Refused {
  if (form !== 'quotes' && form !== 'aggregates') return notFound;
  const parameters = new TradestationParameters(query);
  const levels = parameters.number('maxlevels', 20, 'a whole number from 1 on', (value) => {
    return Number.isInteger(value) && value >= 1;
  });
  return parameters.refused ?? { kind: 'depth', symbol, form, levels };
}

/** How many ticks make a bar, and how many bars of the past are told. */
function ticksOf(symbol: string, ticks: string, barsBack: string): TradestationStream | Refused {
  const parameters = new TradestationParameters(new URLSearchParams({ ticks, barsBack }));
  const wanted = { ticks: parameters.whole('ticks', 1, 64_999, 1), barsBack: parameters.whole('barsBack', 1, 10, 1) };
  return parameters.refused ?? { kind: 'ticks', symbol, ticks: wanted.ticks, barsBack: wanted.barsBack };
}

type WantedBars = Extract<TradestationStream, { readonly kind: 'bars' }>;

/** Which bars are asked for, on a stream: so many of the past, and those to come. */
export function barsOf(symbol: string, query: URLSearchParams): WantedBars | Refused {
  const parameters = new TradestationParameters(query);
  const unit = parameters.word('unit', ['Minute', 'Daily', 'Weekly', 'Monthly'], 'Daily');
  const minutes = parameters.whole('interval', 1, unit === 'Minute' ? 1_440 : 1, 1);
  const barsBack = parameters.whole('barsback', 1, MOST_BARS, 1);
  if (unit === 'Minute' && barsBack * minutes > MOST_MINUTES)
    parameters.refuse('barsback', `barsback by interval is ${MOST_MINUTES} minutes at most`);
  parameters.word('sessiontemplate', templates, 'Default');
  return parameters.refused ?? { kind: 'bars', symbol, interval: units[unit] ?? `${minutes}min`, barsBack };
}

/** Likewise in a request, which may name a first and a last date as well. */
export function pastBarsOf(symbol: string, query: URLSearchParams): WantedBars | Refused {
  const parameters = new TradestationParameters(query);
  const since = parameters.time('firstdate');
  // The name that it had before.
  const [until, before] = [parameters.time('lastdate'), parameters.time('startdate')];
  if (until !== undefined && before !== undefined)
    parameters.refuse('lastdate', 'lastdate and startdate exclude each other');
  const back = parameters.text('barsback');
  if (since !== undefined && back !== undefined)
    parameters.refuse('firstdate', 'firstdate and barsback exclude each other');
  const bars = parameters.refused ?? barsOf(symbol, query);
  if ('status' in bars) return bars;
  return { ...bars, barsBack: since === undefined ? bars.barsBack : MOST_BARS, until: until ?? before, since };
}

function optionsOf(query: URLSearchParams): TradestationStream | Refused {
  const parameters = new TradestationParameters(query);
  const legs: Leg[] = [];
  for (let symbol = query.get('legs[0].Symbol'); symbol !== null; symbol = query.get(`legs[${legs.length}].Symbol`)) {
    const isRatio = (value: number): boolean => Number.isInteger(value) && value !== 0;
    legs.push({ symbol, ratio: parameters.number(`legs[${legs.length}].Ratio`, 1, 'a whole number, not 0', isRatio) });
    if (legs.length > MOST_LEGS) return badRequest(`legs are ${MOST_LEGS} at most`);
  }
  const named = [...query.keys()].filter((name) => name.endsWith('.Symbol')).length;
  if (legs.length === 0 || named > legs.length) parameters.refuse('legs', 'legs begin at legs[0].Symbol, without gaps');
  const pricing = pricingOf(parameters);
  return parameters.refused ?? { kind: 'options', legs, pricing };
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
