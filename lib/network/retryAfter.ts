/**
 * How long an answer asks to stay away, in ms: `Retry-After` (RFC 9110), or the `RateLimit-Reset` of drafts and servers,
 * in seconds. `undefined` where it does not say, or says a date: nobody's clock is asked. So many seconds that they are
 * a time since 1970 are none to wait.
 */
export function retryAfterOf(headers: Readonly<Record<string, string>>): number | undefined {
  const text = headers['retry-after'] ?? headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'];
  const seconds = parseFloat(text ?? '');
  return seconds >= 0 && seconds < 1e9 ? seconds * 1_000 : undefined;
}
