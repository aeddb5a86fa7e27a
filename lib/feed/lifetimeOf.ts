/**
 * How long an access token lives, in seconds, as its answer says (`expires_in` of RFC 6749, 5.1, which may be absent): a number,
 * or one as text. Whatever is neither says nothing, and is no reason to do without the token.
 *
 * @param unsaid What the venue documents.
 */
export function lifetimeOf(said: unknown, unsaid: number): number {
  if (typeof said === 'number') return said;
  return typeof said === 'string' && /^\d+(?:\.\d+)?$/.test(said) ? Number(said) : unsaid;
}
