import { check } from '../../errors/checks.js';
import { type OptionRule, aCount, aDuration, aText, checkConfig, fromZero, oneOf } from '../../errors/optionRules.js';
import { CLOSE_CODES, isCloseCode } from './closeCode.js';
import type { FaultName } from './faultNames.js';

/**
 * Refuses a plan of faults that can't be meant.
 *
 * @param known The faults that the venue has.
 * @throws InvalidArgumentError
 */
export function checkPlan(plan: unknown, known: readonly FaultName[]): void {
  check('faults', Array.isArray(plan), 'a list of faults such as { fault, at }', plan);
  for (const planned of plan as readonly unknown[]) checkFault(planned, known);
}

/** The same for one fault. */
export function checkFault(planned: unknown, known: readonly FaultName[]): void {
  checkConfig('faults', planned, { fault: oneOf(...known), at: fromZero }, details);
}

const aStatus: OptionRule = [
  (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
  'an HTTP status from 200 to 599',
];

const details: Readonly<Record<string, OptionRule>> = {
  for: aDuration,
  count: aCount,
  target: aText,
  status: aStatus,
  code: [isCloseCode, CLOSE_CODES],
  delay: fromZero,
  every: aDuration,
  until: fromZero,
};
