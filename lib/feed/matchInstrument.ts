import type { Instrument } from '../model/instrument.js';

/** How many names are told that may have been meant. */
const CANDIDATES = 5;

/** What a name stands for: one instrument, or why it is none, and what may have been meant. */
export type Match = { readonly one: Instrument } | { readonly text: string; readonly candidates: readonly string[] };

/**
 * The instrument of a name, the venue's own or the unified one, in its own case or, where there is none, in any. Of several
 * under one name it is the only one that trades; nothing is guessed. What is of no known kind has no name but the venue's.
 */
export function matchInstrument(list: readonly Instrument[], symbol: string): Match {
  const upper = symbol.toUpperCase();
  const ways: readonly ((one: Instrument) => boolean)[] = [
    ({ name }) => name === symbol,
    ({ unified, kind }) => kind !== 'other' && unified === symbol,
    ({ name }) => name.toUpperCase() === upper,
    ({ unified, kind }) => kind !== 'other' && unified.toUpperCase() === upper,
  ];
  for (const is of ways) {
    const all = list.filter(is);
    const trading = all.filter(({ isTrading }) => isTrading);
    const [one, another] = trading.length > 0 ? trading : all;
    if (one === undefined) continue;
    if (another === undefined) return { one };
    const names = (trading.length > 0 ? trading : all).map(({ name }) => name);
    return { text: `several instruments are called so: ${names.join(', ')}`, candidates: names };
  }
  const candidates = nearest(list, upper);
  const near = candidates.length === 0 ? '' : `; near it are ${candidates.join(', ')}`;
  return { text: `the list has no such instrument${near}`, candidates };
}

/** The names that begin most like it, those that trade first. */
const nearest = (list: readonly Instrument[], upper: string): readonly string[] =>
  list
    .map((one) => ({ one, like: Math.max(likeness(one.name, upper), likeness(one.unified, upper)) }))
    .filter(({ like }) => like > 1)
    .sort((a, b) => b.like - a.like || Number(b.one.isTrading) - Number(a.one.isTrading))
    .slice(0, CANDIDATES)
    .map(({ one }) => one.unified);

/** How many characters two names have in common from their beginning. */
function likeness(name: string, upper: string): number {
  const text = name.toUpperCase();
  let i = 0;
  while (i < upper.length && text[i] === upper[i]) i += 1;
  return i;
}
