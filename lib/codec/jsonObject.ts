/** An object as JSON has them: neither a list nor `null`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether it is one. */
export const isJsonObject = (u: unknown): u is JsonObject => typeof u === 'object' && u !== null && !Array.isArray(u);

/**
 * The same value, which must be one.
 *
 * @throws TypeError with the words for what is none.
 */
export function asJsonObject(u: unknown, otherwise = 'no object'): JsonObject {
  if (isJsonObject(u)) return u;
  throw new TypeError(otherwise);
}
