import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';

/** As plain JavaScript calls: nothing is known of types. */
export type Untyped = (...args: readonly unknown[]) => unknown;

/** Calls an export by its name as plain JavaScript would, and expects the refusal of one argument, whose field is told. */
export async function refusesCall(
  exports: object,
  name: string,
  args: readonly unknown[],
  field: string,
): Promise<void> {
  const call = (exports as Readonly<Record<string, unknown>>)[name] as Untyped;
  const told = await Promise.resolve()
    .then(() => call(...args))
    .catch((error: unknown) => error);
  expect(told).toBeInstanceOf(InvalidArgumentError);
  expect(told).toMatchObject({ field });
}
