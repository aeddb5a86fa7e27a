import { type Observable, filter, map, scan } from 'rxjs';
import { pathOf } from '../../codec/path.js';
import type { Unread } from '../../codec/sparing.js';
import { accountStatesOf } from '../../feed/account/accountStreams.js';
import { type CandleListEvent, joinListed } from '../../feed/joinListed.js';
import { leftOutOf } from '../../feed/leftOut.js';
import { type VenueCore, foldedChannel } from '../../feed/venueCore.js';
import type { AccountState } from '../../model/accountEvent.js';
import type { Candle } from '../../model/candle.js';
import type { Topic } from '../../socket/plan.js';
import { readClaim } from '../wire/claims.js';
import { candleWire } from '../wire/values.js';
import { claimFeed } from './claimFeed.js';

/**
 * Candles after so many of the past, of the list that a gateway holds. What was missed is made up for as far as that list goes
 * back; beyond that a `gap` fault says so.
 *
 * @throws InvalidArgumentError (at the call) for a number that can't be meant.
 */
export function pastCandles(core: VenueCore, topic: Topic, count: number): Observable<Candle> {
  const { key } = topic;
  const updates$ = foldedChannel(core, key, { topic, decode: readClaim }, claimFeed);
  const unread = leftOutOf(key, core.report);
  const now = (): number => core.scheduler.now();
  return accountStatesOf(updates$).pipe(
    scan<AccountState<unknown>, Heard, undefined>(
      (before, state) => heard(before?.list, state, { unread, now }),
      undefined,
    ),
    map(({ event }) => event),
    filter((event) => event !== undefined),
    joinListed(core.contextOf(key), key, count),
  );
}

interface Heard {
  /** What the list holds while it is live. */
  readonly list: readonly unknown[] | undefined;
  readonly event: CandleListEvent | undefined;
}

/** How a candle is read: who is told of what can't be, and what time it is. */
interface Reading {
  readonly unread: Unread;
  readonly now: () => number;
}

function heard(before: readonly unknown[] | undefined, state: AccountState<unknown>, reading: Reading): Heard {
  if (state.status === 'syncing') return { list: undefined, event: undefined };
  if (state.status === 'stale') {
    const { reason, since: at } = state;
    const ours = reason === 'resync' || reason === 'unreadable' ? 'gap' : reason;
    return { list: undefined, event: { type: 'lost', reason: ours, at } };
  }
  const list: readonly unknown[] = Array.isArray(state.value) ? state.value : [];
  const all = (): readonly Candle[] => list.flatMap((one) => candlesIn(one, reading));
  if (before === undefined) return { list, event: { type: 'whole', all } };
  const known = new Set(before);
  const news = list.filter((one) => !known.has(one));
  return { list, event: { type: 'changed', candles: news.flatMap((one) => candlesIn(one, reading)), all } };
}

function candlesIn(listed: unknown, { unread, now }: Reading): readonly Candle[] {
  const result = candleWire.read({ v: Array.isArray(listed) ? (listed as readonly unknown[])[1] : undefined }, now());
  if (result._tag === 'Right') return [result.right];
  unread([pathOf(result.left)], listed);
  return [];
}
