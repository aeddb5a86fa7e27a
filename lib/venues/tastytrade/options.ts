import { check, checkOneOf } from '../../errors/checks.js';
import { aDuration, aNumber, aText, anything, baseOf, checkOptions } from '../../errors/optionRules.js';
import { checkLogin } from '../../feed/checkLogin.js';
import type { TokenProvider } from '../../feed/credentials.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import { type TastytradeEnvironment, environments, heartbeatRange } from './endpoint.js';
import type { TastytradeLogin } from './tokens.js';

/** Which tastytrade is talked to, and in whose name. */
export interface TastytradeOptions extends ExchangeOptions {
  /** The numbers of the accounts to follow, at least one; all of them in one `connect`. */
  readonly accounts: readonly string[];
  /** Who logs in: what the venue gave a program of yours, or whatever gives access tokens. */
  readonly login: TastytradeLogin | TokenProvider;
  /** Default: `production`. */
  readonly environment?: TastytradeEnvironment;
  /** The account stream. Default: the environment's own. */
  readonly url?: string;
  /** The REST base. Default: the environment's own. */
  readonly restUrl?: string;
  /** `product/version`, as the venue wants every request to name; browsers send their own. Default: `millrace/0`. */
  readonly userAgent?: string;
  /** How often a heartbeat is sent, in ms, from 2,000 to 55,000. Default: 20,000. */
  readonly heartbeatEvery?: number;
  /**
   * Loads accounts again every so often, in ms: the only thing that shows a notification which the venue lost, since
   * nothing is numbered. Default: never, but for an account of which something that matters could not be read, or of which
   * something was told soon after a load that it did not have: that is loaded again after 20 s.
   */
  readonly reloadEvery?: number;
}

export interface Settings {
  readonly accounts: readonly string[];
  readonly url: string;
  readonly restUrl: string;
  readonly userAgent: string;
  readonly heartbeatEvery: number;
}

/** @throws InvalidArgumentError for what can't be meant. Secrets are not shown. */
export function settingsOf(options: TastytradeOptions): Settings {
  checkOptions('options', options, rules);
  const { environment = 'production', userAgent = 'millrace/0', heartbeatEvery = 20_000, reloadEvery } = options;
  checkOneOf('environment', ['production', 'sandbox'], environment);
  check('accounts', Array.isArray(options.accounts), 'a list of account numbers', typeof options.accounts);
  const accounts = [...new Set(options.accounts)];
  const wrong = accounts.find(
    (account) => typeof account !== 'string' || !/^[^\s\p{Surrogate}/?#"\\]+$/u.test(account),
  );
  const isRight = accounts.length > 0 && wrong === undefined;
  check('accounts', isRight, 'at least one account number', wrong ?? '[]');
  const { least, most } = heartbeatRange;
  const isInRange = heartbeatEvery >= least && heartbeatEvery <= most;
  check('heartbeatEvery', isInRange, `a number of ms from ${least} to ${most}`, heartbeatEvery);
  check('reloadEvery', reloadEvery === undefined || reloadEvery > 0, 'a number of ms above 0', reloadEvery);
  const { login } = options;
  checkLogin(login, ['clientSecret', 'refreshToken'], 'a client secret and a refresh token');
  const own = environments[environment];
  return {
    accounts,
    userAgent,
    heartbeatEvery,
    url: baseOf('url', 'ws', options.url ?? own.url),
    restUrl: baseOf('restUrl', 'http', options.restUrl ?? own.restUrl),
  };
}

const rules = {
  ...exchangeRules,
  accounts: anything,
  login: anything,
  environment: aText,
  url: aText,
  restUrl: aText,
  userAgent: aText,
  heartbeatEvery: aNumber,
  reloadEvery: aDuration,
};
