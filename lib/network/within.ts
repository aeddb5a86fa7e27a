import { type MonoTypeOperatorFunction, type SchedulerLike, asyncScheduler, timeout } from 'rxjs';
import { steady } from '../time/steadyScheduler.js';

/** Errors as `late` says where nothing has come after so many ms; what has come by then has no further bound. */
export const within = <T>(
  ms: number,
  { scheduler = asyncScheduler }: { readonly scheduler?: SchedulerLike | undefined },
  late: () => Error,
): MonoTypeOperatorFunction<T> =>
  timeout({
    first: ms,
    scheduler: steady(scheduler),
    with: () => {
      throw late();
    },
  });
