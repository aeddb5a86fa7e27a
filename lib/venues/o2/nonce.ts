import { type Observable, map } from 'rxjs';
import { sparingReader } from '../../codec/sparing.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { NonceFrame, PerhapsAccount, STAMPS } from './frames.js';
import type { Owner } from './ids.js';
import type { Rest } from './rest.js';
import { seenAt } from './scale.js';
import { topicOf } from './topics.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';

/** How often a trading account has acted: the number that its next action must bear. Public, not a secret. */
export interface O2Nonce {
  /** A whole number of 64 bits as text. */
  readonly nonce: string;
  /** When the venue saw it, in ms; absent over REST. */
  readonly venueTime: number | undefined;
  readonly receivedTime: number;
}

/** Every nonce of one trading account. Those of another are another subscription's. */
export function nonceChannel(owner: Owner, report: Report): ChannelSpec<readonly O2Nonce[]> {
  const identities = [{ [owner.kind]: owner.id }];
  const key = `nonce ${owner.id}`;
  return {
    topic: topicOf(key, 'nonce', {
      subscribe: { action: 'subscribe_nonce', identities },
      unsubscribe: { action: 'unsubscribe_nonce', identities },
    }),
    decode: sparingReader(NonceFrame, STAMPS, leftOutOf(key, report), (frame, at): readonly O2Nonce[] =>
      frame.contract_id === owner.id ? [{ nonce: frame.nonce, venueTime: seenAt(frame), receivedTime: at }] : [],
    ),
  };
}

/** The nonce, and when it was heard. */
export interface KnownNonce {
  readonly nonce: O2Nonce;
  /** As `elapsed` of the `SteadyScheduler` counts: the clock may be set back between two nonces. */
  readonly heardAt: number;
}

/** A nonce that comes so long after a higher one, in ms, was not overtaken by it: the venue counts anew. */
const OVERTAKEN = 10_000;

/**
 * It grows: a lower one was overtaken by a reload. Unless it is newer by the venue's own time, or comes long after: then
 * the venue counts anew, as test chains do.
 */
export function foldNonce(known: KnownNonce, nonce: O2Nonce, heardAt: number): KnownNonce {
  const { venueTime } = known.nonce;
  const grown = BigInt(nonce.nonce) - BigInt(known.nonce.nonce);
  if (grown === 0n) return known;
  const isNewer =
    venueTime === undefined || nonce.venueTime === undefined
      ? heardAt - known.heardAt > OVERTAKEN
      : nonce.venueTime > venueTime;
  return grown > 0n || isNewer ? { nonce, heardAt } : known;
}

/**
 * The present nonce over REST. For a trading account that does not exist the venue has none.
 *
 * @throws (on the stream) RequestFailedError where there is no such account yet, or for what is no answer.
 */
export const loadNonce = (rest: Rest, owner: Owner, now: () => number): Observable<O2Nonce> =>
  rest.get('/v1/accounts', { trade_account_id: owner.id }, PerhapsAccount).pipe(
    map((account): O2Nonce => {
      if (account === undefined) throw new RequestFailedError('there is no such trading account');
      return { nonce: account.trade_account.nonce, venueTime: undefined, receivedTime: now() };
    }),
  );
