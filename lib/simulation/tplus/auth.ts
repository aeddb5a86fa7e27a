import type { HttpResponse } from '../../network/network.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { digits, type Random } from '../random.js';
import { SlidingWindow } from '../slidingWindow.js';
import { nanosOf } from './assets.js';
import type { TplusLimits } from './limits.js';
import type { TplusStream } from './paths.js';
import { refusal } from './refusal.js';

/** Whether `signature` is the user's of the text of a nonce. */
export type VerifySignature = (userId: string, nonce: string, signature: readonly number[]) => boolean;

export interface AuthConfig {
  readonly limits: TplusLimits;
  readonly faults: FaultSchedule;
  readonly random: Random;
  readonly now: () => number;
  readonly verify: VerifySignature;
  readonly violated: (limit: keyof TplusLimits) => void;
  /** Told of a user who has signed in. */
  readonly signedIn: (user: string) => void;
}

const NONCE_KEPT = 10_000;

/** Who is who: nonces that are signed, and tokens that are given for them. */
export class Auth {
  private readonly nonces = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  private readonly tokens = new Map<string, { readonly user: string; readonly expiresAt: number }>();
  private readonly pace: SlidingWindow;
  /** Every nonce, signature and token that was ever told, for whoever looks for them where they must not be. */
  readonly secrets = new Set<string>();

  constructor(private readonly config: AuthConfig) {
    this.pace = new SlidingWindow(config.limits.signIns, config.limits.signInWindow);
  }

  /** No token is known any more. */
  discard(): void {
    this.tokens.clear();
  }

  nonce(user: string): HttpResponse {
    const refused = this.refusal(user);
    if (refused !== undefined) return refused;
    const now = this.config.now();
    let nonce = this.nonces.get(user);
    if (nonce === undefined || nonce.expiresAt - now <= NONCE_KEPT) {
      nonce = { value: digits(this.config.random, 64, 16), expiresAt: now + this.config.limits.nonceLife };
      this.nonces.set(user, nonce);
    }
    this.secrets.add(nonce.value);
    return jsonAnswer(200, `{"value":"${nonce.value}","expiry_ns":${nanosOf(nonce.expiresAt)}}`);
  }

  token(body: string | undefined): HttpResponse {
    const requested = requestOf(body);
    const refused = this.refusal(requested?.user ?? '');
    if (refused !== undefined) return refused;
    if (requested === undefined) return refusal(400, 'INVALID_REQUEST');
    const { user, nonce, signature } = requested;
    const now = this.config.now();
    const given = this.nonces.get(user);
    this.secrets.add(signature.join());
    if (given?.value !== nonce) return refusal(400, 'NONCE_NOT_FOUND');
    const isRefused = this.config.faults.take('nonceRefused', user) !== undefined;
    if (given.expiresAt <= now || isRefused) {
      this.nonces.delete(user);
      return refusal(400, 'NONCE_EXPIRED');
    }
    if (!isSignature(signature) || !this.config.verify(user, nonce, signature))
      return refusal(401, 'INVALID_SIGNATURE');
    this.nonces.delete(user);
    const token = digits(this.config.random, 48, 16);
    const expiresAt = now + this.config.limits.tokenLife;
    this.tokens.set(token, { user, expiresAt });
    this.secrets.add(token);
    this.config.signedIn(user);
    return jsonAnswer(200, `{"token":"${token}","expiry_ns":${nanosOf(expiresAt, 1)}}`);
  }

  logout(headers: Readonly<Record<string, string>>): HttpResponse {
    this.tokens.delete(tokenOf(headers));
    return jsonAnswer(200, '{}');
  }

  /** The user whom the headers prove, names in lower case. */
  userOf(headers: Readonly<Record<string, string>>): string | undefined {
    const token = this.tokens.get(tokenOf(headers));
    if (token === undefined || token.expiresAt <= this.config.now()) return undefined;
    return token.user === headers['user-id'] ? token.user : undefined;
  }

  /** The user of a stream of theirs; `'public'` for other streams; nobody where the headers don't prove it. */
  visitorOf(stream: TplusStream, headers: Readonly<Record<string, string>>): string | undefined {
    if (stream.kind !== 'orders' && !('user' in stream)) return 'public';
    const user = this.userOf(headers);
    return !('user' in stream) || stream.user === user ? user : undefined;
  }

  private refusal(user: string): HttpResponse | undefined {
    const { faults, now, violated } = this.config;
    if (!this.pace.admits(now())) {
      violated('signIns');
      return refusal(429, 'RATE_LIMITED', { 'retry-after': '60' });
    }
    const failing = faults.take('signInFails', user);
    if (failing === undefined) return undefined;
    const { status = 500 } = failing;
    return refusal(
      status,
      status === 429 ? 'RATE_LIMITED' : 'INTERNAL_ERROR',
      status === 429 ? { 'retry-after': '1' } : {},
    );
  }
}

const tokenOf = ({ authorization = '' }: Readonly<Record<string, string>>): string =>
  authorization.replace(/^Bearer /, '');

interface TokenRequest {
  readonly user: string;
  readonly nonce: string;
  readonly signature: readonly unknown[];
}

function requestOf(body = ''): TokenRequest | undefined {
  try {
    const { user_id: user, nonce, signature } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    if (typeof user !== 'string' || typeof nonce !== 'string' || !Array.isArray(signature)) return undefined;
    return { user, nonce, signature: signature as readonly unknown[] };
  } catch {
    return undefined;
  }
}

const isSignature = (signature: readonly unknown[]): signature is readonly number[] =>
  signature.length === 64 &&
  signature.every((byte) => Number.isInteger(byte) && Number(byte) >= 0 && Number(byte) <= 255);
