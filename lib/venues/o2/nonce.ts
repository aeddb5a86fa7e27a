import { type Observable, map } from 'rxjs';
import { reader } from '../../codec/read.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { AccountAnswer, NonceFrame } from './frames.js';
import type { Owner } from './ids.js';
import type { Rest } from './rest.js';
import { seenAt } from './scale.js';
import { topicOf } from './topics.js';

/** How often a trading account has acted: the number that its next action must bear. Public, not a secret. */
export interface O2Nonce {
  /** A whole number of 64 bits as text. */
  readonly nonce: string;
  /** When the venue saw it, in ms; absent over REST. */
  readonly venueTime: number | undefined;
  readonly receivedTime: number;
}

/** Every nonce of one trading account. Those of another are another subscription's. */
export function nonceChannel(owner: Owner): ChannelSpec<readonly O2Nonce[]> {
  const identities = [{ [owner.kind]: owner.id }];
  return {
    topic: topicOf(`nonce ${owner.id}`, 'nonce', {
      subscribe: { action: 'subscribe_nonce', identities },
      unsubscribe: { action: 'unsubscribe_nonce', identities },
    }),
    decode: reader(NonceFrame, (frame, at): readonly O2Nonce[] =>
      frame.contract_id === owner.id ? [{ nonce: frame.nonce, venueTime: seenAt(frame), receivedTime: at }] : [],
    ),
  };
}

/** It only grows: a lower one was overtaken. */
export const foldNonce = (known: O2Nonce, next: O2Nonce): O2Nonce =>
  BigInt(next.nonce) > BigInt(known.nonce) ? next : known;

export const loadNonce = (rest: Rest, owner: Owner, now: () => number): Observable<O2Nonce> =>
  rest
    .get('/v1/accounts', { trade_account_id: owner.id }, AccountAnswer)
    .pipe(map(({ trade_account: { nonce } }): O2Nonce => ({ nonce, venueTime: undefined, receivedTime: now() })));
