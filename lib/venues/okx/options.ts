import { checkOneOf, checkWhole } from '../../errors/checks.js';
import { aBoolean, aNumber, aText, baseOf, checkOptions, restOf } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import type { HttpRequest } from '../../network/network.js';
import {
  BOOKS_PER_WIRE,
  CHANNELS_PER_WIRE,
  DEMO_BUSINESS,
  DEMO_HEADERS,
  hosts,
  isDemoHost,
  type OkxGroup,
  type OkxRegion,
  paths,
  restOfHost,
} from './endpoint.js';

/** Which OKX is talked to, and how. */
export interface OkxOptions extends ExchangeOptions {
  /** Default: `global`. */
  readonly region?: OkxRegion;
  /** The site's demo trading instead, with prices of its own. Default: no, but where `url` is of a demo site. */
  readonly demo?: boolean;
  /**
   * The sockets' base, `wss://…` without a path: for OKCoin (`wss://real.okcoin.com:8443`) and whoever else speaks this
   * protocol. Default: that of the region.
   */
  readonly url?: string;
  /** Where requests go, `https://…`. Default: what belongs to the host of the sockets. */
  readonly restUrl?: string;
  /** Deep books on one connection before a further one is opened. Default: 29, the most that the venue recommends. */
  readonly booksPerWire?: number;
  /** All other channels on one connection, likewise. Default: 100; the venue names no limit. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  /** The address of each kind of wire. */
  readonly urlOf: (group: OkxGroup) => string;
  /** The request for what stands under a path. */
  readonly requestOf: (path: string) => HttpRequest;
  readonly booksPerWire: number;
  readonly channelsPerWire: number;
}

const rules = {
  ...exchangeRules,
  region: aText,
  demo: aBoolean,
  url: aText,
  restUrl: aText,
  booksPerWire: aNumber,
  channelsPerWire: aNumber,
};

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: OkxOptions): Settings {
  checkOptions('options', options, rules);
  const { region = 'global', url } = options;
  const { booksPerWire = BOOKS_PER_WIRE, channelsPerWire = CHANNELS_PER_WIRE } = options;
  checkOneOf('region', ['global', 'eea', 'us'], region);
  checkWhole('booksPerWire', 1_000, booksPerWire);
  checkWhole('channelsPerWire', 1_000, channelsPerWire);
  const base = baseOf('url', 'ws', url ?? hosts[region][options.demo === true ? 1 : 0], 'no path');
  const demo = options.demo ?? isDemoHost(base);
  const rest = restOf(options.restUrl, base, restOfHost);
  return {
    urlOf: (group) => `${base}${paths[group]}${group === 'business' && demo ? DEMO_BUSINESS : ''}`,
    requestOf: (path) => ({ method: 'GET', url: `${rest}${path}`, ...(demo && { headers: DEMO_HEADERS }) }),
    booksPerWire,
    channelsPerWire,
  };
}
