import { type Observable, map, merge } from 'rxjs';
import { check } from '../../errors/checks.js';
import { aNumber, checkKind } from '../../errors/optionRules.js';
import { Discretion } from '../../feed/discretion.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import { candleSymbol } from './candleSymbol.js';
import { type DxLinkCandleList, candlesOf } from './market/candles.js';
import { isLasting } from './market/contracts.js';
import { bookSide } from './market/bookSide.js';
import { eventChannel } from './market/eventChannel.js';
import type { DxLinkEvent, DxLinkEventType } from './eventTypes.js';
import type { DxLinkExchange, DxLinkEventOptions } from './exchange.js';
import { indexedList } from './market/indexedList.js';
import { type DxLinkOptions, settingsOf } from './options.js';
import { quoteOf } from './market/quotes.js';
import { foldByIndex, foldTimeSeries } from './market/timeSeries.js';
import { DxLinkTokens } from './session/tokens.js';
import { GROUP } from './topics.js';
import { wirePlan } from './session/wire.js';

export { candleSymbol } from './candleSymbol.js';
export type { DxLinkEvent, DxLinkEventType } from './eventTypes.js';
export type { DxLinkDomOptions, DxLinkBookOptions, DxLinkExchange, DxLinkEventOptions } from './exchange.js';
export type { DxLinkIndexedState } from './market/indexedFeed.js';
export {
  type DxLinkOptionContract,
  futureOptionToStreamer,
  futureToStreamer,
  occToStreamer,
  optionContractOf,
  streamerToFuture,
  streamerToOcc,
} from './market/optionSymbol.js';
export type { DxLinkOptions } from './options.js';
export type { DxLinkOrder, DxLinkOrderList } from './market/orders.js';
export type { DxLinkQuote } from './market/quotes.js';
export type { DxLinkTimeSeries } from './market/timeSeries.js';
export type { DxLinkCredentialsProvider, DxLinkCredentialsRequest, DxLinkCredentials } from './session/tokens.js';
export type { DxLinkContract } from './topics.js';
export { dxlinkStreams } from './streams.js';

/**
 * dxLink market data: dxFeed's protocol, used by tastytrade. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function dxlink(options: DxLinkOptions = {}): DxLinkExchange {
  const settings = settingsOf(options);
  const { venue, provider, renewAhead } = settings;
  const base = new VenueBase(venue, options, { discretion: new Discretion() });
  const { scheduler, random, report } = base;
  const tokens = new DxLinkTokens({ provider, renewAhead, scheduler, random, report });
  const core = new VenueCore(base, { wires: { [GROUP]: wirePlan(settings, { tokens, scheduler }) } });

  const events = <T extends DxLinkEventType>(
    type: T,
    symbol: string,
    wanted: DxLinkEventOptions = {},
  ): Observable<DxLinkEvent<T>> => {
    const channel = eventChannel(type, symbol, wanted, report);
    return isLasting(type) ? core.current(channel) : core.stream(channel);
  };

  const candlesSince = (symbol: string, period: string, from: number): Observable<DxLinkCandleList> => {
    checkKind('from', aNumber, from);
    return indexedList(core, eventChannel('Candle', candleSymbol(symbol, period), { from }, report), foldTimeSeries);
  };

  return {
    ...core.exchange,
    quotes: (symbol, options) => events('Quote', symbol, options).pipe(map(quoteOf)),
    trades: (symbol, options) => events('Trade', symbol, options),
    greeks: (symbol, options) => events('Greeks', symbol, options),
    summaries: (symbol, options) => events('Summary', symbol, options),
    profiles: (symbol, options) => events('Profile', symbol, options),
    underlyings: (symbol, options) => events('Underlying', symbol, options),
    theoPrices: (symbol, options) => events('TheoPrice', symbol, options),
    timeAndSales: (symbol) => events('TimeAndSale', symbol),
    messages: (symbol) => events('Message', symbol),
    timeAndSalesSince: (symbol, from) => {
      checkKind('from', aNumber, from);
      const source = eventChannel('TimeAndSale', symbol, { contract: 'HISTORY', from }, report);
      return indexedList(core, source, foldTimeSeries);
    },
    candles: (symbol, period, options) =>
      candlesOf(base, { symbol, period, options }, (from) => candlesSince(symbol, period, from)),
    candlesSince,
    series: (symbol) => indexedList(core, eventChannel('Series', symbol, {}, report), foldByIndex),
    events: (type, symbols, options) => {
      check('symbols', typeof symbols === 'string' || Array.isArray(symbols), 'a symbol or a list of them', symbols);
      return typeof symbols === 'string'
        ? events(type, symbols, options)
        : merge(...[...new Set(symbols)].map((symbol) => events(type, symbol, options)));
    },
    ...bookSide(core),
  };
}
