import { type Observable, map } from 'rxjs';
import type { Unread } from '../../../codec/sparing.js';
import { check } from '../../../errors/checks.js';
import { aNumber, aText, checkOptions } from '../../../errors/optionRules.js';
import type { AuthorizedRequest } from '../../../feed/authorizedRequest.js';
import { flatten } from '../../../feed/flatten.js';
import { type CandleChannelEvent, withPast } from '../../../feed/joinCandles.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { VenueBase } from '../../../feed/venueBase.js';
import { type VenueCore, foldedChannel } from '../../../feed/venueCore.js';
import type { Candle } from '../../../model/candle.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import type { TradestationExchange } from '../exchange.js';
import { BarFrame } from '../frames.js';
import { type OwnStreams, shaped } from '../session/ownStreams.js';
import { type TradestationStreamRequest, symbolOf } from '../topics.js';
import {
  type BarMessage,
  type BarUpdate,
  type TradestationBars,
  type TradestationCandleOptions,
  barsChannel,
  barsRequest,
  candleEvents,
  foldBars,
} from './candles.js';
import { historyOf } from './history.js';

/** What the market's streams are had of. */
export interface MarketConfig {
  readonly base: VenueBase;
  readonly core: VenueCore;
  readonly streams: OwnStreams;
  readonly request: AuthorizedRequest;
}

const rules = { history: aNumber, unit: aText, interval: aNumber, barsBack: aNumber, session: aText };

/** The bars of TradeStation: as the stream has them, and with their past before them. */
export function barsSide(config: MarketConfig): Pick<TradestationExchange, 'candles' | 'candleEvents'> {
  const { base, core, streams, request } = config;
  const unread = (channel: string): Unread => leftOutOf(channel, core.report);
  const opened = (symbol: string, wanted: TradestationBars): TradestationStreamRequest => {
    const request = barsRequest(symbol, wanted);
    return streams.open(request, shaped(request.key, BarFrame));
  };
  const bars = (symbol: string, wanted: TradestationBars = {}): Observable<BarUpdate | undefined> => {
    const stream = opened(symbol, wanted);
    const source = barsChannel(stream, symbolOf(symbol), wanted, unread(stream.key));
    return foldedChannel(core, source.topic.key, source, foldBars);
  };
  const streamed = (symbol: string, wanted: TradestationBars): Observable<Candle> =>
    candleEvents(bars(symbol, wanted)).pipe(
      flatten((event) => (event.type === 'snapshot' ? event.candles : [event.candle])),
    );
  return {
    candleEvents: (symbol, wanted) => candleEvents(bars(symbol, wanted)),
    candles: (symbol, wanted: TradestationCandleOptions = {}) => {
      checkOptions('options', wanted, rules);
      const { history, ...which } = wanted;
      if (history === undefined) return streamed(symbol, which);
      check('barsBack', which.barsBack === undefined, 'none beside history', which.barsBack);
      const [name, stream] = [symbolOf(symbol), opened(symbol, which)];
      const unreadable = unread(stream.key);
      const past = historyOf({ base, request, stream, symbol: name, bars: which, unread: unreadable });
      return core
        .channel(barsChannel(stream, name, which, unreadable))
        .pipe(map(candleEvent), withPast(base, stream.key, history, past));
    },
  };
}

const candleEvent = (event: ChannelEvent<BarMessage>): CandleChannelEvent =>
  event.type === 'message' ? { type: 'message', value: event.value.candle } : event;
