import type { HttpResponse } from './network.js';

type Head = Pick<HttpResponse, 'headers' | 'status'>;

/** No longer than this, in seconds: so many are a time since 1970, and none to wait. */
const LONGEST = 1e9;

/** When an answer was given, in ms: by its `Date`, since a clock of ours may be wrong by hours; by that where it tells none. */
export const answeredAt = ({ headers }: Pick<Head, 'headers'>, clock: number): number =>
  timeOf(headers['date'] ?? '') || clock;

/**
 * How long an answer asks to stay away, in ms: `Retry-After` (RFC 9110), in seconds or as a date, which is read by the `Date` of
 * the same answer; and of one that says "too many" the `RateLimit-Reset` of drafts and servers, in seconds. `undefined` where it does
 * not say so that it can be read, or names the past.
 *
 * @param clock What a date counts from where the answer tells no time of its own, in ms. Default: such dates are not read.
 */
export function retryAfterOf(answer: Head, clock = NaN): number | undefined {
  const { headers, status } = answer;
  const resets = status === 429 || status === 418 ? ['ratelimit-reset', 'x-ratelimit-reset'] : [];
  return ['retry-after', ...resets]
    .map((name) => headers[name] ?? '')
    .map((text) =>
      /^ *\d+(\.\d+)? *(,|$)/.test(text) ? parseFloat(text) : (timeOf(text) - answeredAt(answer, clock)) / 1_000,
    )
    .filter((seconds) => seconds >= 0 && seconds < LONGEST)
    .map((seconds) => seconds * 1_000)[0];
}

/** All three forms of RFC 9110, of which the last names no zone; NaN for what is none. */
const timeOf = (text: string): number =>
  /^[a-z]+,? /i.test(text) ? Date.parse(text.replace(/\d{4}$/, '$& GMT')) : NaN;
