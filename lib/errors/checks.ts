import { InvalidArgumentError } from './invalidArgumentError.js';

/**
 * Refuses an argument that can't be meant.
 *
 * @throws InvalidArgumentError unless it is right.
 */
export function check(field: string, isRight: boolean, expected: string, value: unknown): void {
  if (!isRight) throw new InvalidArgumentError(field, expected, value);
}

/** The same for one of a few: callers without types are told, too. */
export function checkOneOf<T>(field: string, known: readonly T[], value: T): void {
  check(field, known.includes(value), known.join(', '), value);
}

/** The same for a whole number from 1 to `most`. */
export function checkWhole(field: string, most: number, value: number): void {
  check(field, Number.isInteger(value) && value >= 1 && value <= most, `a whole number from 1 to ${most}`, value);
}
