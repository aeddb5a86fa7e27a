import { type MonoTypeOperatorFunction, type Observable, filter, identity, pipe } from 'rxjs';
import type { Candle } from '../model/candle.js';
import type { ChannelSpec } from '../socket/channel.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { closedByNext } from './closedByNext.js';
import { type VenueCore, foldedChannel } from './venueCore.js';

/**
 * The candles of a channel whose venue does not say when one is over, as {@link closedByNext} tells them; late observers get the latest.
 *
 * @param watch Sees the events of the channel on their way. Default: nobody does.
 */
export const candlesClosedByNext = (
  core: VenueCore,
  source: ChannelSpec<readonly Candle[]>,
  watch: MonoTypeOperatorFunction<ChannelEvent<readonly Candle[]>> = identity,
): Observable<Candle> =>
  foldedChannel(core, source.topic.key, source, (context) => pipe(watch, closedByNext(context))).pipe(
    filter((candle) => candle !== undefined),
  );
