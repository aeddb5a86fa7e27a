import { check } from '../../errors/checks.js';
import {
  type OptionRule,
  aCount,
  aDuration,
  aNumber,
  aText,
  checkConfig,
  fromZero,
  oneOf,
} from '../../errors/optionRules.js';
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

const details: Readonly<Record<string, OptionRule>> = {
  for: aDuration,
  count: aCount,
  target: aText,
  status: aNumber,
  code: aNumber,
  delay: fromZero,
  every: aDuration,
  until: fromZero,
};
