import type { Either } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { REFUSED, tryDecodeOf } from '../../codec/fastType.js';
import { pathOf } from '../../codec/path.js';
import type { Unread } from '../../codec/sparing.js';

/** Told of what an object was read without. */
export interface UnreadReport {
  readonly leftOut: Unread;
  /** What was left out matters: whoever knows only this object knows too little. */
  readonly invalidate: () => void;
}

/** How many faults one object may cost. */
const MOST = 10;

/** Tells of each of what was left out where it is, and of what is too much only how much it is. */
export function reportUnread({ leftOut }: UnreadReport, refusals: readonly t.Errors[], data: unknown): void {
  const counts = new Map<t.Errors, number>();
  for (const errors of refusals) counts.set(errors, (counts.get(errors) ?? 0) + 1);
  const [all, named] = [[...counts], MOST - 1];
  for (const [errors, count] of all.slice(0, named)) leftOut(Array<string>(count).fill(pathOf(errors)), data);
  const [further] = all[named] ?? [];
  if (further === undefined) return;
  const rest = all.slice(named).reduce((sum, [, count]) => sum + count, 0);
  leftOut(Array<string>(rest).fill(pathOf(further)), data);
}

/**
 * What can be read of items, one by one, and why others can't be: of those that lack what must be there the first speaks for
 * all, so that many of them cost no more than looking at each.
 */
export function readEach<T>(
  codec: t.Decoder<unknown, unknown>,
  items: readonly unknown[],
  readItem: (item: unknown, index: number) => Either<t.Errors, T>,
): { readonly values: readonly T[]; readonly refusals: readonly t.Errors[] } {
  const tryDecode = tryDecodeOf(codec);
  const [values, refusals]: [T[], t.Errors[]] = [[], []];
  let first: t.Errors | undefined;
  for (const [index, item] of items.entries()) {
    if (first !== undefined && tryDecode(item) === REFUSED) {
      refusals.push(first);
      continue;
    }
    const result = readItem(item, index);
    if (result._tag === 'Right') values.push(result.right);
    else {
      first ??= result.left;
      refusals.push(result.left);
    }
  }
  return { values, refusals };
}
