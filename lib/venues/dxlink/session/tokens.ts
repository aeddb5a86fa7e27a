import { type Observable, type ObservableInput, defer, from, map, take, tap } from 'rxjs';
import { Credentials, type CredentialsConfig } from '../../../feed/credentials.js';
import { isJsonObject } from '../../../codec/jsonObject.js';
import { UnusableTokenError, checkToken } from '../../../feed/tokenOf.js';
import { hideToken } from '../../../feed/hideToken.js';

/** What a session is opened with. */
export interface DxLinkCredentials {
  /** Where to connect, where the same answer tells it (`dxlink-url` of tastytrade). Default: the exchange's own. */
  readonly url?: string | undefined;
  /** Sent in AUTH. Absent for endpoints that want none. */
  readonly token?: string | undefined;
  /** When the token runs out, in ms. Absent: unknown, and not renewed ahead. */
  readonly expiresAt?: number | undefined;
}

/** Why credentials are asked for. */
export interface DxLinkCredentialsRequest {
  /** The token of the last answer was refused, or the wire was lost before it was accepted: a new one is needed. */
  readonly rejected: boolean;
}

/** Asked before each attempt and ahead of each expiry: a promise, an observable (its first value counts), an array of one. */
export type DxLinkCredentialsProvider = (request: DxLinkCredentialsRequest) => ObservableInput<DxLinkCredentials>;

export interface DxLinkTokensConfig extends Omit<CredentialsConfig<DxLinkCredentials>, 'name' | 'obtain' | 'pause'> {
  readonly provider: DxLinkCredentialsProvider;
}

/**
 * The tokens of an exchange, one for all its wires, and what the venue thinks of the present one. Had and renewed by the feed's
 * {@link Credentials}. Refusals are no matter of `Credentials.refuse`, which has the next one wait: dxLink asks for one at each
 * attempt anyway, and these wait longer each time. A provider is told whether its last one was any good.
 */
export class DxLinkTokens {
  current: DxLinkCredentials = {};
  /** The present one was sent and not accepted yet, or it is accepted no more. */
  private isDoubtful = false;
  private readonly credentials: Credentials<DxLinkCredentials>;

  constructor({ provider, ...config }: DxLinkTokensConfig) {
    this.credentials = new Credentials({
      ...config,
      name: 'token',
      // Each attempt asks for its own, so that a long rest would hold up those that come after it.
      pause: { cap: 15_000 },
      obtain: () =>
        defer(() => from(provider({ rejected: this.isDoubtful }))).pipe(
          take(1),
          map((answer) => {
            const given: unknown = answer;
            // A text would be the token that was to be a field of it: without one the venue is asked as by nobody.
            if (!isJsonObject(given)) throw new UnusableTokenError();
            if (answer.token !== undefined) checkToken({ value: answer.token });
            // Each answer is one of its own, also where the provider gives the same object again.
            const value = { ...answer };
            return { value, expiresAt: value.expiresAt ?? Infinity };
          }),
        ),
    });
  }

  /** Asks for a new one. Errors as the feed's {@link Credentials} do. */
  fresh(): Observable<DxLinkCredentials> {
    return this.credentials.fresh().pipe(tap(this.keep));
  }

  /** The present one and each new one; renewed ahead while it is observed. Errors when there is none any more. */
  get kept$(): Observable<DxLinkCredentials> {
    return this.credentials.kept$.pipe(tap(this.keep));
  }

  /** The present one is on its way. */
  sent(): void {
    this.isDoubtful = true;
  }

  accepted(credentials: DxLinkCredentials): void {
    if (credentials === this.current) this.isDoubtful = false;
  }

  /** The venue does not take these, or takes them no more. Of those that others have followed that is no news. */
  refused(credentials: DxLinkCredentials): void {
    if (credentials === this.current) this.isDoubtful = true;
  }

  private readonly keep = (fresh: DxLinkCredentials): void => {
    this.current = fresh;
  };

  /** The text without the token, should the venue repeat it. */
  clean(text: string): string {
    return hideToken(text, this.current.token);
  }
}
