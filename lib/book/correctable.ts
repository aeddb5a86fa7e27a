/**
 * What a trade says of itself where the venue may tell it again: corrected, confirmed or taken back. Trades without any
 * of `type`, `status` and `eventFlags` stand as they are.
 */
export interface Correctable {
  /** What it is known again by: the first that is there of `index`, `id`, and `time` with `sequence`. */
  readonly index?: string | undefined;
  readonly id?: string | undefined;
  readonly time?: number | undefined;
  readonly sequence?: number | undefined;
  /** dxLink: `NEW`, `CORRECTION`, `CANCEL`. */
  readonly type?: string | undefined;
  /** dxLink: bit 2 takes the event away. */
  readonly eventFlags?: number | undefined;
  /** T+: `pending`, `confirmed`, `rolledBack`. */
  readonly status?: string | undefined;
}

const REMOVE_EVENT = 0x02;

/** The name by which a trade that may be told again is known; `undefined` for one that stands as it is. */
export function tradeName({ index, id, time, sequence, type, eventFlags, status }: Correctable): string | undefined {
  if (type === undefined && status === undefined && eventFlags === undefined) return undefined;
  return index ?? id ?? (time === undefined ? undefined : `${time}:${sequence ?? 0}`);
}

/** Whether the trade it names did not happen after all. */
export const isTakenBack = ({ type, eventFlags = 0, status }: Correctable): boolean =>
  type === 'CANCEL' || status === 'rolledBack' || (eventFlags & REMOVE_EVENT) !== 0;

/** Whether it is about a trade that was told before. A word nobody knows is taken for a new trade. */
export const isAboutAnother = (trade: Correctable): boolean => trade.type === 'CORRECTION' || isTakenBack(trade);
