import { filter, type OperatorFunction } from 'rxjs';
import { checkKind, texts } from '../errors/optionRules.js';

/** Values that say what they are: by `event` (dxLink, account streams), or else by `type`. */
export type Kinded = { readonly event: string } | { readonly type: string };

/** The kinds of a union of values. */
export type KindOf<T extends Kinded> = T extends { readonly event: infer K }
  ? K
  : T extends { readonly type: infer K }
    ? K
    : never;

/** Those of a union that are of a kind. */
export type OfKind<T extends Kinded, K> = T extends { readonly event: infer E }
  ? E extends K
    ? T
    : never
  : T extends { readonly type: infer E }
    ? E extends K
      ? T
      : never
    : never;

/**
 * Of a stream of several kinds, those of some; the compiler knows which.
 *
 *     events             -q-t-g-t-|
 *     ofType('Trade')    ---t---t-|    drawn and tested in marbles/ofType.txt
 *
 * @param kinds What the values' `event` may be, or their `type` where they have no `event`.
 * @throws InvalidArgumentError at once for a kind that is no text.
 */
export function ofType<T extends Kinded, const K extends KindOf<T>>(
  ...kinds: readonly K[]
): OperatorFunction<T, OfKind<T, K>> {
  checkKind('kinds', texts, kinds);
  const names: readonly unknown[] = kinds;
  return filter((value: T): value is OfKind<T, K> & T => names.includes('event' in value ? value.event : value.type));
}
