import { type Observable, defer, map } from 'rxjs';
import { atTop } from '../../codec/placeOfLevels.js';
import { levelScanner } from '../../codec/scanLevels.js';
import { losslessJson } from '../../codec/losslessJson.js';
import type { LevelScanner } from '../../codec/scanSides.js';
import { ShapedFrames } from '../../codec/shapedFrames.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Credentials } from '../../feed/credentials.js';
import { isOwnWord, isPage } from '../../feed/isPage.js';
import type { Endpoint } from '../../network/network.js';
import type { Attempt, WirePlan } from '../../socket/plan.js';
import { tplusDialect } from './dialect.js';
import { Bars, TradeFrame } from './frames.js';
import { type Hosts, streamPathOf, wireLimits } from './endpoint.js';
import { UNAUTHORIZED, headersOf } from './rest.js';
import type { TplusAccount } from './tokens.js';

export interface WireConfig {
  readonly hosts: Hosts;
  readonly account: TplusAccount | undefined;
  readonly credentials: Credentials<string> | undefined;
}

/**
 * The wire of one channel: its path is the subscription. A path that the venue does not have (404) is a refusal. A
 * user's stream carries a token; one that is refused (401, 403) is asked for anew, and a session whose token runs out
 * without a new one at hand ends there.
 */
export function wirePlan(key: string, { hosts, account, credentials }: WireConfig): WirePlan | undefined {
  const stream = streamPathOf(key, account?.userId);
  if (stream === undefined) return undefined;
  const base = hosts[stream.host];
  const url = `${base.replace(/^http/, 'ws')}${stream.path}`;
  const refuseUnknown = ({ lost }: Attempt): void => {
    // A path that newer servers lack is refused without words; those of a user all have.
    const words = wordsOf(lost);
    // Who says when to come back has it, or will have.
    if (codeOf(lost) === 404 && !asksToComeBack(lost) && (stream.signedIn ? isOwnWord(words) : !isPage(words)))
      throw new SubscriptionRefusedError('tplus', key, 'the venue has no such stream (404)');
  };
  const held = account === undefined || !stream.signedIn ? undefined : credentials;
  if (held === undefined || account === undefined) {
    return {
      limits: wireLimits,
      endpoint: (attempt) => {
        refuseUnknown(attempt);
        return [{ url }];
      },
      dialect: (link) => tplusDialect({ key, link, frames: framesOf(key) }),
    };
  }

  let used: string | undefined;
  const refuse = (): void => {
    if (used !== undefined) held.refuse(used);
  };
  const endpoint = (attempt: Attempt): Observable<Endpoint> =>
    defer(() => {
      refuseUnknown(attempt);
      const code = codeOf(attempt.lost);
      if (code !== undefined && UNAUTHORIZED.includes(code)) refuse();
      return held.get();
    }).pipe(
      map((token) => {
        used = token;
        return { url, headers: { ...headersOf(account.userId, token), Origin: base } };
      }),
    );
  return {
    limits: wireLimits,
    endpoint,
    dialect: (link) => tplusDialect({ key, link, alongside: () => held.kept$, unauthorized: refuse }),
  };
}

/** A wire has frames of one kind. */
function framesOf(key: string): Pick<LevelScanner, 'read'> | undefined {
  if (key.startsWith('depth:')) return levelScanner('bids', 'asks', atTop);
  if (key.startsWith('candles:')) return new ShapedFrames(Bars, losslessJson);
  return key === 'trades' ? new ShapedFrames(TradeFrame, losslessJson) : undefined;
}

/** What a refused upgrade was answered, where the platform shows it. */
const asksToComeBack = (lost: unknown): boolean =>
  lost instanceof WireLostError && lost.cause instanceof RequestFailedError && (lost.cause.retryAfter ?? 0) > 0;

const wordsOf = (lost: unknown): string =>
  lost instanceof WireLostError && lost.cause instanceof RequestFailedError ? lost.cause.text : '';

/** Refused upgrades are lost with their HTTP status; close codes begin at 1000. */
const codeOf = (lost: unknown): number | undefined => (lost instanceof WireLostError ? lost.code : undefined);
