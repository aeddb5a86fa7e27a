import { check } from '../../errors/checks.js';
import type { Topic } from '../../socket/plan.js';
import { type TradestationResource, accepts } from './endpoint.js';

/** One physical stream: what is asked for, in the venue's words. */
export interface TradestationStreamRequest {
  /** What makes two streams the same. */
  readonly key: string;
  /** What the venue counts it by. */
  readonly resource: TradestationResource;
  /** The name of the kind of stream, for transports that are told by name. */
  readonly stream: string;
  /** Encoded, from the host on. */
  readonly path: string;
  /** Parameters of the address, not encoded. */
  readonly query: Readonly<Record<string, string>>;
  /** The media type that is asked for. */
  readonly accept: string;
  /** The same as path and query, by name. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** A stream about one thing: channel and wire are one. */
export const topicOf = ({ key }: TradestationStreamRequest): Topic => ({ key, group: key });

/** The kind of wire that quotes share. */
export const QUOTES = 'quotes';

export const quoteKey = (symbol: string): string => `${QUOTES} ${symbol}`;

/** One symbol of a wire of quotes. A change means nothing without the full frame before it. */
export const quoteTopic = (symbol: string): Topic => ({
  key: quoteKey(symbol),
  group: QUOTES,
  fromStart: true,
  detail: symbol,
});

/** Not in a symbol: it would end it, or the path. */
const FORBIDDEN = /[\p{Cc}\p{Surrogate},/?#]/u;

/**
 * A symbol as the venue wants it. In lower case it is served with empty quotes.
 *
 * @throws InvalidArgumentError for what can't be one.
 */
export function symbolOf(symbol: string): string {
  const text = typeof symbol === 'string' ? symbol.trim().toUpperCase() : '';
  check('symbol', text !== '' && !FORBIDDEN.test(text), 'such as MSFT, ESM26 or MSFT 220916C305', symbol);
  return text;
}

/** Symbols, accounts or ids in a path: each encoded, joined by commas. */
const listOf = (items: readonly string[]): string => items.map(encodeURIComponent).join(',');

export const quotesRequest = (symbols: readonly string[]): TradestationStreamRequest => ({
  key: QUOTES,
  resource: 'quotes',
  stream: 'quotes',
  path: `/v3/marketdata/stream/quotes/${listOf(symbols)}`,
  query: {},
  accept: accepts.marketData,
  params: { symbols },
});

/** A stream about one thing of the market. */
export function marketDataRequest(
  resource: TradestationResource,
  stream: string,
  path: string,
  query: Readonly<Record<string, string>>,
  params: Readonly<Record<string, unknown>>,
): TradestationStreamRequest {
  const key = [stream, ...Object.values(params).map(String), ...Object.entries(query).flat()].join(' ');
  const accept = stream === 'tickbars' ? accepts.tickBars : accepts.marketData;
  return { key, resource, stream, path, query, accept, params: { ...params, ...query } };
}

/** A stream about accounts. */
export function brokerageRequest(
  resource: 'orders' | 'positions',
  accounts: readonly string[],
  query: Readonly<Record<string, string>>,
): TradestationStreamRequest {
  return {
    key: `${resource} ${accounts.join(',')}`,
    resource,
    stream: resource,
    path: `/v3/brokerage/stream/accounts/${listOf(accounts)}/${resource}`,
    query,
    accept: accepts.brokerage,
    params: { accounts, ...query },
  };
}

/** @throws InvalidArgumentError unless there are 1 to 25 accounts. */
export function accountsOf(accounts: readonly string[]): readonly string[] {
  check('accounts', Array.isArray(accounts), '1 to 25 account ids', accounts);
  const names = [...new Set(accounts)].sort();
  const wrong = names.filter((name) => typeof name !== 'string' || !/^[\w-]+$/.test(name));
  const isRight = names.length >= 1 && names.length <= 25 && wrong.length === 0;
  check('accounts', isRight, '1 to 25 account ids', wrong.length > 0 ? wrong[0] : names.length);
  return names;
}

/** The address of a stream by HTTP. */
export function urlOf(base: string, { path, query }: Pick<TradestationStreamRequest, 'path' | 'query'>): string {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return `${base}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}
