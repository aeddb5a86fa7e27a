/** Refuses a count that counts nothing. */
export function atLeastOne(name: string, value: number): void {
  if (!(value >= 1) || (value !== Infinity && !Number.isInteger(value))) {
    throw new RangeError(`${name} must be a whole number of at least 1, not ${value}`);
  }
}
