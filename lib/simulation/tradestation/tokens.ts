import type { HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { lowerCased } from '../lowerCased.js';
import { digits } from '../random.js';

export interface TokensConfig {
  readonly refreshToken: string;
  /** Whether each answer brings a new refresh token, and the one before is good no more. */
  readonly rotates: boolean;
  readonly life: number;
  readonly now: () => number;
  readonly random: () => number;
}

/** Access tokens, and the refresh token that they are asked for with. */
export class Tokens {
  /** Every token that was ever told. */
  readonly secrets = new Set<string>();
  private readonly known = new Map<string, number>();
  private present: string;

  constructor(private readonly config: TokensConfig) {
    this.present = config.refreshToken;
    this.secrets.add(this.present);
  }

  /** `POST /oauth/token`. */
  answer(body: string): HttpResponse {
    const form = new URLSearchParams(body);
    if (form.get('grant_type') !== 'refresh_token' || form.get('refresh_token') !== this.present) {
      return answer(403, { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' });
    }
    const { life, now, random, rotates } = this.config;
    const token = `AT-${digits(random, 24, 36)}`;
    this.known.set(token, now() + life);
    this.secrets.add(token);
    const given = {
      access_token: token,
      token_type: 'Bearer',
      scope: 'openid offline_access',
      expires_in: life / 1_000,
    };
    if (!rotates) return answer(200, given);
    this.present = `RT-${digits(random, 24, 36)}`;
    this.secrets.add(this.present);
    return answer(200, { ...given, refresh_token: this.present });
  }

  /** Whether a request's headers hold a token that is good now. */
  admits(headers: Readonly<Record<string, string>>): boolean {
    const { authorization = '' } = lowerCased(headers);
    const ends = this.known.get(authorization.replace(/^Bearer /, ''));
    return ends !== undefined && this.config.now() < ends;
  }
}

const answer = (status: number, value: unknown): HttpResponse => jsonAnswer(status, JSON.stringify(value));
