import { checkWhole } from '../../errors/checks.js';
import { aFunction, aNumber, aText, baseOf, checkOptions } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { REST, TOPICS_PER_WIRE } from './endpoint.js';
import type { KucoinSigner } from './snapshot.js';

/** Which KuCoin is talked to, and how. */
export interface KucoinOptions extends ExchangeOptions {
  /** Where requests go, `https://…`. Default: `https://api.kucoin.com`. */
  readonly restUrl?: string;
  /**
   * The sockets' address, without a query, for a proxy or a server of one's own that asks for no token. Default: what the
   * venue gives for each connection.
   */
  readonly url?: string;
  /**
   * Signs requests for whole books, which the venue gives to API keys only. Default: nobody; books are then the best 100
   * levels a side of the last snapshot, as far as they are known, and renewed when they run out.
   */
  readonly sign?: KucoinSigner;
  /** Topics on one connection before a further one is opened. Default: 300; older pages say 100, others 400. */
  readonly topicsPerWire?: number;
}

export interface Settings {
  readonly restUrl: string;
  readonly socketUrl: string | undefined;
  readonly sign: KucoinSigner | undefined;
  readonly topicsPerWire: number;
}

const rules = { ...exchangeRules, restUrl: aText, url: aText, sign: aFunction, topicsPerWire: aNumber };

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: KucoinOptions): Settings {
  checkOptions('options', options, rules);
  const { restUrl = REST, url, sign, topicsPerWire = TOPICS_PER_WIRE } = options;
  checkWhole('topicsPerWire', 1_000, topicsPerWire);
  return {
    restUrl: baseOf('restUrl', 'http', restUrl),
    socketUrl: url === undefined ? undefined : baseOf('url', 'ws', url),
    sign,
    topicsPerWire,
  };
}
