import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import type { DepthEvent } from '../model/depthEvent.js';
import type { ChannelSpec } from '../socket/channel.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { Silence } from '../socket/silence.js';
import type { DepthSource } from './books.js';
import type { FoldContext } from './foldContext.js';
import type { VenueCore } from './venueCore.js';

/** Where it goes on saying nothing it is waited twice as long each time, up to so many times as long. */
const LONGEST = 8;

/**
 * The events of a channel that its venue tells every so often, whether anything changes or not. One of which nothing came for so many
 * ms has stalled, though its wire lives: that is reported as a gap, and it is subscribed anew, again after growing waits.
 *
 *     channel          b-1-2-3--------l-b-4    b begun, l lost, as it is subscribed anew
 *     unlessStalled    b-1-2-3--------l-b-4
 *     reported         -------------!------
 *
 * @param context Of the channel: `core.contextOf(key)`.
 * @returns An operator for what is shared, as `core.channel` is: it is observed twice.
 */
export const unlessStalled =
  <T>(
    { channel, scheduler, report, resubscribe }: FoldContext,
    ms: number,
  ): MonoTypeOperatorFunction<ChannelEvent<T>> =>
  (events$) =>
    new Observable((subscriber) => {
      let wait = ms;
      const silence = new Silence({
        bound: () => wait,
        scheduler,
        broken: () => {
          report({ type: 'gap', channel, reason: 'gap', message: `${channel}: nothing came for ${wait} ms` });
          wait = Math.min(2 * wait, LONGEST * ms);
          // Whoever heard of it may have left.
          if (!subscriber.closed) resubscribe();
        },
      });
      subscriber.add(() => {
        silence.stop();
      });
      // Beside the way of every frame.
      subscriber.add(
        events$.subscribe({
          next: ({ type }) => {
            if (type === 'begun') silence.watch();
            else if (type === 'lost') silence.stop();
            else silence.hear();
            if (type === 'message') wait = ms;
          },
          // Told to the subscriber as well.
          error: () => {
            silence.stop();
          },
        }),
      );
      return events$.subscribe(subscriber);
    });

/** The depth of such a channel, for a book. */
export const depthUnlessStalled = (
  core: VenueCore,
  source: ChannelSpec<DepthEvent | readonly DepthEvent[]>,
  ms: number,
): DepthSource => ({
  topic: source.topic,
  events: (context) => core.channel(source).pipe(unlessStalled(context, ms)),
});
