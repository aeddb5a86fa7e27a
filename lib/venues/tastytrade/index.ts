import { map, takeUntil } from 'rxjs';
import { closedOf } from '../../feed/closedOf.js';
import { Credentials } from '../../feed/credentials.js';
import { tokenOf } from '../../feed/tokenOf.js';
import { Discretion } from '../../feed/discretion.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { WirePlan } from '../../socket/plan.js';
import { accountSide } from './account.js';
import { AccountDialect } from './dialect.js';
import { requestLimits, wireLimits } from './endpoint.js';
import type { TastytradeExchange } from './exchange.js';
import { Definitions } from './instruments.js';
import { type TastytradeOptions, settingsOf } from './options.js';
import { quoteToken } from './quoteToken.js';
import type { RestConfig } from './rest.js';
import { loginProvider } from './tokens.js';
import { GROUP } from './topics.js';

export type { Credential, TokenProvider } from '../../feed/credentials.js';
export { type TastytradeAccount, positionKey } from './accountState.js';
export type { TastytradeEnvironment } from './endpoint.js';
export type { TastytradeEvents, TastytradeExchange } from './exchange.js';
export type {
  TastytradeBalances,
  TastytradePosition,
  TastytradeRawPosition,
  TastytradeTradingStatus,
} from './holdings.js';
export type { TastytradeInstrument } from './instrumentOf.js';
export { type TastytradeMarketDataOptions, marketData } from './marketData.js';
export type {
  TastytradeBalancesNotice,
  TastytradeComplexOrderNotice,
  TastytradeExternalTransactionNotice,
  TastytradeNotice,
  TastytradeOrderChainNotice,
  TastytradeOrderNotice,
  TastytradeOtherNotice,
  TastytradePositionNotice,
  TastytradePublicWatchlistNotice,
  TastytradeQuoteAlertNotice,
  TastytradeTradingStatusNotice,
  TastytradeYearGainNotice,
} from './notices.js';
export type { TastytradeOptions } from './options.js';
export {
  type TastytradeComplexOrder,
  type TastytradeFill,
  type TastytradeLeg,
  type TastytradeOrder,
  isFinal,
} from './orders.js';
export type {
  TastytradeExternalTransaction,
  TastytradeOrderChain,
  TastytradePublicWatchlist,
  TastytradeQuoteAlert,
  TastytradeYearGain,
} from './statelessNotices.js';
export type { TastytradeQuoteToken } from './quoteToken.js';
export type { TastytradeLogin } from './tokens.js';
export { type TastytradeOrderStep, type TastytradeTrackedOrder, fillsOf, orderHistory } from './trackedOrder.js';
export { tastytradeStreams } from './streams.js';

/**
 * tastytrade. Cold: opens nothing and asks for nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function tastytrade(options: TastytradeOptions): TastytradeExchange {
  const { accounts, url, restUrl, userAgent, heartbeatEvery } = settingsOf(options);
  const { login, reloadEvery } = options;
  const base = new VenueBase('tastytrade', options, { limits: [requestLimits], discretion: new Discretion() });
  const { scheduler, random, report } = base;
  const now = (): number => scheduler.now();
  const send: RestConfig['send'] = (request) => base.requests.send(request);
  const tokens = new Credentials<string>({
    name: 'access token',
    scheduler,
    random,
    report,
    obtain: () =>
      tokenOf(typeof login === 'function' ? login : loginProvider(login, { restUrl, userAgent, send, now })),
  });
  const rest: RestConfig = { restUrl, userAgent, send, tokens };
  const wire: WirePlan = {
    // The token first: an open stream that says nothing would be one more thing to go wrong.
    endpoint: () => tokens.get().pipe(map(() => ({ url }))),
    dialect: (link) => new AccountDialect(link, { accounts, heartbeatEvery, tokens, scheduler }),
    limits: wireLimits(heartbeatEvery),
  };
  const core = new VenueCore(base, { wires: { [GROUP]: wire } });
  const definitions = new Definitions(base, rest);
  const closed$ = closedOf(core.exchange);

  return {
    ...core.exchange,
    ...accountSide({ core, rest, accounts, reloadEvery }),
    instrument: (symbol) => definitions.of(symbol).pipe(takeUntil(closed$)),
    quoteToken: () => quoteToken(rest, now),
  };
}
