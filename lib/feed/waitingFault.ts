import type { FaultNotice } from '../model/fault.js';
import type { BudgetWait } from '../network/budget.js';

/** What is told where the venue's limits have requests wait. */
export function waitingFault({ count, ms }: BudgetWait): FaultNotice {
  const message = `${count} requests wait for the venue's limits, the last of them for at least ${Math.ceil(ms / 1_000)} s`;
  return { type: 'waiting', count, ms, message };
}
