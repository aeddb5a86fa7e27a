import { isJsonObject } from '../../lib/codec/jsonObject.js';

/** What is put in a frame: so long that with the frame it stays below 64 KiB. */
const LENGTH = 64_000;

const listOf = (item: string): string =>
  `[${Array<string>(Math.floor(LENGTH / (item.length + 1)))
    .fill(item)
    .join()}]`;
const levelsAt = (length: number, priceOf: (i: number) => string): string =>
  `[${Array.from({ length: Math.floor(LENGTH / length) }, (_, i) => `["${priceOf(i)}","1"]`).join()}]`;
const nested = (times: number): string => '['.repeat(times) + ']'.repeat(times);

/** Texts of JSON that cost more than others, as lists and as what stands in a list or a field. */
const LISTS: readonly string[] = [
  ...['0', '{}', '["1","1"]'].map(listOf),
  levelsAt(48, (i) => `1.${'0'.repeat(30)}${String(i).padStart(5, '0')}1`),
  nested(LENGTH / 2),
];
const VALUES: readonly string[] = [`"0.${'0'.repeat(LENGTH)}"`, `"${'a:.'.repeat(LENGTH / 3)}"`];

/** Stands for what is put in its place. */
const HOLE = 'hole in a frame';

/**
 * The frame with rubbish of nearly 64 KiB in each place of it, one at a time; and with each of its lists repeated for so long.
 *
 * @param only Of lists alone, where what stands in the other places is read by codecs that are measured elsewhere.
 */
export function* rubbishIn(text: string, only?: 'lists'): Generator<string> {
  const fill = (rubbish: string): string => JSON.stringify(frame).replace(`"${HOLE}"`, () => rubbish);
  const frame: unknown = JSON.parse(text);
  for (const { holder, key, value } of placesOf(frame)) {
    if (only === 'lists' && !Array.isArray(value)) continue;
    holder[key] = HOLE;
    const own = Array.isArray(value) && value.length > 0 ? [listOf(JSON.stringify(value).slice(1, -1))] : [];
    for (const rubbish of Array.isArray(value) ? [...LISTS, ...own] : VALUES) yield fill(rubbish);
    holder[key] = value;
  }
}

/** The frame with what no venue sends in each place of it, one at a time. */
export function* oddIn(text: string): Generator<string> {
  const frame: unknown = JSON.parse(text);
  for (const { holder, key, value } of placesOf(frame)) {
    holder[key] = { wrong: true };
    yield JSON.stringify(frame);
    holder[key] = value;
  }
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly value: unknown;
}

function placesOf(value: unknown): readonly Place[] {
  if (!Array.isArray(value) && !isJsonObject(value)) return [];
  const holder = value as Record<string, unknown>;
  return Object.entries(holder).flatMap(([key, inner]) => [{ holder, key, value: inner }, ...placesOf(inner)]);
}
