import { checkOneOf, checkWhole } from '../../errors/checks.js';
import { aBoolean, aNumber, aText, baseOf, checkOptions } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { type BinanceMarket, type MarketEndpoint, MAX_STREAMS, WHOLE_HOST, markets, restOfHost } from './endpoint.js';

/** Which Binance is talked to, and how. */
export interface BinanceOptions extends ExchangeOptions {
  /** Default: `spot`. */
  readonly market?: BinanceMarket;
  /** The socket's base, `wss://…` without a path. Default: the market's own. */
  readonly url?: string;
  /**
   * The REST base. Default: the market's own; where `url` is given, what belongs to that host of the venue
   * (`data-stream.binance.vision` has `data-api.binance.vision`), and to any other host the same, `https` for `wss`. Name it
   * for the test networks, whose hosts differ.
   */
  readonly restUrl?: string;
  /**
   * Whether USD-M is split into `/public` and `/market`, as it is since April 2026. What is not is asked for at `/stream`.
   * Default: true for USD-M, but for its test network `fstream.binancefuture.com`.
   */
  readonly split?: boolean;
  /** Streams on one connection before a further one is opened, at most 1,024. Default: 1,024. */
  readonly streamsPerWire?: number;
}

export interface Settings extends MarketEndpoint {
  readonly market: BinanceMarket;
  readonly streamsPerWire: number;
  readonly split: boolean;
}

const rules = { ...exchangeRules, market: aText, url: aText, restUrl: aText, split: aBoolean, streamsPerWire: aNumber };

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: BinanceOptions): Settings {
  checkOptions('options', options, rules);
  const { market = 'spot', url, restUrl, streamsPerWire = MAX_STREAMS } = options;
  checkOneOf('market', ['spot', 'usdm', 'coinm'], market);
  checkWhole('streamsPerWire', MAX_STREAMS, streamsPerWire);
  const own = markets[market];
  const socket = baseOf('url', 'ws', url ?? own.socket, 'no path');
  const host = new URL(socket).hostname;
  const rest = baseOf('restUrl', 'http', restUrl ?? restOfHost[host] ?? socket.replace('ws', 'http'));
  const split = options.split ?? (market === 'usdm' && host !== WHOLE_HOST);
  return { ...own, socket, rest, market, streamsPerWire, split };
}
