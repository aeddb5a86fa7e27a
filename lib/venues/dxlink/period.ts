import type { OptionRule } from '../../errors/optionRules.js';

/** Seconds between two sendings, 0 for as it happens. JSON has no `Infinity`: the venue would read `null`. */
export const aPeriod: OptionRule = [
  (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < Infinity,
  'a number of seconds from 0 on',
];
