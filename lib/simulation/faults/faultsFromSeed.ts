import { type OptionRule, aNumber, checkKind, checkOptions, fromZero, texts } from '../../errors/optionRules.js';
import { howMany } from '../checkVenueConfig.js';
import { between, pick, random, seedFor } from '../random.js';
import { Dice } from './faultKind.js';
import { allFaultNames, faultNames, isFaultName, isMomentary, kindOf, type FaultName } from './faultNames.js';
import { MOMENT, type FaultPlan, type PlannedFault } from './plannedFault.js';

/** How many faults a seed draws, of which kinds, and when. */
export interface FaultsFromSeedConfig {
  /** When the first fault may begin, in ms since the venue was made. Default: 0. */
  readonly from?: number;
  /** When the last fault has ended. Default: 30,000. */
  readonly until?: number;
  /** How many. Default: 1 to 8, by seed. */
  readonly count?: number;
  /**
   * Which. Default: all that every venue has but `unknownSymbol`, which a venue's client rightly takes for a refusal and no loss: nothing
   * follows that could be mended.
   */
  readonly faults?: readonly FaultName[];
  /** What a fault may be aimed at; half of them are. Default: nothing, so that each hits what it meets first. */
  readonly targets?: readonly string[];
}

const survivable = faultNames.filter((name) => name !== 'unknownSymbol');

/**
 * A random plan, the same one for the same seed. Every fault can strike only from `from` until `until`. A connection
 * struck `silent` or `halfOpen` without an end stays so beyond, until its client replaces it.
 *
 * @throws InvalidArgumentError for what can't be meant: a fault of an unknown name, for instance.
 */
export function faultsFromSeed(seed: number, config: FaultsFromSeedConfig = {}): FaultPlan {
  checkKind('seed', aNumber, seed);
  checkOptions('config', config, rules);
  const { from = 0, until = 30_000, faults = survivable, targets = [] } = config;
  const draw = random(seedFor(seed, 'faults'));
  const count = config.count ?? between(draw, 1, 8);
  const plan = Array.from({ length: faults.length === 0 ? 0 : count }, (): PlannedFault => {
    const fault = pick(draw, faults) ?? 'drop';
    const latest = isMomentary(fault) ? Math.max(from, until - MOMENT) : until;
    const at = between(draw, from, Math.max(from, latest - 1));
    const aim = targets.length > 0 && draw() < 0.5 ? { target: pick(draw, targets) ?? '' } : {};
    return { fault, at, ...aim, ...kindOf(fault).details(new Dice(draw, until - at)) };
  });
  return plan.sort((left, right) => left.at - right.at);
}

const aMoment: OptionRule = [
  (value: unknown): boolean => fromZero[0](value) && value !== Infinity,
  'a number of ms from 0',
];
const rules = {
  from: aMoment,
  until: aMoment,
  count: howMany,
  faults: [
    (value: unknown): boolean => Array.isArray(value) && value.every(isFaultName),
    `a list of ${allFaultNames.join(', ')}`,
  ] as const,
  targets: texts,
};
