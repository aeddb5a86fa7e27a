import { map, of, timer, type Observable, type SchedulerLike } from 'rxjs';
import type { HttpResponse } from '../../network/network.js';
import type { PlannedFault } from './plannedFault.js';

/**
 * An answer at once, or late by a `slowSnapshot`. It tells how things stand when it leaves, not when the question came.
 */
export const answerWhenDue = (
  slow: PlannedFault | undefined,
  scheduler: SchedulerLike,
  answer: () => HttpResponse,
): Observable<HttpResponse> =>
  slow === undefined ? of(answer()) : timer(slow.delay ?? 3_000, scheduler).pipe(map(answer));
