import { check, checkOneOf } from '../../errors/checks.js';
import { aCount, aFunction, aNumber, aText, anything, baseOf, checkOptions } from '../../errors/optionRules.js';
import { checkLogin } from '../../feed/checkLogin.js';
import type { TokenProvider } from '../../feed/credentials.js';
import type { ExchangeOptions } from '../../feed/exchange.js';
import { exchangeRules } from '../../feed/exchangeRules.js';
import type { BackoffPolicy } from '../../socket/backoff.js';
import { type TradestationEnvironment, TOKEN_URL, hosts } from './endpoint.js';
import type { TradestationLogin } from './session/tokens.js';
import { type TradestationStreamTransport, httpTransport } from './session/transport.js';

/** A stream begins with what stands and is of no use to who comes later: wires end with their last channel (no `wireLinger`). */
export interface TradestationOptions extends Omit<ExchangeOptions, 'wireLinger'> {
  /** Who logs in: what a program was given for its user, or whatever gives access tokens. */
  readonly login: TradestationLogin | TokenProvider;
  /** Default: `live`. */
  readonly environment?: TradestationEnvironment;
  /** Base of streams and requests. Default: the environment's own. */
  readonly baseUrl?: string;
  /** Where access tokens are asked for. Default: the venue's own. */
  readonly tokenUrl?: string;
  /**
   * Like everywhere, but for two defaults: `base` 1,000 and `stableAfter` 60,000, since a stream that the venue ends within
   * a minute would otherwise be opened again at once, over and over.
   */
  readonly backoff?: Partial<BackoffPolicy>;
  /** How streams are opened. Default: `httpTransport`, which is what the venue serves. */
  readonly transport?: TradestationStreamTransport;
  /** How many streams at once, quotes of up to 100 symbols being one. Default: 10. */
  readonly maxConcurrentStreams?: number;
  /** What becomes of a stream more: it errors, or waits for room. One on its way back always waits. Default: `reject`. */
  readonly whenFull?: 'reject' | 'queue';
  /** How long changes of quoted symbols are gathered before a stream with all of them is opened, in ms. Default: 1,000. */
  readonly gatherFor?: number;
  /** How long before their end access tokens are renewed, in ms. Default: 300,000. */
  readonly renewAhead?: number;
  /**
   * Loads orders anew every so often while some are open, in ms: the venue is known to leave frames out of streams that
   * are well otherwise, and nothing is numbered. `Infinity`: only after each new session. Default: 30,000.
   */
  readonly reloadEvery?: number;
}

export interface Settings {
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly login: TradestationOptions['login'];
  readonly transport: TradestationStreamTransport;
  readonly maxConcurrentStreams: number;
  readonly whenFull: 'reject' | 'queue';
  readonly gatherFor: number;
  readonly renewAhead: number;
  readonly reloadEvery: number | undefined;
}

/** @throws InvalidArgumentError for what can't be meant. Secrets are not shown. */
export function settingsOf(options: TradestationOptions): Settings {
  checkOptions('options', options, rules);
  const { environment = 'live', maxConcurrentStreams = 10, whenFull = 'reject', reloadEvery = 30_000 } = options;
  const { gatherFor = 1_000, renewAhead = 300_000, login } = options;
  checkOneOf('environment', ['live', 'simulator'], environment);
  checkOneOf('whenFull', ['reject', 'queue'], whenFull);
  check('reloadEvery', reloadEvery > 0, 'a number of ms above 0', reloadEvery);
  for (const [field, ms] of Object.entries({ gatherFor, renewAhead })) {
    check(field, ms >= 0, 'a number of ms from 0', ms);
  }
  checkLogin(login, ['clientId', 'refreshToken'], 'a client id and a refresh token');
  return {
    login,
    maxConcurrentStreams,
    whenFull,
    gatherFor,
    renewAhead,
    baseUrl: baseOf('baseUrl', 'http', options.baseUrl ?? hosts[environment]),
    tokenUrl: baseOf('tokenUrl', 'http', options.tokenUrl ?? TOKEN_URL),
    transport: options.transport ?? httpTransport,
    reloadEvery: reloadEvery === Infinity ? undefined : reloadEvery,
  };
}

const rules = {
  ...exchangeRules,
  login: anything,
  environment: aText,
  baseUrl: aText,
  tokenUrl: aText,
  transport: aFunction,
  maxConcurrentStreams: aCount,
  whenFull: aText,
  gatherFor: aNumber,
  renewAhead: aNumber,
  reloadEvery: aNumber,
};
