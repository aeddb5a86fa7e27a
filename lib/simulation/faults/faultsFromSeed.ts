import { between, random, seedFor, type Random } from '../random.js';
import { faultNames, isMomentary, MOMENT, type FaultName, type FaultPlan, type PlannedFault } from './plannedFault.js';

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
 */
export function faultsFromSeed(seed: number, config: FaultsFromSeedConfig = {}): FaultPlan {
  const { from = 0, until = 30_000, faults = survivable, targets = [] } = config;
  const draw = random(seedFor(seed, 'faults'));
  const count = config.count ?? between(draw, 1, 8);
  const plan = Array.from({ length: faults.length === 0 ? 0 : count }, (): PlannedFault => {
    const fault = pick(draw, faults, 'drop');
    const latest = isMomentary(fault) ? Math.max(from, until - MOMENT) : until;
    const at = between(draw, from, Math.max(from, latest - 1));
    const aim = targets.length > 0 && draw() < 0.5 ? { target: pick(draw, targets, '') } : {};
    return { fault, at, ...aim, ...detailsOf(fault, draw, until - at) };
  });
  return plan.sort((left, right) => left.at - right.at);
}

function detailsOf(fault: FaultName, draw: Random, left: number): Omit<PlannedFault, 'fault' | 'at'> {
  const lasts = (least: number, most: number): number => Math.max(1, Math.min(left, between(draw, least, most)));
  switch (fault) {
    case 'refuseConnections':
      return { for: lasts(500, 8_000), status: pick(draw, [403, 429, 502, 503], 503) };
    case 'acceptAndClose':
      return { for: lasts(200, 4_000), code: pick(draw, [1000, 1001, 1008, 1012], 1000) };
    case 'upgradeRefused':
      return { count: between(draw, 1, 3), status: pick(draw, [401, 403], 401) };
    case 'signInFails':
      return { for: lasts(1_000, 8_000), status: pick(draw, [429, 500, 503], 500) };
    case 'tokenExpired':
    case 'sequenceRestart':
    case 'numbersAnew':
    case 'numbersAhead':
      return {};
    case 'closeCleanly':
      return { code: pick(draw, [1000, 1001, 1012], 1000) };
    case 'terminate':
    case 'halfOpen':
      return {};
    case 'silent':
      return draw() < 0.3 ? {} : { for: lasts(500, 15_000) };
    case 'slowSnapshot':
      return { for: lasts(2_000, 10_000), delay: between(draw, 200, 6_000) };
    case 'staleSnapshot':
      return { for: lasts(2_000, 10_000), count: between(draw, 1, 4), delay: between(draw, 500, 20_000) };
    case 'failingSnapshot':
      return { for: lasts(2_000, 8_000), count: between(draw, 1, 5), status: pick(draw, [429, 500, 503], 500) };
    case 'burst':
      return { count: between(draw, 20, 150) };
    case 'newListing':
    case 'configLate':
      return { delay: between(draw, 500, 5_000) };
    case 'authExpired':
    case 'channelClosed':
      return {};
    case 'ackNever':
      return { for: lasts(1_000, 10_000), count: between(draw, 1, 3) };
    case 'unknownSymbol':
      return { for: lasts(500, 5_000) };
    default:
      return { for: lasts(500, 5_000), count: between(draw, 1, 5) };
  }
}

const pick = <T>(draw: Random, from: readonly T[], otherwise: T): T =>
  from[Math.floor(draw() * from.length)] ?? otherwise;
