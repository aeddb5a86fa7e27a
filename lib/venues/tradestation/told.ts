/** Leaves out what is not told, so that what is laid over something else hides nothing. What is `null` was told. */
export function told<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

type Known<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** Leaves out what could not be read, too. */
export function known<T extends object>(fields: T): Known<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Known<T>;
}

export const numberOf = (text: string | null | undefined): number | undefined =>
  text === undefined || text === null ? undefined : Number(text);
