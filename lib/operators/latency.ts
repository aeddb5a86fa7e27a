import { filter, map, type OperatorFunction } from 'rxjs';
import type { Timed } from './health.js';

/**
 * How long each value was on its way from the venue's clock to ours, in ms.
 *
 *     values   -a-b-c-|    b does not tell the venue's time
 *     latency  -x---z-|    drawn and tested in marbles/latency.txt
 *
 * The two clocks differ, so it may be negative; what changes over time is what it is for. `health` tells quantiles of it.
 *
 * @returns An operator. Values without a time of the venue are passed over. Errors and completes with the source.
 */
export function latency<T extends Pick<Timed, 'venueTime' | 'receivedTime'>>(): OperatorFunction<T, number> {
  return (source) =>
    source.pipe(
      map(({ venueTime, receivedTime }) => (venueTime === undefined ? undefined : receivedTime - venueTime)),
      filter((ms) => ms !== undefined),
    );
}
