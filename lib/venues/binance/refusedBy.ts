import { type MonoTypeOperatorFunction, catchError } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';

/**
 * What no waiting mends, of errors.md of the spot docs and the error codes of USD-M: -11xx say what is wrong with the request
 * itself (-1100 illegal characters, -1121 invalid symbol, -1122 a symbol that does not trade), but for -1112, a book that is
 * empty by now; -4108 and -4141 say that the symbol is closed.
 */
const isFinal = (code: unknown): boolean =>
  typeof code === 'number' && ((code <= -1100 && code > -1200 && code !== -1112) || code === -4108 || code === -4141);

/** Has a request that the venue refuses for good error with a `SubscriptionRefusedError`. */
export const refusedBy = <T>(instrument: string): MonoTypeOperatorFunction<T> =>
  catchError((error: unknown) => {
    const answer = error instanceof RequestFailedError ? jsonOf(error.text) : undefined;
    if (answer === null || !isFinal(answer?.code)) throw error;
    throw new SubscriptionRefusedError('binance', instrument, String(answer?.msg));
  });

/** What the REST side answers to what it refuses has `code` and `msg`. `undefined` for what is no JSON. */
export function jsonOf(text: string): { readonly code?: unknown; readonly msg?: unknown } | null | undefined {
  try {
    return JSON.parse(text) as ReturnType<typeof jsonOf>;
  } catch {
    return undefined;
  }
}
