import { type Observable, catchError, map, throwError } from 'rxjs';
import { AuthenticationRefusedError } from '../../errors/authenticationRefusedError.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { jsonOf, readAnswer } from '../../feed/readAnswer.js';
import { QuoteTokenAnswer, RestError } from './frames.js';
import { type RestConfig, get } from './rest.js';

/** What market data is opened with. */
export interface TastytradeQuoteToken {
  readonly token: string;
  /** Where dxLink is to be had. */
  readonly url: string;
  /** `api` or `demo`, in the venue's words, where it tells. */
  readonly level: string | undefined;
  /** Whether quotes come late: the address says so. */
  readonly delayed: boolean;
  /** In ms of our clock. */
  readonly expiresAt: number;
}

/** Valid for 24 hours (guide, `streaming-market-data`). */
const LIFE = 86_400_000;
/** A user without an opened account has no quotes. */
const NO_CUSTOMER = 'quote_streamer.customer_not_found_error';

/**
 * A token for market data by `GET /api-quote-tokens`.
 *
 * @throws (on the stream) AuthenticationRefusedError where the user may not have one; RequestFailedError.
 */
export function quoteToken(config: RestConfig, now: () => number): Observable<TastytradeQuoteToken> {
  return get(config, '/api-quote-tokens').pipe(
    map((answer) => {
      const { token, 'dxlink-url': url, level } = readAnswer(QuoteTokenAnswer, answer).data;
      return {
        token,
        url,
        level: typeof level === 'string' ? level : undefined,
        delayed: url.includes('delayed'),
        expiresAt: now() + LIFE,
      };
    }),
    catchError((error: unknown) => throwError(() => refusalOf(error))),
  );
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof RequestFailedError)) return error;
  const answer = RestError.decode(jsonOf(error.text));
  if (answer._tag === 'Left' || answer.right.error.code !== NO_CUSTOMER) return error;
  return new AuthenticationRefusedError('tastytrade', NO_CUSTOMER);
}
