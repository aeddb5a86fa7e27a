import type { FaultNotice } from '../model/fault.js';
import type { BudgetWait } from '../network/budget.js';

/** What is told where the venue's limits have something wait. */
export function waitingFault(what: 'requests' | 'connections', { count, ms }: BudgetWait): FaultNotice {
  const message = `${count} ${what} wait for the venue's limits, the last of them for at least ${Math.ceil(ms / 1_000)} s`;
  return { type: 'waiting', what, count, ms, message };
}
