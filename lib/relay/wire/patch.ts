import { isJsonObject } from '../../codec/jsonObject.js';
import { type Renaming, decoded, encoded, fieldsOf, isFields } from './plain.js';

/** What makes one value of another that was told before. */
export type Patch =
  /** Another value. */
  | { readonly r: unknown }
  /** Entries of an object, or of a map by texts: those that changed, and those that are gone. */
  | { readonly k: readonly (readonly [key: string, patch: Patch])[]; readonly x?: readonly string[] }
  /** A list: from where on how many are gone, and what is there instead. */
  | { readonly a: readonly [from: number, removed: number, items: readonly unknown[]] };

/**
 * What makes `after` of `before`; `undefined` where they are the same. Values are never changed but replaced, so that what is
 * the same object is not looked into.
 */
export function patchOf(before: unknown, after: unknown, rename: Renaming = (text) => text): Patch | undefined {
  if (Object.is(before, after)) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) return splice(before, after, rename);
  const [known, wanted] = [entriesOf(before), entriesOf(after)];
  const areAlike = known !== undefined && wanted !== undefined && before instanceof Map === after instanceof Map;
  const entries = areAlike ? entriesPatch(known, wanted, rename) : 'other';
  return entries === 'other' ? { r: encoded(after, rename) } : entries;
}

type Entries = ReadonlyMap<string, unknown>;

function entriesOf(value: unknown): Entries | undefined {
  if (isFields(value)) return new Map(fieldsOf(value));
  const isByText = value instanceof Map && Array.from(value.keys()).every((key) => typeof key === 'string');
  return isByText ? (value as Entries) : undefined;
}

/** @returns `other` where entries change their places: those of a map are in order. */
function entriesPatch(before: Entries, after: Entries, rename: Renaming): Patch | undefined | 'other' {
  const gone = [...before.keys()].filter((key) => !after.has(key));
  const kept = [...before.keys()].filter((key) => after.has(key));
  const added = [...after.keys()].filter((key) => !before.has(key));
  const order = [...after.keys()];
  if (![...kept, ...added].every((key, i) => key === order[i])) return 'other';
  const changed = order.flatMap((key): readonly (readonly [string, Patch])[] => {
    const value = after.get(key);
    const patch = before.has(key) ? patchOf(before.get(key), value, rename) : { r: encoded(value, rename) };
    return patch === undefined ? [] : [[rename(key), patch]];
  });
  if (changed.length === 0 && gone.length === 0) return undefined;
  return gone.length === 0 ? { k: changed } : { k: changed, x: gone.map(rename) };
}

function splice(before: readonly unknown[], after: readonly unknown[], rename: Renaming): Patch | undefined {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && Object.is(before[from], after[from])) from += 1;
  let tail = 0;
  while (tail < most - from && Object.is(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  const items = after.slice(from, after.length - tail).map((one) => encoded(one, rename));
  const removed = before.length - tail - from;
  return removed === 0 && items.length === 0 ? undefined : { a: [from, removed, items] };
}

/** The value that a patch makes, `before` as it was; `undefined` where the two do not belong together. */
export function patched(before: unknown, patch: unknown): { readonly value: unknown } | undefined {
  if (!isJsonObject(patch)) return undefined;
  const { a: list, k: changed, x: gone = [] } = patch;
  if ('r' in patch) return { value: decoded(patch['r']) };
  if (Array.isArray(list)) return Array.isArray(before) ? spliced(before, list) : undefined;
  const known = entriesOf(before);
  if (known === undefined || !Array.isArray(changed) || !Array.isArray(gone)) return undefined;
  const entries = new Map(known);
  for (const key of gone as readonly unknown[]) entries.delete(String(key));
  for (const one of changed as readonly unknown[]) {
    const [key, inner]: readonly unknown[] = Array.isArray(one) ? (one as readonly unknown[]) : [];
    const made = patched(known.get(String(key)), inner);
    if (made === undefined) return undefined;
    entries.set(String(key), made.value);
  }
  return { value: before instanceof Map ? entries : Object.fromEntries(entries) };
}

function spliced(before: readonly unknown[], list: readonly unknown[]): { readonly value: unknown } | undefined {
  const [from, removed, items] = list;
  const isRight = Number.isInteger(from) && Number.isInteger(removed) && Array.isArray(items);
  if (!isRight || Number(from) + Number(removed) > before.length) return undefined;
  const rest = before.slice(Number(from) + Number(removed));
  return { value: [...before.slice(0, Number(from)), ...(items as readonly unknown[]).map(decoded), ...rest] };
}
