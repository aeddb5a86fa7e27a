import { type Observable, type SchedulerLike, tap } from 'rxjs';
import { every } from './every.js';
import type { Link } from './plan.js';

/** Sends something every `ms`, whatever else is said: for a dialect's `alongside`. */
export const heartbeat = (
  link: Pick<Link, 'send'>,
  ms: number,
  text: () => string,
  scheduler: SchedulerLike,
): Observable<unknown> =>
  every(ms, scheduler).pipe(
    tap(() => {
      link.send(text());
    }),
  );
