import { Observable, type OperatorFunction, defer, of } from 'rxjs';
import type { Candle } from '../model/candle.js';
import type { LossReason } from '../model/connection.js';
import type { CandleHistory } from './candleHistory.js';
import { type CandleChannelEvent, type JoinBase, withPast } from './joinCandles.js';
import { passOn } from './passOn.js';

/** What a list of candles has come to, of which a venue tells the whole first and then what changes. */
export type CandleListEvent =
  /** What it holds, oldest first; nothing of it is missing. */
  | {
      readonly type: 'whole';
      /** All that it holds, oldest first. */
      readonly all: () => readonly Candle[];
    }
  /** What came or changed, in order. */
  | {
      readonly type: 'changed';
      readonly candles: readonly Candle[];
      /** All that it holds by now, oldest first. */
      readonly all: () => readonly Candle[];
    }
  /** Something of it is missing: it can't be trusted until it is told whole again. */
  | { readonly type: 'lost'; readonly reason: LossReason | 'gap'; readonly at: number };

/**
 * `joinCandles` of a list that has its past itself: what would be loaded of a venue is what the list holds.
 *
 *     list     W-c-c--l---W--    W whole, c changed, l lost
 *     joined   12-3-3-----45-
 *
 * @param channel Stands in faults.
 * @param count How many candles are wanted at the beginning, the present one among them.
 * @throws InvalidArgumentError (at the call) for a number that can't be meant.
 */
export function joinListed(base: JoinBase, channel: string, count: number): OperatorFunction<CandleListEvent, Candle> {
  const joined = (history: CandleHistory): OperatorFunction<CandleChannelEvent, Candle> =>
    withPast(base, channel, count, history);
  joined({ perPage: count, page: () => of({ candles: [] }) });
  return (source) =>
    defer(() => {
      let held: () => readonly Candle[] = () => [];
      const event$ = new Observable<CandleChannelEvent>((subscriber) =>
        passOn(source, subscriber, (event) => {
          if (event.type !== 'lost') held = event.all;
          for (const one of channelEvents(event)) subscriber.next(one);
        }),
      );
      return event$.pipe(joined({ perPage: count, page: () => defer(() => of({ candles: held() })) }));
    });
}

/** The last candle of a list is emitted as well, so that it is known to be followed: then its next one ends it. */
function channelEvents(event: CandleListEvent): readonly CandleChannelEvent[] {
  if (event.type === 'lost') return [event];
  const candles = event.type === 'whole' ? event.all().slice(-1) : event.candles;
  if (candles.length > 0) return [{ type: 'message', value: candles }];
  return event.type === 'whole' ? [{ type: 'confirmed', at: 0 }] : [];
}
