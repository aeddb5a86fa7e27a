/** Things in the order they came: a list that grows at its end and shares what it was before. */
export interface Pile<T> {
  readonly count: number;
  /** The last of them, and all before it; absent where there are none. */
  readonly top: { readonly value: T; readonly below: Pile<T> } | undefined;
}

export const emptyPile: Pile<never> = { count: 0, top: undefined };

export const piled = <T>(below: Pile<T>, value: T): Pile<T> => ({ count: below.count + 1, top: { value, below } });

/** The oldest first. */
export function valuesOf<T>(pile: Pile<T>): T[] {
  const values: T[] = [];
  for (let { top } = pile; top !== undefined; { top } = top.below) values.push(top.value);
  return values.reverse();
}
