import { KnownSecrets } from '../network/knownSecrets.js';

/** The text without the token, should the venue repeat it. */
export function hideToken(text: string, token: string | undefined): string {
  const known = new KnownSecrets({ shortest: 1 });
  known.add(token ?? '');
  return known.scrub(text);
}
