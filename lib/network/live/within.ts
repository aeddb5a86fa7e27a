import { type MonoTypeOperatorFunction, asyncScheduler, timeout } from 'rxjs';
import type { LiveLimits } from './liveLimits.js';

/** Errors as `late` says where nothing has come after so many ms; what has come by then has no further bound. */
export const within = <T>(
  ms: number,
  { scheduler = asyncScheduler }: LiveLimits,
  late: () => Error,
): MonoTypeOperatorFunction<T> =>
  timeout({
    first: ms,
    scheduler,
    with: () => {
      throw late();
    },
  });
