/** An object as JSON has them: neither a list nor `null`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether it is one. */
export const isJsonObject = (u: unknown): u is JsonObject => typeof u === 'object' && u !== null && !Array.isArray(u);
