import type { ObservableInput } from 'rxjs';

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
export interface CredentialsRequest {
  /** The token of the last answer was refused, or the wire was lost before it was accepted: a new one is needed. */
  readonly rejected: boolean;
}

/** Asked before each attempt and ahead of each expiry: a promise, an observable (its first value counts), an array of one. */
export type CredentialsProvider = (request: CredentialsRequest) => ObservableInput<DxLinkCredentials>;

/** The credentials in use, and what became of them. One for all wires of an exchange. */
export class Credentials {
  current: DxLinkCredentials = {};
  /** A token was sent and not accepted yet. */
  isPending = false;
  /** Tokens refused in a row. */
  refusals = 0;

  constructor(readonly provider: CredentialsProvider) {}

  ask(): ObservableInput<DxLinkCredentials> {
    return this.provider({ rejected: this.isPending || this.refusals > 0 });
  }

  sent(): void {
    this.isPending = true;
  }

  accepted(): void {
    this.isPending = false;
    this.refusals = 0;
  }

  refused(): void {
    this.isPending = false;
    this.refusals += 1;
  }

  /** The text without the token, should the venue repeat it. */
  clean(text: string): string {
    const { token } = this.current;
    return token === undefined || token === '' ? text : text.split(token).join('***');
  }
}
