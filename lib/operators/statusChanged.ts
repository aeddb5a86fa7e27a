import type { BookState } from '../model/bookState.js';

/** Whether a book became live, stale or void, or is stale for another reason. Such news should wait for nobody. */
export function statusChanged(previous: BookState, next: BookState): boolean {
  if (previous.status !== next.status) return true;
  return previous.status === 'stale' && next.status === 'stale' && previous.reason !== next.reason;
}
