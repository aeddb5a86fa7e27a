import { KnownSecrets } from '../network/knownSecrets.js';
import { namesSecret, plainName } from '../network/secretNames.js';
import { SHORTEST_ANSWERED, withoutNamed } from '../network/withoutNamed.js';

/** What takes the place of a secret. */
const HIDDEN = '***';
/** A shorter value may stand anywhere by chance: it is taken out where it was named, not wherever it is found. */
const SHORTEST_SOUGHT = 8;
/** A piece of a socket's path that may be a key: no venue has a word this long there, and lists have commas. */
const KEY_IN_PATH = /\/([\w~-]{32,})(?=[/?#]|$)/g;
const QUERY = /([?&])([^=&#]*)=([^&#]*)/g;
/** Requests of which all that is answered is secret. */
const SIGNING_IN = /^\w+:\/\/[^/]*(?:\/[^?]*)?\/(?:nonce|auth|login|token|sessions?)(?:[/?]|$)/i;
/** Tokens that a venue gives out on a wire. Other names may be a market's: `"token":"0x…"`. */
const GIVEN = /"(?:access|refresh|id|session)[-_]?token"\s*:/i;
const GIVEN_NAME = /^(?:access|refresh|id|session)token$/;
/** What is signed goes out as numbers at some venues, and comes back with what it was signed for. */
const NUMBERED_SIGNATURE = /("signature"\s*:\s*)\[[\d\s,]+(?:\]|$)/g;

/**
 * Takes secrets out of what is recorded: values under the name of a secret, and then those values wherever else they
 * turn up, such as a listen key in the path of a socket or a token that the venue repeats in a frame.
 */
export class Redaction {
  private readonly known = new KnownSecrets({ hidden: HIDDEN, shortest: SHORTEST_SOUGHT });
  private readonly names: ReadonlySet<string>;

  /** @param names Further names of secrets, in queries, in what is sent and in responses. Case, `-` and `_` don't matter. */
  constructor(names: readonly string[] = []) {
    this.names = new Set(names.map(plainName));
  }

  /** Headers are never recorded; this is so that their values are known when they are met again. */
  headers(headers: Readonly<Record<string, string>> = {}): void {
    this.known.addHeaders(headers);
  }

  /** The address of a socket. What a request asks for stands in its path, however long it is; answers are found by that. */
  socket(url: string): string {
    for (const [, key = ''] of url.matchAll(KEY_IN_PATH)) this.known.add(key);
    return this.url(url);
  }

  url(url: string): string {
    const named = url
      .replace(/^(\w+:\/\/)[^/?#]*@/, '$1')
      .replace(QUERY, (pair: string, mark: string, name: string, value: string) => {
        if (!this.isSecret(name)) return pair;
        this.known.add(value);
        return `${mark}${name}=${HIDDEN}`;
      });
    return this.text(named);
  }

  sent(text: string): string {
    return this.named(text, 1);
  }

  heard(text: string): string {
    if (!GIVEN.test(text)) return this.text(text);
    return this.named(text, SHORTEST_ANSWERED, (name) => GIVEN_NAME.test(plainName(name)));
  }

  /** @param url Where it was asked. */
  answered(body: string, url: string): string {
    return SIGNING_IN.test(url) ? this.named(body, SHORTEST_SOUGHT, () => true) : this.named(body, SHORTEST_ANSWERED);
  }

  /** A text in which only what is known to be secret is taken out. All else stays byte for byte. */
  text(text: string): string {
    return this.known.blot(text.includes('"signature"') ? text.replace(NUMBERED_SIGNATURE, `$1["${HIDDEN}"]`) : text);
  }

  private named(text: string, shortest: number, isSecret = (name: string): boolean => this.isSecret(name)): string {
    const rest = withoutNamed(text, {
      hidden: HIDDEN,
      shortest,
      isSecret,
      found: (value) => {
        this.known.add(textOf(value));
      },
    });
    return this.text(rest);
  }

  private isSecret(name: string): boolean {
    return namesSecret(name) || this.names.has(plainName(name));
  }
}

/** The value of a text in JSON. */
function textOf(inner: string): string {
  try {
    return String(JSON.parse(`"${inner}"`));
  } catch {
    return inner;
  }
}
