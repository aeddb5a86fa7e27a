import type { FaultDetails } from './faultDetails.js';
import { isMomentary, type FaultName } from './faultNames.js';

/** One line of a plan. */
export interface PlannedFault extends FaultDetails {
  readonly fault: FaultName;
  /** In ms since the venue was made. */
  readonly at: number;
  /** Again after every so many ms. */
  readonly every?: number;
  /** No repetition begins at or after this time. Default: it never ends. */
  readonly until?: number;
}

/** What goes wrong when. Data: the same plan on the same seed does the same. */
export type FaultPlan = readonly PlannedFault[];

/** How long a fault without a duration waits for something to hit, in ms. */
export const WAITS = 10_000;
/** How long a fault of one moment is still worth doing when nobody was connected at that moment, in ms. */
export const MOMENT = 1_000;

/** For how long a fault can strike, in ms. */
export const windowOf = (planned: PlannedFault): number => planned.for ?? (isMomentary(planned.fault) ? MOMENT : WAITS);

/** When the last fault of a plan can strike no more, in ms since the venue was made; `Infinity` if it never ends. */
export const endOfPlan = (plan: FaultPlan): number =>
  plan.reduce((end, planned) => Math.max(end, lastBegin(planned) + windowOf(planned)), 0);

function lastBegin({ at, every, until = Number.POSITIVE_INFINITY }: PlannedFault): number {
  if (every === undefined) return at;
  return until <= at ? at : at + (Math.ceil((until - at) / every) - 1) * every;
}
