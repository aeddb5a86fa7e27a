import { checkWhole } from '../../errors/checks.js';
import { aBoolean, aNumber, aText, baseOf, checkOptions, restOf } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { CHANNELS_PER_WIRE, hosts, MESSAGES_PER_SECOND, MOST_MESSAGES, restOfHost } from './endpoint.js';

/** Where Kraken is talked to, and how. */
export interface KrakenOptions extends ExchangeOptions {
  /** The venue's beta instead. Default: no. */
  readonly beta?: boolean;
  /** The sockets' base, `wss://…` without a path. Default: the venue's own. */
  readonly url?: string;
  /** Where requests go, `https://…`. Default: what belongs to the host of the sockets. */
  readonly restUrl?: string;
  /** Channels on one connection before a further one is opened. Default: 200; the venue names no limit. */
  readonly channelsPerWire?: number;
  /** Messages sent on one connection in a second, at most 100. Default: 10; the venue names no limit, but has one. */
  readonly messagesPerSecond?: number;
}

export interface Settings {
  /** Without a path. */
  readonly base: string;
  readonly restUrl: string;
  readonly channelsPerWire: number;
  readonly messagesPerSecond: number;
}

const rules = {
  ...exchangeRules,
  beta: aBoolean,
  url: aText,
  restUrl: aText,
  channelsPerWire: aNumber,
  messagesPerSecond: aNumber,
};

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: KrakenOptions): Settings {
  checkOptions('options', options, rules);
  const { beta = false, url = hosts[beta ? 'beta' : 'live'] } = options;
  const { channelsPerWire = CHANNELS_PER_WIRE, messagesPerSecond = MESSAGES_PER_SECOND } = options;
  checkWhole('channelsPerWire', 10_000, channelsPerWire);
  checkWhole('messagesPerSecond', MOST_MESSAGES, messagesPerSecond);
  const base = baseOf('url', 'ws', url, 'no path');
  return { base, restUrl: restOf(options.restUrl, base, restOfHost), channelsPerWire, messagesPerSecond };
}
