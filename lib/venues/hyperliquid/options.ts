import { checkWhole } from '../../errors/checks.js';
import { aBoolean, aNumber, aText, baseOf, checkOptions, restOf } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { CHANNELS_PER_WIRE, hosts } from './endpoint.js';

/** Which Hyperliquid is talked to, and how. */
export interface HyperliquidOptions extends ExchangeOptions {
  /** The venue's testnet instead. Default: no. */
  readonly testnet?: boolean;
  /** The sockets' address. Default: that of the venue. */
  readonly url?: string;
  /** Where requests go, `https://…`. Default: the host of the sockets. */
  readonly restUrl?: string;
  /** Channels on one connection before a further one is opened, at most 1,000: an address has no more. Default: 1,000. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  readonly socketUrl: string;
  readonly restUrl: string;
  readonly channelsPerWire: number;
}

const rules = { ...exchangeRules, testnet: aBoolean, url: aText, restUrl: aText, channelsPerWire: aNumber };

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: HyperliquidOptions): Settings {
  checkOptions('options', options, rules);
  const { testnet = false, url, channelsPerWire = CHANNELS_PER_WIRE } = options;
  checkWhole('channelsPerWire', CHANNELS_PER_WIRE, channelsPerWire);
  const socketUrl = baseOf('url', 'ws', url ?? hosts[testnet ? 'testnet' : 'live']);
  return { socketUrl, restUrl: restOf(options.restUrl, socketUrl, {}), channelsPerWire };
}
