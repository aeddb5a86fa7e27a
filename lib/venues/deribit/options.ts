import { check, checkWhole } from '../../errors/checks.js';
import { aBoolean, aNumber, aText, anObject, baseOf, checkOptions, restOf } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { CHANNELS_PER_WIRE, hosts, restOfHost } from './endpoint.js';

/** A key of an account, as the venue gives it out. Reading rights are enough. */
export interface DeribitCredentials {
  /** Of an API key. */
  readonly clientId: string;
  /** Never printed. */
  readonly clientSecret: string;
}

/** Which Deribit is talked to, and how. */
export interface DeribitOptions extends ExchangeOptions {
  /** The venue's testnet instead. Default: no. */
  readonly testnet?: boolean;
  /** The address of the API, `wss://…/ws/api/v2`: `wss://streams.deribit.com/ws/api/v2`, say. Default: that of the venue. */
  readonly url?: string;
  /** Where requests go, `https://…`. Default: the host of the sockets, or what belongs to it. */
  readonly restUrl?: string;
  /** Signs each connection in, without which the venue refuses `raw` channels. Default: nobody is signed in. */
  readonly credentials?: DeribitCredentials;
  /** Channels on one connection before a further one is opened. Default: 500. The venue names no limit. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  readonly socketUrl: string;
  readonly restUrl: string;
  readonly credentials: DeribitCredentials | undefined;
  readonly channelsPerWire: number;
}

const rules = {
  ...exchangeRules,
  testnet: aBoolean,
  url: aText,
  restUrl: aText,
  credentials: anObject,
  channelsPerWire: aNumber,
};

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: DeribitOptions): Settings {
  checkOptions('options', options, rules);
  const { testnet = false, url, credentials, channelsPerWire = CHANNELS_PER_WIRE } = options;
  if (credentials !== undefined) {
    checkOptions('credentials', credentials, { clientId: aText, clientSecret: aText });
    const { clientId, clientSecret } = credentials as Partial<DeribitCredentials>;
    const isWhole = clientId !== undefined && clientSecret !== undefined;
    check('credentials', isWhole, 'clientId and clientSecret', Object.keys(credentials).join(' and '));
  }
  checkWhole('channelsPerWire', 10_000, channelsPerWire);
  const socketUrl = baseOf('url', 'ws', url ?? hosts[testnet ? 'testnet' : 'live']);
  return { socketUrl, restUrl: restOf(options.restUrl, socketUrl, restOfHost), credentials, channelsPerWire };
}
