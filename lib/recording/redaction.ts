/** What takes the place of a secret. */
const HIDDEN = '***';
/** Names that end so are those of secrets: `accessToken`, `X-MBX-APIKEY`, `authSig`. */
const ENDINGS = /(token|secret|signature|sig|password|passphrase|apikey|listenkey|jwt|authorization|cookie)$/;
/** Names too short to look for at the end of others. */
const NAMES: readonly string[] = ['key', 'sign', 'auth', 'code'];
/** In a response a short text under such a name is a word: `"quoteToken":"USDT"`. */
const SHORTEST_ANSWERED = 16;
/** A shorter value may stand anywhere by chance: it is taken out where it was named, not wherever it is found. */
const SHORTEST_SOUGHT = 8;
/** Signatures are new with each request; keys and tokens are not. The youngest so many values are sought. */
const SOUGHT = 64;
const HARMLESS_HEADERS = /^(accept|accept-.*|user-agent|content-type|content-length|origin|host|connection)$/i;
const QUERY = /([?&])([^=&#]*)=([^&#]*)/g;
/** Requests of which all that is answered is secret. */
const SIGNING_IN = /^\w+:\/\/[^/]*(?:\/[^?]*)?\/(?:nonce|auth|login|token|sessions?)(?:[/?]|$)/i;
/** What is signed goes out as numbers at some venues, and comes back with what it was signed for. */
const NUMBERED_SIGNATURE = /("signature"\s*:\s*)\[[\d\s,]+\]/g;
const NAMED_TEXT = /"([\w.-]{1,64})"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g;

/**
 * Takes secrets out of what is recorded: values under the name of a secret, and then those values wherever else they
 * turn up, such as a listen key in the path of a socket or a token that the venue repeats in a frame.
 */
export class Redaction {
  private readonly sought = new Set<string>();
  private readonly names: ReadonlySet<string>;

  /** @param names Further names of secrets, in queries, in what is sent and in responses. Case, `-` and `_` don't matter. */
  constructor(names: readonly string[] = []) {
    this.names = new Set([...NAMES, ...names.map(plain)]);
  }

  /** Headers are never recorded; this is so that their values are known when they are met again. */
  headers(headers: Readonly<Record<string, string>> = {}): void {
    for (const [name, value] of Object.entries(headers)) {
      if (HARMLESS_HEADERS.test(name)) continue;
      for (const piece of [value, ...value.split(/[\s,;=]+/)]) this.seek(piece);
    }
  }

  url(url: string): string {
    const named = url
      .replace(/^(\w+:\/\/)[^/?#]*@/, '$1')
      .replace(QUERY, (pair: string, mark: string, name: string, value: string) => {
        if (!this.isSecret(name)) return pair;
        this.seek(value);
        this.seek(decoded(value));
        return `${mark}${name}=${HIDDEN}`;
      });
    return this.text(named);
  }

  sent(text: string): string {
    return this.named(text, 1);
  }

  /** @param url Where it was asked. */
  answered(body: string, url: string): string {
    return SIGNING_IN.test(url) ? this.named(body, SHORTEST_SOUGHT, true) : this.named(body, SHORTEST_ANSWERED);
  }

  /** A text in which only what is known to be secret is taken out. All else stays byte for byte. */
  text(text: string): string {
    let rest = text.includes('"signature"') ? text.replace(NUMBERED_SIGNATURE, `$1["${HIDDEN}"]`) : text;
    for (const secret of this.sought) if (rest.includes(secret)) rest = rest.split(secret).join(HIDDEN);
    return rest;
  }

  private named(text: string, shortest: number, isAll = false): string {
    const rest = text.replace(NAMED_TEXT, (whole: string, name: string, colon: string, value: string) => {
      if (value.length < shortest || !(isAll || this.isSecret(name))) return whole;
      this.seek(value);
      return `"${name}"${colon}"${HIDDEN}"`;
    });
    return this.text(rest);
  }

  private isSecret(name: string): boolean {
    const asked = plain(name);
    return this.names.has(asked) || ENDINGS.test(asked);
  }

  private seek(value: string): void {
    if (value.length < SHORTEST_SOUGHT) return;
    this.sought.delete(value);
    this.sought.add(value);
    for (const oldest of this.sought) {
      if (this.sought.size <= SOUGHT) break;
      this.sought.delete(oldest);
    }
  }
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
