import { InvalidArgumentError } from '../errors/invalidArgumentError.js';

/** Refuses an argument of an operator unless it is right. */
export function demand(isRight: boolean, field: string, expected: string, received: unknown): void {
  if (!isRight) throw new InvalidArgumentError(field, expected, received);
}

/** Refuses a count that counts nothing. `Infinity` is a count without a bound. */
export function atLeastOne(field: string, value: number): void {
  demand(value >= 1 && (value === Infinity || Number.isInteger(value)), field, 'a whole number of at least 1', value);
}

/** Refuses what no timer can wait for, and what no rate is. */
export function positive(field: string, value: number): void {
  demand(value > 0 && value < Infinity, field, 'a number above 0', value);
}
