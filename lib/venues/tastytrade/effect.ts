import * as t from 'io-ts';

/**
 * Of an amount, the key of its sign: `price-effect` of `price`. Where its own key ends in that word, the effect stands in its
 * place: `intraday-equities-cash-effect` of `intraday-equities-cash-amount` (captured answers, read 2026-11-30).
 */
export const effectOf = (key: string): string => `${key.replace(/-amount$/, '')}-effect`;

/** Which way an amount goes: the key beside it says so. */
export const Effect = t.keyof({ Credit: null, Debit: null, None: null }, 'Effect');
export type Effect = t.TypeOf<typeof Effect> | 'unknown' | undefined;

/**
 * Amounts with an effect are never negative by themselves, but for one derived sample, whose sign says nothing beside its
 * effect. `None` leaves the amount as it is; under an effect that nobody knows an amount has no sign, and is none.
 */
export function signedBy(effect: Effect, text: string): string | undefined {
  if (effect === 'unknown') return undefined;
  if (effect !== 'Credit' && effect !== 'Debit') return text;
  const size = text.startsWith('-') ? text.slice(1) : text;
  return effect === 'Credit' || Number(size) === 0 ? size : `-${size}`;
}
