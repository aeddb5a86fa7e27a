import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';

/**
 * Callers without types are told, too.
 *
 * @param known What would have been right, set apart by blanks.
 */
export function checkOneOf(field: string, known: string, value: string): void {
  check(field, known.split(' ').includes(value), known.replaceAll(' ', ', '), value);
}

export function checkWhole(field: string, most: number, value: number): void {
  check(field, Number.isInteger(value) && value >= 1 && value <= most, `a whole number from 1 to ${most}`, value);
}

export function check(field: string, isRight: boolean, expected: string, value: unknown): void {
  if (!isRight) throw new InvalidArgumentError(field, expected, value);
}
