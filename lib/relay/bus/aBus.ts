import type { OptionRule } from '../../errors/optionRules.js';
import type { Bus } from './bus.js';

/** What an option is that has to be a bus. */
export const aBus: OptionRule = [
  (value: unknown): boolean => typeof (Object(value) as Partial<Bus>).connect === 'function',
  'a bus: connect',
];
