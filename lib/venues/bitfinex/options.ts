import { checkWhole } from '../../errors/checks.js';
import { aNumber, aText, baseOf, checkOptions, restOf } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { CHANNELS_PER_WIRE, SOCKET } from './endpoint.js';

/** Which Bitfinex is talked to, and how. */
export interface BitfinexOptions extends ExchangeOptions {
  /** The sockets' address. Default: `wss://api-pub.bitfinex.com/ws/2`. */
  readonly url?: string;
  /** Where requests go, `https://…`. Default: the host of the sockets. */
  readonly restUrl?: string;
  /** Channels on one connection before a further one is opened. Default: 25, the most that the venue allows. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  readonly socketUrl: string;
  readonly restUrl: string;
  readonly channelsPerWire: number;
}

const rules = { ...exchangeRules, url: aText, restUrl: aText, channelsPerWire: aNumber };

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: BitfinexOptions): Settings {
  checkOptions('options', options, rules);
  const { url = SOCKET, channelsPerWire = CHANNELS_PER_WIRE } = options;
  checkWhole('channelsPerWire', CHANNELS_PER_WIRE, channelsPerWire);
  const socketUrl = baseOf('url', 'ws', url);
  return { socketUrl, restUrl: restOf(options.restUrl, socketUrl, {}), channelsPerWire };
}
