import { takeUntil, tap } from 'rxjs';
import { closedOf } from '../../feed/closedOf.js';
import { Credentials } from '../../feed/credentials.js';
import { tokenOf } from '../../feed/tokenOf.js';
import { streamingNetwork } from '../../feed/streamingNetwork.js';
import { Discretion } from '../../feed/discretion.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { WirePlan } from '../../socket/plan.js';
import { accountSide } from './account/account.js';
import { requestRate } from './endpoint.js';
import type { TradestationExchange } from './exchange.js';
import { SymbolDetails } from './market/instruments.js';
import { marketSide } from './market/market.js';
import { networkOf } from './session/network.js';
import { type TradestationOptions, settingsOf } from './options.js';
import { makeOwnStreams } from './session/ownStreams.js';
import { makeRequest } from './rest.js';
import { StreamQuota } from './session/streamQuota.js';
import { tokensBy } from './session/tokens.js';
import { QUOTES } from './topics.js';
import { Wires } from './session/wire.js';

export type { Credential, TokenProvider } from '../../feed/credentials.js';
export type { TradestationBalanceChange } from './account/balances.js';
export type { TradestationBars, TradestationCandleOptions, TradestationCandles } from './market/candles.js';
export type { TradestationBookOptions } from './market/depth.js';
export type { TradestationEnvironment, TradestationResource } from './endpoint.js';
export type { TradestationExchange } from './exchange.js';
export type { TradestationFill } from './account/fills.js';
export type { TradestationOptions } from './options.js';
export type {
  TradestationOrder,
  TradestationOrderEvent,
  TradestationOrderLeg,
  TradestationOrderState,
  TradestationOrders,
} from './account/orders.js';
export type { TradestationPosition, TradestationPositionEvent, TradestationPositions } from './account/positions.js';
export type { TradestationQuote } from './market/quotes.js';
export type { TradestationStreamRequest } from './topics.js';
export type {
  TradestationChainOptions,
  TradestationOptionChain,
  TradestationOptionLeg,
  TradestationOptionQuotesOptions,
  TradestationSpread,
} from './market/spreads.js';
export type { TradestationLogin } from './session/tokens.js';
export type { TradestationTickBar, TradestationTicks } from './market/tickBars.js';
export type { TradestationTrade } from './market/trades.js';
export {
  type TradestationStreamCodec,
  type TradestationStreamTransport,
  type TradestationTransportContext,
  type TradestationWebSocketConfig,
  httpTransport,
  plainCodec,
  webSocketTransport,
} from './session/transport.js';
export { tradestationStreams } from './streams.js';

/**
 * TradeStation. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function tradestation(options: TradestationOptions): TradestationExchange {
  const settings = settingsOf(options);
  const { baseUrl, tokenUrl, login, transport, maxConcurrentStreams, whenFull, renewAhead, reloadEvery } = settings;
  const network = networkOf(options.network ?? streamingNetwork());
  const backoff = { base: 1_000, stableAfter: 60_000, ...options.backoff };
  const discretion = new Discretion();
  const outside = { ...options, network, backoff, wireLinger: 0 };
  const base = new VenueBase('tradestation', outside, { limits: [requestRate], discretion });
  const { scheduler, random, report, requests } = base;
  // One for all time: it knows the refresh token that follows the one before.
  const tokens = typeof login === 'function' ? login : tokensBy(login, requests, scheduler, tokenUrl);
  const credentials = new Credentials<string>({
    name: 'token',
    scheduler,
    random,
    report,
    renewAhead,
    obtain: () =>
      tokenOf(tokens).pipe(
        // Streams carry it on wires that the core does not open.
        tap(({ value }) => {
          discretion.hide(value);
        }),
      ),
  });
  const quota = new StreamQuota({ most: maxConcurrentStreams, whenFull, scheduler });
  const wires = new Wires({
    network: base.network,
    transport,
    baseUrl,
    quota,
    credentials,
    scheduler,
    random,
    gather: settings.gatherFor,
    opensWithin: base.timing.handshakeWithin,
  });
  const request = makeRequest(baseUrl, requests, credentials);
  const details = new SymbolDetails(base, request);
  const streams = makeOwnStreams();
  const wireOf = (group: string): WirePlan | undefined => {
    const spec = streams.specOf(group);
    return group === QUOTES ? wires.quotes() : spec && wires.stream(spec);
  };
  const core = new VenueCore(base, { wires: {}, wireOf });

  return {
    ...core.exchange,
    ...marketSide({ base, core, streams, request }),
    ...accountSide({ core, streams, request, reloadEvery }),
    instrument: (symbol) => details.of(symbol).pipe(takeUntil(closedOf(core.exchange))),
    openStreams: () => quota.taken(),
  };
}
