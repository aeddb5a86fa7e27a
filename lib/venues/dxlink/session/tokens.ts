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

/** So many tokens refused in a row are refused for good. */
export const MOST_REFUSALS = 2;

/**
 * The tokens of an exchange, one for all its wires, and what the venue thinks of the present one. Had and renewed by the feed's
 * {@link Credentials}; refusals are counted here, since `Credentials.refuse` has the next one wait while dxLink asks for one at
 * each attempt anyway, and since a provider is told whether its last one was any good.
 */
export class DxLinkTokens {
  current: DxLinkCredentials = {};
  /** Tokens refused in a row, each of which was asked for after the one before was refused. */
  refusals = 0;
  /** How many were asked for, as which each one was, and how many had been when the last one was refused. */
  private requested = 0;
  private readonly places = new WeakMap<DxLinkCredentials, number>();
  private refusedAt = 0;
  /** A token was sent and not accepted yet. */
  private isPending = false;
  private readonly credentials: Credentials<DxLinkCredentials>;

  constructor({ provider, ...config }: DxLinkTokensConfig) {
    this.credentials = new Credentials({
      ...config,
      name: 'token',
      // Each attempt asks for its own, so that a long rest would hold up those that come after it.
      pause: { cap: 15_000 },
      obtain: () =>
        defer(() => {
          const place = (this.requested += 1);
          return from(provider({ rejected: this.isPending || this.refusals > 0 })).pipe(
            take(1),
            map((answer) => {
              const given: unknown = answer;
              // A text would be the token that was to be a field of it: without one the venue is asked as by nobody.
              if (!isJsonObject(given)) throw new UnusableTokenError();
              if (answer.token !== undefined) checkToken({ value: answer.token });
              // Each answer is one of its own, also where the provider gives the same object again.
              const value = { ...answer };
              this.places.set(value, place);
              return { value, expiresAt: value.expiresAt ?? Infinity };
            }),
          );
        }),
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

  sent(): void {
    this.isPending = true;
  }

  accepted(): void {
    this.isPending = false;
    this.refusals = 0;
  }

  /** Wires that share a token are refused together, and so are those whose tokens were there by then: that is one refusal. */
  refused(credentials: DxLinkCredentials): void {
    this.isPending = false;
    if ((this.places.get(credentials) ?? 0) <= this.refusedAt) return;
    this.refusedAt = this.requested;
    this.refusals += 1;
  }

  /** Whoever wanted it has been told that it is refused for good: who comes later has one token tried. */
  relent(): void {
    this.refusals = Math.min(this.refusals, MOST_REFUSALS);
  }

  /** The venue takes the present one no more, which it had accepted: a new one is needed. */
  expired(): void {
    this.isPending = true;
  }

  private readonly keep = (fresh: DxLinkCredentials): void => {
    this.current = fresh;
  };

  /** The text without the token, should the venue repeat it. */
  clean(text: string): string {
    return hideToken(text, this.current.token);
  }
}
