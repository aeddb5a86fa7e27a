import type { OptionRule } from '../errors/optionRules.js';

const isAudit = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string';

/** What `audit({ every })` gives. */
export const anAudit: OptionRule = [isAudit, 'audit({ every })'];
