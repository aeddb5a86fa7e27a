import { absoluteSizes, signedSizes } from '../../book/signedSizes.js';
import { type Fold, sized } from '../../book/fold.js';
import { check, checkOneOf } from '../../errors/checks.js';
import { aDuration, aNumber, aText, baseOf, checkOptions } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { type O2Chain, chains, restOf, socketOf } from './endpoint.js';

/** Which O2 is talked to, how, and what is known of it. */
export interface O2Options extends ExchangeOptions {
  /** Default: `mainnet`. */
  readonly chain?: O2Chain;
  /** The socket, `wss://…/v1/ws`; without a path that one is added. Default: the chain's own. */
  readonly url?: string;
  /** The REST base. Default: the chain's own, or the host of `url` where that is given. */
  readonly restUrl?: string;
  /**
   * What the sizes of depth updates are: changes of what stands at the price, or the new sizes. Which of the two the
   * venue sends is unproven; two of its own clients expect changes. What arrives contradicting the setting makes the
   * book stale and is told as a `gap` that says so. Default: `signed-change`.
   */
  readonly sizes?: 'signed-change' | 'absolute';
  /** Channels on one connection before a further one is opened. The venue documents no bound. Default: 100. */
  readonly channelsPerWire?: number;
  /** Loads live orders, balances and nonces anew every so often, in ms. Default: never. */
  readonly reloadEvery?: number;
}

export interface Settings {
  readonly socketUrl: string;
  readonly restUrl: string;
  readonly fold: Fold;
  readonly channelsPerWire: number;
  readonly reloadEvery: number | undefined;
}

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: O2Options): Settings {
  checkOptions('options', options, rules);
  const { chain = 'mainnet', url, channelsPerWire = 100, sizes = 'signed-change', reloadEvery } = options;
  checkOneOf('chain', Object.keys(chains), chain);
  checkOneOf('sizes', ['signed-change', 'absolute'], sizes);
  const isWhole = Number.isInteger(channelsPerWire) && channelsPerWire >= 1;
  check('channelsPerWire', isWhole, 'a whole number from 1 on', channelsPerWire);
  return {
    channelsPerWire,
    reloadEvery,
    socketUrl: url === undefined ? chains[chain].socket : socketOf(baseOf('url', 'ws', url)),
    restUrl: baseOf('restUrl', 'http', options.restUrl ?? (url === undefined ? chains[chain].rest : restOf(url))),
    fold: sized(sizes === 'absolute' ? absoluteSizes : signedSizes),
  };
}

const rules = {
  ...exchangeRules,
  chain: aText,
  url: aText,
  restUrl: aText,
  sizes: aText,
  channelsPerWire: aNumber,
  reloadEvery: aDuration,
};
