import type { HttpResponse } from './network.js';
import type { Secrets } from './secrets.js';

/**
 * The origin to which an answer would lead whoever follows it: without path and query, where secrets may be repeated. Empty
 * where it names none that can be read; `undefined` for an answer that leads nowhere.
 *
 * @param secrets What must not be told of it.
 */
export function redirectOf(
  { status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
  url: string,
  secrets: Pick<Secrets, 'scrub'>,
): string | undefined {
  const { location } = headers;
  return status < 300 || status > 399 || location === undefined ? undefined : secrets.scrub(originOf(location, url));
}

/** The origin of an address that may be relative; empty where it can't be read. */
export function originOf(address: string, base?: string): string {
  try {
    const { origin } = new URL(address, base?.replace(/^ws/, 'http'));
    return origin === 'null' ? '' : origin;
  } catch {
    return '';
  }
}

/** As it is said of one that was not followed. */
export const notFollowed = (origin: string): string =>
  `a redirect${origin === '' ? '' : ` to ${origin}`} was not followed`;
