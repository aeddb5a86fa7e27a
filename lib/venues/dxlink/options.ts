import { check, checkOneOf } from '../../errors/checks.js';
import { aFunction, aNumber, aText, checkOptions, checkSocketUrl } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { DEMO } from './endpoint.js';
import { aPeriod } from './period.js';
import type { DxLinkCredentialsProvider } from './session/tokens.js';

/**
 * `confirmWithin` is how long a symbol may be silent after it was subscribed: then it is told as `unconfirmed` and asked for
 * again, ever more seldom. The venue confirms nothing: unknown symbols, and those one has no right to, stay silent.
 */
export interface DxLinkOptions extends ExchangeOptions {
  /** The venue's name in errors and faults. Default: `dxlink`. */
  readonly venue?: string;
  /** Where to connect, unless `credentials` say. Default: the public demo of dxFeed, delayed and without a token. */
  readonly url?: string;
  /** Asked before each attempt, ahead of each token's end, and when a token was refused. Default: none are needed. */
  readonly credentials?: DxLinkCredentialsProvider;
  /** How long before its end a token is renewed, in ms. Default: 300,000. */
  readonly renewAhead?: number;
  /** How long both sides may be silent, in seconds: asked of the server, which may say more. Default: 60. */
  readonly keepalive?: number;
  /** Default: `COMPACT`, which is a third of the bytes. */
  readonly dataFormat?: 'COMPACT' | 'FULL';
  /** How often the venue sends, in seconds, on `TICKER` and `AUTO`; 0: as it happens. Other contracts ask for 0. Default: 0.1. */
  readonly aggregationPeriod?: number;
}

export interface Settings {
  readonly venue: string;
  readonly url: string;
  readonly provider: DxLinkCredentialsProvider;
  readonly renewAhead: number;
  readonly keepalive: number;
  readonly dataFormat: 'COMPACT' | 'FULL';
  readonly aggregationPeriod: number;
}

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: DxLinkOptions): Settings {
  checkOptions('options', options, rules);
  const { venue = 'dxlink', url = DEMO, credentials: provider = () => [{}] } = options;
  const { renewAhead = 300_000, keepalive = 60, dataFormat = 'COMPACT', aggregationPeriod = 0.1 } = options;
  checkSocketUrl('url', url);
  checkOneOf('dataFormat', ['COMPACT', 'FULL'], dataFormat);
  check('keepalive', keepalive > 0 && keepalive < Infinity, 'a number of seconds above 0', keepalive);
  check('renewAhead', renewAhead >= 0, 'a number of ms from 0 on', renewAhead);
  return { venue, url, provider, renewAhead, keepalive, dataFormat, aggregationPeriod };
}

const rules = {
  ...exchangeRules,
  venue: aText,
  url: aText,
  credentials: aFunction,
  renewAhead: aNumber,
  keepalive: aNumber,
  dataFormat: aText,
  aggregationPeriod: aPeriod,
};
