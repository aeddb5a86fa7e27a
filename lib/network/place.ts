import type { Endpoint } from './network.js';

/** An address for people: scheme and host. User part, path and query may hold keys. */
export const placeOf = (url: string): string => /^\w+:\/\/[^/\\?#@]*(?![^/\\?#])/.exec(url)?.[0] ?? 'hidden';

/**
 * Whether what others say of an endpoint may be told: a platform's error, a venue's reason for closing. Either may repeat
 * what it was asked for, so nothing is told where there are headers, a user part, a query, or a path with a long word:
 * listen keys and tokens stand in paths too, and no venue has a word of 32 letters there.
 */
export const holdsNoSecret = ({ url, headers = {} }: Endpoint): boolean =>
  Object.keys(headers).length === 0 && !/[?#@]|[^/]{32}/.test(url);

/** What others say of an endpoint, as the cause of an error of ours; nothing where it may tell a secret. */
export const causeFor = (endpoint: Endpoint, cause: unknown): ErrorOptions | undefined =>
  cause !== undefined && holdsNoSecret(endpoint) ? { cause } : undefined;
