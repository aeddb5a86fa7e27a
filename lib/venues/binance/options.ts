import { checkOneOf, checkWhole } from '../../errors/checks.js';
import { aNumber, aText, baseOf, checkOptions } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { type BinanceMarket, type MarketEndpoint, MAX_STREAMS, markets } from './endpoint.js';

/** Which Binance is talked to, and how. */
export interface BinanceOptions extends ExchangeOptions {
  /** Default: `spot`. */
  readonly market?: BinanceMarket;
  /** The socket's base, `wss://…` without a path. Default: the market's own. */
  readonly url?: string;
  /** The REST base. Default: the market's own, or that of `url` where that is given: `https` for `wss`. */
  readonly restUrl?: string;
  /** Streams on one connection before a further one is opened, at most 1,024. Default: 1,024. */
  readonly streamsPerWire?: number;
}

export interface Settings extends MarketEndpoint {
  readonly market: BinanceMarket;
  readonly streamsPerWire: number;
}

const rules = { ...exchangeRules, market: aText, url: aText, restUrl: aText, streamsPerWire: aNumber };

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: BinanceOptions): Settings {
  checkOptions('options', options, rules);
  const { market = 'spot', url, restUrl, streamsPerWire = MAX_STREAMS } = options;
  checkOneOf('market', ['spot', 'usdm'], market);
  checkWhole('streamsPerWire', MAX_STREAMS, streamsPerWire);
  const own = markets[market];
  const socket = baseOf('url', 'ws', url ?? own.socket, 'no path');
  const rest = baseOf('restUrl', 'http', restUrl ?? (url === undefined ? own.rest : socket.replace('ws', 'http')));
  return { ...own, socket, rest, market, streamsPerWire };
}
