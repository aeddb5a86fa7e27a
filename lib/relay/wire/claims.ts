import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { reader } from '../../codec/read.js';
import { leaf } from '../../codec/scalars.js';
import { isJsonObject, type JsonObject } from '../../codec/jsonObject.js';
import type { AccountState } from '../../model/accountEvent.js';
import { decoded } from './plain.js';

const Whatever = leaf<JsonObject>('Value', isJsonObject);

const reasons: Readonly<Record<Extract<AccountState<unknown>, { readonly status: 'stale' }>['reason'], null>> = {
  closed: null,
  failed: null,
  silent: null,
  handshake: null,
  auth: null,
  shutdown: null,
  lagging: null,
  gap: null,
  resync: null,
  unreadable: null,
};
const Reason = t.keyof(reasons);

/**
 * What a gateway claims of a state that is a venue's own: what is known, whole (`v`) or as what is made of what it said before
 * (`p`), and whether that can be trusted.
 */
export const ClaimMessage = frame(
  'relay.claim',
  { s: t.keyof({ syncing: null, live: null, stale: null }) },
  {
    v: t.unknown,
    p: Whatever,
    y: Reason, //      why it is stale
    x: Whatever, //    the event that made it so; of a snapshot what it holds is what is known
    j: t.boolean, //   where the stream is joined
  },
);
/** One claim. */
export type Claim = t.TypeOf<typeof ClaimMessage>;

/** Reads one. */
export const readClaim = reader(ClaimMessage, (claim, at): Claim & { readonly at: number } => ({ ...claim, at }));

const OwnMessage = frame('relay.own', {}, { v: t.unknown });

/** Reads a value of the venue's own; `undefined` of what tells none. */
export const readOwn = reader(OwnMessage, ({ v }): unknown => (v === undefined ? undefined : decoded(v)));
