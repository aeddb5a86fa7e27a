/** A URL, whole or from its path on; `undefined` for what is none. */
export function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url, 'ws://venue');
  } catch {
    return undefined;
  }
}

/** What a connection is known by where its query says what it is for. */
export const pathAndQuery = ({ pathname, search }: URL): string => pathname + search;
