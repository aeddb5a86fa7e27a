import { SecretTexts } from './secretTexts.js';

/** What of an endpoint must never be told: its query, its user part, its headers, long pieces of its path. */
export interface Secrets {
  /** The endpoint for people: scheme, host and path, and of those nothing that may be a key. */
  readonly place: string;
  /** Takes every secret out of a text. */
  scrub(text: string): string;
  /** The error as `cause` of one of ours, unless it, or what caused it, tells a secret. */
  cause(error: unknown): ErrorOptions;
}

/** Listen keys and tokens stand in paths too; no venue has a word this long there. */
const LONG_SEGMENT = 32;
const HIDDEN = '…';

export function secretsOf(url: string, headers: Readonly<Record<string, string>> = {}): Secrets {
  const { place, pieces } = read(url);
  const known = new SecretTexts({ hidden: HIDDEN, most: Infinity });
  for (const piece of pieces) known.add(piece);
  known.addHeaders(headers);
  const scrub = (text: string): string => known.scrub(text);
  return {
    place,
    scrub,
    cause: (error) => (error === undefined || reveals(error, scrub) ? {} : { cause: error }),
  };
}

function read(url: string): { readonly place: string; readonly pieces: readonly string[] } {
  try {
    const { protocol, host, pathname, search, hash, username, password, searchParams } = new URL(url);
    const segments = pathname.split('/');
    const hidden = segments.filter((segment) => segment.length >= LONG_SEGMENT);
    const path = segments.map((segment) => (segment.length >= LONG_SEGMENT ? HIDDEN : segment)).join('/');
    const raw = search.slice(1).split('&');
    const values = raw.map((pair) => pair.slice(pair.indexOf('=') + 1));
    const parts = [username, password, search.slice(1), hash.slice(1), ...raw, ...values, ...searchParams.values()];
    return { place: `${protocol}//${host}${path}`, pieces: [...hidden, ...parts] };
  } catch {
    return { place: 'an address that is no URL', pieces: [url, ...url.split(/[/?&=@#\s]+/)] };
  }
}

/** Looks into all that an error says, and into its causes: whoever prints the outer one prints them all. */
export function reveals(value: unknown, scrub: (text: string) => string, depth = 0): boolean {
  if (depth > 8) return true;
  if (typeof value === 'string') return scrub(value) !== value;
  if (typeof value !== 'object' || value === null) return false;
  return Object.getOwnPropertyNames(value).some((name) => reveals(Reflect.get(value, name), scrub, depth + 1));
}
