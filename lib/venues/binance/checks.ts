import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';

/** Callers without types are told, too. */
export function checkOneOf(field: string, known: readonly string[], value: string): void {
  if (!known.includes(value)) throw new InvalidArgumentError(field, known.join(', '), value);
}

export function checkWhole(field: string, most: number, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new InvalidArgumentError(field, `a whole number from 1 to ${most}`, value);
}
