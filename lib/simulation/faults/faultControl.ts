import type { Observable } from 'rxjs';
import type { FaultName } from './faultNames.js';
import type { FaultPlan } from './plannedFault.js';
import type { FaultDetails } from './faultDetails.js';

/** A fault struck. */
export interface AppliedFault {
  readonly fault: FaultName;
  /** The venue's time, in ms. */
  readonly at: number;
  /** What it struck: a stream, a symbol, a connection's path. */
  readonly on: string;
}

/** What goes wrong at a simulated venue, from outside. */
export interface FaultControl {
  /** The plan and what was injected since, without what is over. */
  readonly plan: FaultPlan;
  /**
   * Lets a fault begin now.
   *
   * @throws InvalidArgumentError for a fault that the venue does not have, and for details that can't be meant.
   */
  inject(fault: FaultName, details?: FaultDetails): void;
  /** Nothing planned or injected strikes any more. What was struck stays so: a half-open connection does not heal. */
  clear(): void;
  /** How often each fault struck. */
  applied(): Readonly<Partial<Record<FaultName, number>>>;
  /** Each fault that strikes, as it does. Hot. */
  readonly applied$: Observable<AppliedFault>;
}
