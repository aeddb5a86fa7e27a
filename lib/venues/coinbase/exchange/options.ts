import { checkOneOf, checkWhole } from '../../../errors/checks.js';
import { aBoolean, aDuration, aNumber, aText, baseOf, checkOptions, restOf } from '../../../errors/optionRules.js';
import type { BookParameters } from '../../../feed/books.js';
import type { ExchangeOptions } from '../../../feed/exchange.js';
import { exchangeRules } from '../../../feed/exchangeRules.js';
import type { CoinbaseBookChannel } from './depth.js';
import { CHANNELS_PER_WIRE, hosts, restOfHost } from './endpoint.js';
import type { CoinbaseExchangeBookOptions } from './exchange.js';

/** Where Coinbase Exchange is talked to, and how. */
export interface CoinbaseExchangeOptions extends ExchangeOptions {
  /** The venue's sandbox instead. Default: no. */
  readonly sandbox?: boolean;
  /** The sockets' address, `wss://…` without a path. Default: the venue's own. */
  readonly url?: string;
  /** Where requests go, `https://…`. Default: what belongs to the host of the sockets. */
  readonly restUrl?: string;
  /** Channels on one connection before a further one is opened. Default: 100; the venue names no limit. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  readonly socketUrl: string;
  readonly restUrl: string;
  readonly channelsPerWire: number;
}

/** What one book differs by from another. */
export interface CoinbaseBook extends BookParameters {
  readonly channel: CoinbaseBookChannel;
}

const rules = { ...exchangeRules, sandbox: aBoolean, url: aText, restUrl: aText, channelsPerWire: aNumber };
const bookRules = { channel: aText, silentAfter: aDuration };

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: CoinbaseExchangeOptions): Settings {
  checkOptions('options', options, rules);
  const { sandbox = false, url, channelsPerWire = CHANNELS_PER_WIRE } = options;
  checkWhole('channelsPerWire', 10_000, channelsPerWire);
  const socketUrl = baseOf('url', 'ws', url ?? hosts[sandbox ? 'sandbox' : 'live'], 'no path');
  return { socketUrl, restUrl: restOf(options.restUrl, socketUrl, restOfHost), channelsPerWire };
}

/** @throws InvalidArgumentError for what can't be meant. */
export function bookOptionsOf(options: CoinbaseExchangeBookOptions = {}): Omit<CoinbaseBook, 'instrument'> {
  checkOptions('options', options, bookRules);
  const { channel = 'level2_batch', silentAfter } = options;
  checkOneOf('channel', ['level2_batch', 'level2'], channel);
  return { channel, silentAfter };
}
