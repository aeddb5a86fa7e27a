import { checkWhole } from '../../../errors/checks.js';
import { aDuration, aFunction, aNumber, aText, baseOf, checkOptions, restOf } from '../../../errors/optionRules.js';
import type { BookParameters } from '../../../feed/books.js';
import type { TokenProvider } from '../../../feed/credentials.js';
import type { ExchangeOptions } from '../../../feed/exchange.js';
import { exchangeRules } from '../../../feed/exchangeRules.js';
import { BOOKS_PER_WIRE, CHANNELS_PER_WIRE, HOST, restOfHost } from './endpoint.js';
import type { CoinbaseAdvancedBookOptions } from './exchange.js';

/** Where Coinbase Advanced Trade is talked to, and how. */
export interface CoinbaseAdvancedOptions extends ExchangeOptions {
  /** The sockets' address, `wss://…` without a path. Default: the venue's own. */
  readonly url?: string;
  /** Where requests go, `https://…`. Default: what belongs to the host of the sockets. */
  readonly restUrl?: string;
  /**
   * Gives the JWTs that messages bear; one is good for 120 s, and asked for again ahead of that. The venue recommends one and
   * does not need it for market data. Default: none. They are never told.
   */
  readonly jwt?: TokenProvider;
  /** Books on one connection before a further one is opened, at most 30. Default: 16; of 32 the venue refuses some. */
  readonly booksPerWire?: number;
  /** All other channels on one connection, likewise. Default: 100; the venue names no limit. */
  readonly channelsPerWire?: number;
}

export interface Settings {
  readonly socketUrl: string;
  readonly restUrl: string;
  readonly jwt: TokenProvider | undefined;
  readonly booksPerWire: number;
  readonly channelsPerWire: number;
}

const rules = {
  ...exchangeRules,
  url: aText,
  restUrl: aText,
  jwt: aFunction,
  booksPerWire: aNumber,
  channelsPerWire: aNumber,
};
const bookRules = { silentAfter: aDuration };

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: CoinbaseAdvancedOptions): Settings {
  checkOptions('options', options, rules);
  const { url = HOST, jwt, booksPerWire = BOOKS_PER_WIRE, channelsPerWire = CHANNELS_PER_WIRE } = options;
  checkWhole('booksPerWire', 30, booksPerWire);
  checkWhole('channelsPerWire', 10_000, channelsPerWire);
  const socketUrl = baseOf('url', 'ws', url, 'no path');
  return { socketUrl, restUrl: restOf(options.restUrl, socketUrl, restOfHost), jwt, booksPerWire, channelsPerWire };
}

/** @throws InvalidArgumentError for what can't be meant. */
export function bookOptionsOf(options: CoinbaseAdvancedBookOptions = {}): Omit<BookParameters, 'instrument'> {
  checkOptions('options', options, bookRules);
  return { silentAfter: options.silentAfter };
}
