import { check } from '../errors/checks.js';

/** Refuses a count that counts nothing. `Infinity` is a count without a bound. */
export function atLeastOne(field: string, value: number): void {
  check(field, value >= 1 && (value === Infinity || Number.isInteger(value)), 'a whole number of at least 1', value);
}

/** Refuses what no timer can wait for, and what no rate is. */
export function positive(field: string, value: number): void {
  check(field, value > 0 && value < Infinity, 'a number above 0', value);
}
