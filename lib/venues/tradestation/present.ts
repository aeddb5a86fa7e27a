/** Leaves out what is not told, so that what is laid over something else hides nothing. What is `null` was told. */
export function present<T extends object>(fields: T): Partial<T> {
  const left: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined) left[name] = fields[name];
  return left;
}

type Known<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** Leaves out what could not be read, too. */
export function known<T extends object>(fields: T): Known<T> {
  const left: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined && fields[name] !== null) left[name] = fields[name];
  return left as Known<T>;
}

export const numberOf = (text: string | null | undefined): number | undefined =>
  text === undefined || text === null ? undefined : Number(text);
