import { type MonoTypeOperatorFunction, retry, throwError, timer } from 'rxjs';
import type { RequestFailedError } from '../errors/requestFailedError.js';
import { isFatal } from '../errors/isFatal.js';
import { defaultPause, pauseBefore } from './pause.js';
import { reportRefused } from '../socket/reportRefused.js';
import type { FoldContext } from './foldContext.js';

/**
 * Asks again for what can't be had, as books do for their snapshots: after 250 ms, then with doubling pauses up to 8 s, and
 * not before the venue's `Retry-After`. Each failure is reported as a `snapshot` fault of the channel.
 *
 * @returns An operator. Errors with a refusal, and with whatever else no retry can help.
 */
export const patiently = <T>(
  { scheduler, random, report }: Pick<FoldContext, 'scheduler' | 'random' | 'report'>,
  channel: string,
): MonoTypeOperatorFunction<T> =>
  retry({
    delay: (error: unknown, attempt) => {
      if (reportRefused(error, { channel, report }) || isFatal(error)) return throwError(() => error);
      const { message = String(error), retryAfter = 0 } = Object(error) as Partial<RequestFailedError>;
      report({ type: 'snapshot', channel, attempt, message: `${channel}: ${message}` });
      // The first wait of a book is none: what failed here was the first try.
      return timer(Math.max(pauseBefore(attempt + 1, defaultPause, random), retryAfter), scheduler);
    },
  });
