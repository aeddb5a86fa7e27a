import { Observable } from 'rxjs';
import type { FaultNotice } from '../model/fault.js';
import type { ChannelSpec } from '../socket/channel.js';
import type { ChannelEvent } from '../socket/channelEvent.js';

type Channel = <T>(spec: ChannelSpec<T>) => Observable<ChannelEvent<T>>;

/**
 * The same channels, on a network that comes to an end: one that heard nothing by then is reported, once. A recording is silent
 * about what it does not hold, and silence looks like a quiet market.
 */
export function reportEmpty(
  channel: Channel,
  finished$: Observable<unknown>,
  report: (fault: FaultNotice) => void,
): Channel {
  const reported = new Set<string>();
  const heard = new Set<string>();
  return (spec) =>
    new Observable((subscriber) => {
      const { key } = spec.topic;
      subscriber.add(
        finished$.subscribe(() => {
          if (heard.has(key) || reported.has(key)) return;
          reported.add(key);
          report({ type: 'unconfirmed', channel: key, attempt: 1, message: `${key}: nothing came, and it is over` });
        }),
      );
      subscriber.add(
        channel(spec).subscribe({
          next: (event) => {
            if (event.type === 'message') heard.add(key);
            subscriber.next(event);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            subscriber.complete();
          },
        }),
      );
    });
}
