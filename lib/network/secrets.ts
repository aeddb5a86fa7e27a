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
/** Shorter values are words like `true` and `1000`: taking them out would only garble the text. */
const SHORTEST = 6;
const HIDDEN = '…';

export function secretsOf(url: string, headers: Readonly<Record<string, string>> = {}): Secrets {
  const { place, pieces } = read(url);
  const found = [...pieces, ...Object.values(headers).flatMap((value) => [value, ...value.split(/[\s,;=]+/)])];
  // The longest first: a piece of another one must not break it up before it is found.
  const secrets = [...new Set(found)].filter((piece) => piece.length >= SHORTEST).sort((a, b) => b.length - a.length);
  const scrub = (text: string): string => secrets.reduce((rest, secret) => rest.split(secret).join(HIDDEN), text);
  return {
    place,
    scrub,
    cause: (error) => (error === undefined || secrets.some((secret) => tells(error, secret)) ? {} : { cause: error }),
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
    const all = [...hidden, ...parts].flatMap((part) => [part, decoded(part)]);
    return { place: `${protocol}//${host}${path}`, pieces: all };
  } catch {
    return { place: 'an address that is no URL', pieces: [url, ...url.split(/[/?&=@#\s]+/)] };
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Looks into all that an error says, and into its causes: whoever prints the outer one prints them all. */
function tells(value: unknown, secret: string, depth = 0): boolean {
  if (depth > 8) return true;
  if (typeof value === 'string') return value.includes(secret);
  if (typeof value !== 'object' || value === null) return false;
  return Object.getOwnPropertyNames(value).some((name) => tells(Reflect.get(value, name), secret, depth + 1));
}
