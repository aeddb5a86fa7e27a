import * as t from 'io-ts';
import { SizeText } from './decimalText.js';
import { REFUSED, FastType } from './fastType.js';
import { numberAsText } from './looseDecimal.js';

/** `1e-8`, as some lists write what is small. */
const EXPONENT = /^\d{1,3}(\.\d{1,20})?e[-+]?\d{1,2}$/i;

/** The exact text of a step or a least size in a list, however it is written: as text, as a JSON number, with an exponent; not below 0. */
export function stepIn(u: unknown): string | undefined {
  const text = numberAsText(typeof u === 'string' && EXPONENT.test(u) ? Number(u) : u);
  return SizeText.is(text) ? text : undefined;
}

/** Reads it so, and refuses what is none. */
export const Step = new FastType<string, string>('Step', SizeText.is, (u) => stepIn(u) ?? REFUSED, t.identity);
