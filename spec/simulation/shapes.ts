/** What kind of value a scalar is, as a frame writes it. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double';
  if (typeof value !== 'string') return typeof value;
  if (/^(NaN|-?Infinity)$/.test(value)) return 'no number';
  if (/^-?\d+$/.test(value)) return /^\d{13}$/.test(value) ? 'ms as text' : 'whole as text';
  if (/^-?\d+\.\d+$/.test(value)) return 'decimal as text';
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return 'date';
  const [, zone] = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:?\d\d)$/.exec(value) ?? [];
  if (zone !== undefined) return zone === 'Z' ? 'time' : `time with ${zone}`;
  return /^0x[0-9a-f]{64}$/.test(value) ? 'id' : 'text';
}

/** What may stand where a captured value stood: a price is whole now and then, a number of orders never has a fraction. */
const wider: Readonly<Record<string, readonly string[]>> = {
  'decimal as text': ['whole as text', 'ms as text'],
  // Of thirteen digits by chance.
  'whole as text': ['ms as text'],
  double: ['integer'],
};

/** Likewise where few are known. */
const coarse: typeof wider = { integer: ['double'], 'whole as text': ['decimal as text'] };

type Shape = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Frames of one kind as the venue was seen to send them. */
export interface Captured {
  readonly frames: readonly unknown[];
  /** Paths that the venue leaves out at times, as its documents say, or as the captured ones show. */
  readonly optional?: readonly string[];
  /** Paths that no captured frame has, with the kinds that the venue's documents give them. */
  readonly documented?: Readonly<Record<string, readonly string[]>>;
  /** Too few were captured to tell which figures may have a fraction. Default: false. */
  readonly isCoarse?: boolean;
}

/** Frames as texts, with what else is known of them. */
export const captured = (texts: readonly string[], more: Omit<Captured, 'frames'> = {}): Captured => ({
  ...more,
  frames: texts.map((text) => JSON.parse(text) as unknown),
});

/** Where a key leads to; one that is an id stands for any. */
function placeOf(path: string, key: string): string {
  const name = key.startsWith('0x') ? 'by id' : key;
  return path === '' ? name : `${path}.${name}`;
}

/** Every place in a frame, with what stands there: `data[].price`, and rows of scalars within a list by their places. */
function* placesOf(value: unknown, path = ''): Iterable<readonly [path: string, value: unknown]> {
  yield [path, value];
  if (Array.isArray(value)) {
    const isRow = path.endsWith(']') && value.every(isScalar);
    for (const [place, item] of value.entries()) yield* placesOf(item, `${path}[${isRow ? String(place) : ''}]`);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) yield* placesOf(item, placeOf(path, key));
  }
}

const kindAt = (value: unknown): string => (Array.isArray(value) ? 'list' : isObject(value) ? 'object' : kindOf(value));

/** The place that a place stands in. */
const within = (path: string): string => path.replace(/(\.?[^.[\]]+|\[\d*\])$/, '');

/**
 * What simulated frames have that captured ones have not, and the other way about: keys that the venue has not, keys that
 * it always has and that are missing in one, values of another kind, and what is never sent.
 */
export function strangeIn(
  simulated: readonly unknown[],
  { frames, optional = [], documented = {}, isCoarse = false }: Captured,
) {
  const known = new Map<string, Set<string>>(Object.entries(documented).map(([path, kinds]) => [path, new Set(kinds)]));
  const counts = new Map<string, number>();
  for (const [path, value] of frames.flatMap((frame) => [...placesOf(frame)])) {
    known.set(path, (known.get(path) ?? new Set()).add(kindAt(value)));
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  const isOptional = (path: string): boolean =>
    optional.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`));
  /** By object, what each of its kind has. */
  const required = new Map<string, string[]>();
  for (const path of known.keys()) {
    const isKey = path !== '' && !path.endsWith(']');
    const isEvery = (counts.get(path) ?? 0) === (counts.get(within(path)) ?? -1);
    if (isKey && isEvery && !isOptional(path))
      required.set(within(path), [...(required.get(within(path)) ?? []), path]);
  }
  const strange = new Set<string>();
  const seen = new Set<string>();
  for (const frame of simulated) {
    for (const [path, value] of placesOf(frame)) {
      seen.add(path);
      const kinds = known.get(path);
      const kind = kindAt(value);
      const allowed = [...(kinds ?? [])].flatMap((one) => [
        ...[one, ...(wider[one] ?? [])],
        ...(isCoarse ? (coarse[one] ?? []) : []),
      ]);
      if (kinds === undefined) strange.add(`${path} is none of the venue's`);
      else if (!allowed.includes(kind)) strange.add(`${path} is ${kind}, not ${[...kinds].join(' or ')}`);
      if (!isObject(value)) continue;
      const keys = new Set(Object.keys(value).map((key) => placeOf(path, key)));
      for (const key of required.get(path) ?? []) if (!keys.has(key)) strange.add(`${key} is missing`);
    }
  }
  for (const path of known.keys()) if (!seen.has(path) && !isOptional(path)) strange.add(`${path} is never sent`);
  return [...strange].sort();
}
