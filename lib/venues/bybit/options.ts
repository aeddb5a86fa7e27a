import { checkOneOf, checkWhole } from '../../errors/checks.js';
import { aBoolean, aNumber, aText, baseOf, checkOptions, restOf } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { type BybitCategory, hosts, MAX_TOPICS, pathOf, restOfHost } from './endpoint.js';

/** Which Bybit is talked to, and how. */
export interface BybitOptions extends ExchangeOptions {
  /** Default: `linear`, which is USDT and USDC contracts. */
  readonly category?: BybitCategory;
  /** The venue's testnet instead. Default: no. */
  readonly testnet?: boolean;
  /** The sockets' base, `wss://…` without a path: some regions have hosts of their own. Default: the venue's main one. */
  readonly url?: string;
  /** Where requests go, `https://…`. Default: what belongs to the host of the sockets. */
  readonly restUrl?: string;
  /** Channels on one connection before a further one is opened, at most 420. Default: 420. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  readonly category: BybitCategory;
  readonly socketUrl: string;
  readonly restUrl: string;
  readonly channelsPerWire: number;
}

const rules = {
  ...exchangeRules,
  category: aText,
  testnet: aBoolean,
  url: aText,
  restUrl: aText,
  channelsPerWire: aNumber,
};

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: BybitOptions): Settings {
  checkOptions('options', options, rules);
  const { category = 'linear', testnet = false, url, channelsPerWire = MAX_TOPICS } = options;
  checkOneOf('category', ['spot', 'linear', 'inverse', 'option'], category);
  checkWhole('channelsPerWire', MAX_TOPICS, channelsPerWire);
  const base = baseOf('url', 'ws', url ?? hosts[testnet ? 'testnet' : 'live'], 'no path');
  const rest = restOf(options.restUrl, base, restOfHost);
  return { category, socketUrl: `${base}${pathOf(category)}`, restUrl: rest, channelsPerWire };
}
