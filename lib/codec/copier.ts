/** Makes a copy of an object. */
export type Copier = <T extends object>(one: T) => T;

/**
 * Each a place of its own in the program. V8 remembers for each place what the objects looked like that were copied there, and
 * from the fifth look on takes 170 ns for what takes it 30: of a frame of trades the one copy that is made is a tenth.
 */
const copiers: readonly Copier[] = [
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
  (one) => ({ ...one }),
];

/** What copies objects of these keys: for the same keys the same one, so that those of a venue never get many looks. */
export function copierOf(keys: readonly string[]): Copier {
  let sum = 0;
  for (const letter of keys.join()) sum = (sum * 31 + letter.charCodeAt(0)) % 9_973;
  return copiers[sum % copiers.length] as Copier;
}
