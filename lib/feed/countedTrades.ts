import { type MonoTypeOperatorFunction, type Observable, defer, tap } from 'rxjs';
import type { Report } from '../model/fault.js';
import type { ChannelSpec } from '../socket/channel.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { type VenueCore, eachValue } from './venueCore.js';

/** The number of a trade among those of its instrument. */
export interface TradeNumber {
  readonly instrument: string;
  /** `undefined` where the venue tells none. */
  readonly number: number | undefined;
}

/**
 * `eachValue` of a channel of trades that are numbered one by one: within a session each number that is more than one above the
 * newest of its instrument is reported as a gap. What is told again or late says nothing; two that follow each other behind the
 * newest say that the numbering began anew.
 *
 *     numbers   7-8-8-11-9-12-1-2-3
 *     reported  -------!-----------     9 was expected
 *
 * @param numbersOf Pure; those of a message, in the order in which it tells its trades.
 */
export const eachTrade = <T>(
  core: VenueCore,
  spec: ChannelSpec<readonly T[]>,
  numbersOf: (message: readonly T[]) => readonly TradeNumber[],
): Observable<T> => eachValue(core, spec, counting(spec.topic.key, core.report, numbersOf));

const counting =
  <M>(
    channel: string,
    report: Report,
    numbersOf: (message: M) => readonly TradeNumber[],
  ): MonoTypeOperatorFunction<ChannelEvent<M>> =>
  (events$) =>
    defer(() => {
      const counts = new Map<string, Count>();
      return events$.pipe(
        tap((event) => {
          if (event.type === 'begun') counts.clear();
          if (event.type !== 'message') return;
          for (const { instrument, number } of numbersOf(event.value)) {
            const expected = number === undefined ? undefined : advance(counts, instrument, number);
            if (expected === undefined) continue;
            const message = `${channel}: trades of ${instrument} from ${expected} on are missing, ${String(number)} came`;
            report({ type: 'gap', channel, reason: 'gap', expected, received: number, message });
          }
        }),
      );
    });

interface Count {
  newest: number;
  /** The one that came last. */
  last: number;
}

/** @returns The number that was expected, where those from there on were left out. */
function advance(counts: Map<string, Count>, instrument: string, number: number): number | undefined {
  const count = counts.get(instrument);
  if (count === undefined) {
    counts.set(instrument, { newest: number, last: number });
    return undefined;
  }
  const { newest, last } = count;
  count.last = number;
  const isAnew = last < newest && number === last + 1;
  if (number <= newest && !isAnew) return undefined;
  count.newest = number;
  return isAnew || number === newest + 1 ? undefined : newest + 1;
}
