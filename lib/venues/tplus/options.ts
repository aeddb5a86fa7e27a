import { increasingRule } from '../../book/continuity/increasing.js';
import { stepRule } from '../../book/continuity/step.js';
import { checkOneOf } from '../../errors/checks.js';
import { aText, anObject, checkOptions } from '../../errors/optionRules.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { type Hosts, hostsOf } from './endpoint.js';
import { type TplusAccount, checkAccount } from './tokens.js';

/** Which T+ is talked to, and in whose name. */
export interface TplusOptions extends ExchangeOptions {
  /** The order service. Default: `https://oms.tplus.cx`. What stands behind its host is dropped. */
  readonly orderUrl?: string;
  /** The market data service. Default: that of `orderUrl`: `mds.X` for `oms.X`, else the same host. */
  readonly marketUrl?: string;
  /**
   * How the numbers of a book follow one another. `strict`: each is the one after the one before, and a loss is noticed.
   * `increasing`: they only grow, and a loss can't be seen; for the case that the venue leaves numbers out, which no
   * document says or denies. Default: `strict`.
   */
  readonly sequence?: 'strict' | 'increasing';
}

const known = { ...exchangeRules, orderUrl: aText, marketUrl: aText, sequence: aText, account: anObject };
const rules = { strict: stepRule, increasing: increasingRule } as const;

export interface Settings {
  readonly hosts: Hosts;
  readonly rule: (typeof rules)[keyof typeof rules];
  readonly account: TplusAccount | undefined;
}

/** @throws InvalidArgumentError for what can't be meant. */
export function settingsOf(options: TplusOptions & { readonly account?: TplusAccount }): Settings {
  checkOptions('options', options, known);
  const { account, sequence = 'strict' } = options;
  const hosts = hostsOf(options.orderUrl, options.marketUrl);
  checkOneOf('sequence', Object.keys(rules), sequence);
  if (account !== undefined) checkAccount(account);
  return { hosts, rule: rules[sequence], account };
}
