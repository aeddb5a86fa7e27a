import { check, checkOneOf, checkWhole } from '../../errors/checks.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import {
  BOOKS_PER_WIRE,
  CHANNELS_PER_WIRE,
  DEMO_BUSINESS,
  hosts,
  type OkxGroup,
  type OkxRegion,
  paths,
} from './endpoint.js';

/** Which OKX is talked to, and how. */
export interface OkxOptions extends ExchangeOptions {
  /** Default: `global`. */
  readonly region?: OkxRegion;
  /** The site's demo trading instead, with prices of its own. Default: no. */
  readonly demo?: boolean;
  /**
   * The sockets' base, `wss://…` without a path: for OKCoin (`wss://real.okcoin.com:8443`) and whoever else speaks this
   * protocol. Default: that of the region.
   */
  readonly url?: string;
  /** Deep books on one connection before a further one is opened. Default: 29, the most that the venue recommends. */
  readonly booksPerWire?: number;
  /** All other channels on one connection, likewise. Default: 100; the venue names no limit. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  /** The address of each kind of wire. */
  readonly urlOf: (group: OkxGroup) => string;
  readonly booksPerWire: number;
  readonly channelsPerWire: number;
}

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf({
  region = 'global',
  demo = false,
  url,
  booksPerWire = BOOKS_PER_WIRE,
  channelsPerWire = CHANNELS_PER_WIRE,
}: OkxOptions): Settings {
  checkOneOf('region', ['global', 'eea', 'us'], region);
  checkOneOf('demo', [true, false], demo);
  checkWhole('booksPerWire', 1_000, booksPerWire);
  checkWhole('channelsPerWire', 1_000, channelsPerWire);
  const base = (url ?? hosts[region][demo ? 1 : 0]).replace(/\/+$/, '');
  check('url', /^wss?:\/\/[^/]/.test(base), 'a ws:// or wss:// address', base);
  return {
    urlOf: (group) => `${base}${paths[group]}${group === 'business' && demo ? DEMO_BUSINESS : ''}`,
    booksPerWire,
    channelsPerWire,
  };
}
