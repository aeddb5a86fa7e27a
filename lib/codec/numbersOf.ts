/** The doubles nearest to decimal texts, under the same names. */
export function numbersOf<K extends string>(exact: Readonly<Record<K, string>>): Record<K, number> {
  // By name: lists of entries take ten times as long.
  const numbers: Partial<Record<K, number>> = {};
  for (const name in exact) numbers[name] = Number(exact[name]);
  return numbers as Record<K, number>;
}

/** The same where some may be absent. */
export function numbersOrNone<K extends string>(
  exact: Readonly<Record<K, string | undefined>>,
): Record<K, number | undefined> {
  const numbers: Partial<Record<K, number | undefined>> = {};
  for (const name in exact) {
    const text = exact[name];
    numbers[name] = text === undefined ? undefined : Number(text);
  }
  return numbers as Record<K, number | undefined>;
}
