import { type Observable, filter } from 'rxjs';
import type { Candle } from '../model/candle.js';
import type { ChannelSpec } from '../socket/channel.js';
import { closedByNext } from './closedByNext.js';
import { type VenueCore, foldedChannel } from './venueCore.js';

/** The candles of a channel whose venue does not say when one is over, as {@link closedByNext} tells them; late observers get the latest. */
export const candlesClosedByNext = (core: VenueCore, source: ChannelSpec<readonly Candle[]>): Observable<Candle> =>
  foldedChannel(core, source.topic.key, source, closedByNext).pipe(filter((candle) => candle !== undefined));
