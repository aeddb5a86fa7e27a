import { check, checkOneOf, checkWhole } from '../../errors/checks.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { type BybitCategory, hosts, MAX_TOPICS, pathOf } from './endpoint.js';

/** Which Bybit is talked to, and how. */
export interface BybitOptions extends ExchangeOptions {
  /** Default: `linear`, which is USDT and USDC contracts. */
  readonly category?: BybitCategory;
  /** The venue's testnet instead. Default: no. */
  readonly testnet?: boolean;
  /** The sockets' base, `wss://…` without a path: some regions have hosts of their own. Default: the venue's main one. */
  readonly url?: string;
  /** Channels on one connection before a further one is opened, at most 420. Default: 420. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  readonly category: BybitCategory;
  readonly socketUrl: string;
  readonly channelsPerWire: number;
}

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf({
  category = 'linear',
  testnet = false,
  url = hosts[testnet ? 'testnet' : 'live'],
  channelsPerWire = MAX_TOPICS,
}: BybitOptions): Settings {
  checkOneOf('category', ['spot', 'linear', 'inverse', 'option'], category);
  checkOneOf('testnet', [true, false], testnet);
  checkWhole('channelsPerWire', MAX_TOPICS, channelsPerWire);
  const base = url.replace(/\/+$/, '');
  check('url', /^wss?:\/\/[^/]/.test(base), 'a ws:// or wss:// address', base);
  return { category, socketUrl: `${base}${pathOf(category)}`, channelsPerWire };
}
