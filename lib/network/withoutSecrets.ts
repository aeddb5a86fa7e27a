import { AuthenticationRefusedError } from '../errors/authenticationRefusedError.js';
import { isFatal } from '../errors/isFatal.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import { reveals } from './secrets.js';
import type { SecretTexts } from './secretTexts.js';

/** So many causes behind one another are told. */
const MOST_CAUSES = 8;

/**
 * The error without what is known to be secret, in its own words and in those of what caused it; the same one where nothing
 * reveals any. Of an error of somebody else's that does, its name and its words are kept, and nothing else that it holds:
 * clients of somebody else's throw all that they sent.
 */
export function withoutSecrets(error: unknown, known: SecretTexts, most = MOST_CAUSES): unknown {
  const scrub = (text: string): string => known.scrub(text);
  if (!reveals(error, scrub)) return error;
  const { cause: causedBy } = Object(error) as { readonly cause?: unknown };
  const cause = causedBy === undefined || most === 0 ? {} : { cause: withoutSecrets(causedBy, known, most - 1) };
  if (error instanceof WireLostError) return new WireLostError(error.reason, scrub(error.text), error.code, cause);
  if (error instanceof RequestFailedError) {
    const { text, status, retryAfter, asked, ledTo } = error;
    return new RequestFailedError(scrub(text), status, retryAfter, { asked: asked && scrub(asked), ledTo, ...cause });
  }
  if (error instanceof AuthenticationRefusedError)
    return new AuthenticationRefusedError(error.venue, scrub(error.text), cause);
  // The others are of our words, and of a venue's that have been through here.
  if (isFatal(error)) return error;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return Object.assign(new Error(scrub(message), cause), { name: scrub(name) });
}
