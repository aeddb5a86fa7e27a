/** The doubles nearest to decimal texts, under the same names. */
export const numbersOf = <K extends string>(exact: Readonly<Record<K, string>>): Record<K, number> =>
  Object.fromEntries(Object.entries(exact).map(([name, text]) => [name, Number(text)])) as Record<K, number>;
