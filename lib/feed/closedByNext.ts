import { type OperatorFunction, concatMap, from, scan } from 'rxjs';
import type { Candle } from '../model/candle.js';
import type { ChannelEvent } from '../socket/channelEvent.js';

interface Told {
  /** The candle that came furthest. */
  readonly newest: Candle | undefined;
  /** What is told now; `undefined` blots out what was told last. */
  readonly values: readonly (Candle | undefined)[];
}

const nothing: Told = { newest: undefined, values: [] };

/**
 * Candles of a venue that does not say when one is over: it is when one of a later beginning is told. Then the one before it
 * is told once more, closed. A correction of an older one is closed, too.
 *
 *     channel       -a---a'--b---l--c    a, b, c begin one after the other; l lost
 *     closedByNext  -a---a'--Ab--0--c    A is a' closed; b may have gone on unheard, and is never closed
 *
 * @returns A fold for `foldedChannel`. Of a message of several, in the order of their beginnings, all but the last are closed.
 */
export const closedByNext = (): OperatorFunction<ChannelEvent<readonly Candle[]>, Candle | undefined> => (events$) =>
  events$.pipe(
    scan(advance, nothing),
    concatMap(({ values }) => from(values)),
  );

function advance({ newest }: Told, event: ChannelEvent<readonly Candle[]>): Told {
  if (event.type === 'lost') return { newest: undefined, values: [undefined] };
  if (event.type !== 'message') return { newest, values: [] };
  let last = newest;
  const values: Candle[] = [];
  for (const candle of event.value) {
    if (last !== undefined && candle.openTime < last.openTime) values.push({ ...candle, closed: true });
    else {
      if (last !== undefined && last.openTime < candle.openTime) values.push({ ...last, closed: true });
      last = candle;
    }
  }
  const isNew = last !== newest && last !== undefined;
  return { newest: last, values: isNew ? [...values, last] : values };
}
