/** The doubles nearest to decimal texts, under the same names. */
export const numbersOf = <K extends string>(exact: Readonly<Record<K, string>>): Record<K, number> =>
  Object.fromEntries(Object.entries(exact).map(([name, text]) => [name, Number(text)])) as Record<K, number>;

/** The same where some may be absent. */
export const numbersOrNone = <K extends string>(
  exact: Readonly<Record<K, string | undefined>>,
): Record<K, number | undefined> =>
  Object.fromEntries(
    Object.entries<string | undefined>(exact).map(([name, text]) => [
      name,
      text === undefined ? undefined : Number(text),
    ]),
  ) as Record<K, number | undefined>;
