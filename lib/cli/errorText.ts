/** What an error says. Does not ask for its class: one thrown in another realm is an error as well. */
export const errorText = (error: unknown): string => field(error, 'message') ?? String(error);

/** The system's code of an error, `ENOENT` for instance; `undefined` where it has none. */
export const errorCode = (error: unknown): string | undefined => field(error, 'code');

function field(error: unknown, name: 'message' | 'code'): string | undefined {
  if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}
