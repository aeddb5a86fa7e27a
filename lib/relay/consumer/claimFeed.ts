import {
  EMPTY,
  type Observable,
  type OperatorFunction,
  concatMap,
  connect,
  distinctUntilChanged,
  ignoreElements,
  map,
  merge,
  scan,
  startWith,
  switchMap,
  tap,
  timer,
} from 'rxjs';
import type { AccountUpdate } from '../../feed/account/accountFeed.js';
import { defaultPause, pauseBefore } from '../../feed/pause.js';
import type { FoldContext } from '../../feed/foldContext.js';
import type { AccountEvent, AccountReset, AccountState } from '../../model/accountEvent.js';
import { invalidated, syncing, trusted } from '../../model/trust.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';
import type { Claim } from '../wire/claims.js';
import { patched } from '../wire/patch.js';
import { decoded } from '../wire/plain.js';

/** A claim, and when it was heard. */
export type HeardClaim = Claim & { readonly at: number };

type Update = AccountUpdate<unknown, unknown>;

/** What a gateway's claims have come to here. */
interface Claimed {
  /** Whether what is heard goes on from a joining. */
  readonly isJoined: boolean;
  readonly state: AccountState<unknown>;
  /** What the gateway said last, of which it tells changes; absent where something is missing. */
  readonly known: { readonly value: unknown } | undefined;
  /** Why it is joined again. */
  readonly next: AccountReset['reason'];
  readonly updates: readonly Update[];
  /** How often in a row it could not be read: while above 0 the channel is to be joined anew. */
  readonly failures: number;
}

const first: Claimed = {
  isJoined: false,
  state: syncing,
  known: undefined,
  next: 'connected',
  updates: [],
  failures: 0,
};

/**
 * Makes of what a gateway claims the updates of an account: its states as they are, and events from reset to snapshot each time
 * it is joined. A state is live while the gateway's is and nothing of its stream is missing.
 *
 *     channel     -b-J--e--l--b-J---     b begun, J joined with the whole, e event, l lost
 *     events      ---rS-e-------rS--     r reset, S snapshot
 *     state       y--S--e--!----S---     y syncing, ! stale
 */
export const claimFeed =
  (
    context: Pick<FoldContext, 'resubscribe' | 'scheduler' | 'random'>,
  ): OperatorFunction<ChannelEvent<HeardClaim>, Update> =>
  (source): Observable<Update> =>
    source.pipe(
      scan(advance, first),
      connect((claimed$) => merge(claimed$.pipe(concatMap(({ updates }) => updates)), mended(claimed$, context))),
      startWith({ event: undefined, state: syncing }),
    );

/** Has it joined anew after a pause, unless it is before. */
const mended = (
  claimed$: Observable<Claimed>,
  { resubscribe, scheduler, random }: Pick<FoldContext, 'resubscribe' | 'scheduler' | 'random'>,
): Observable<never> =>
  claimed$.pipe(
    map(({ failures }) => failures),
    distinctUntilChanged(),
    switchMap((failures) =>
      failures === 0 ? EMPTY : timer(pauseBefore(failures + 1, defaultPause, random), scheduler),
    ),
    tap(resubscribe),
    ignoreElements(),
  );

function advance(before: Claimed, event: ChannelEvent<HeardClaim>): Claimed {
  const quiet: Claimed = { ...before, updates: [] };
  switch (event.type) {
    case 'message':
      return claimed(quiet, event.value);
    case 'missed':
      return broken(quiet, event.at);
    case 'lost':
      return { ...down(quiet, event.reason, event.at), failures: 0, next: event.reason === 'gap' ? 'gap' : quiet.next };
    default:
      return quiet;
  }
}

/** What is known counts no more, and no change can be told of it. */
function down(before: Claimed, reason: NonNullable<Claim['y']>, at: number): Claimed {
  const state = invalidated<{ readonly value: unknown }, typeof reason>(before.state, reason, at);
  const updates: readonly Update[] = state === before.state ? [] : [{ event: undefined, state }];
  return { ...before, isJoined: false, state, updates, known: undefined };
}

const broken = (before: Claimed, at: number): Claimed => ({
  ...down(before, 'gap', at),
  next: 'gap',
  failures: before.failures + 1,
});

function claimed(before: Claimed, { j: isJoined = false, s, v, p, y, x, at }: HeardClaim): Claimed {
  if (isJoined) {
    const known = v === undefined ? undefined : { value: decoded(v) };
    const reset: AccountReset = { type: 'reset', reason: before.next, at };
    const doubt = before.state.status === 'live' ? down(before, 'closed', at).state : before.state;
    const next: Claimed = {
      ...before,
      isJoined: true,
      failures: 0,
      known,
      next: 'reconnected',
      updates: [{ event: reset, state: doubt }],
      state: doubt,
    };
    return updated(next, s, y, undefined, at);
  }
  if (!before.isJoined) return before;
  const known =
    p !== undefined
      ? before.known && patched(before.known.value, p)
      : v !== undefined
        ? { value: decoded(v) }
        : before.known;
  if (p !== undefined && known === undefined) return broken(before, at);
  return updated({ ...before, known }, s, y, x, at);
}

/** One update more: the state as it is claimed, and the event that made it so. */
function updated(before: Claimed, s: Claim['s'], y: Claim['y'], x: Claim['x'], at: number): Claimed {
  const state = stateOf(before, s, y ?? 'closed', at);
  const isNewlyLive = state.status === 'live' && before.state.status !== 'live';
  const event = x === undefined && isNewlyLive ? snapshotOf(before, at) : x && eventOf(before, x, at);
  if (event === undefined && state === before.state) return before;
  return { ...before, state, updates: [...before.updates, { event, state }] };
}

function stateOf(
  { state, known }: Claimed,
  s: Claim['s'],
  reason: NonNullable<Claim['y']>,
  at: number,
): AccountState<unknown> {
  if (known === undefined || s === 'syncing') return state;
  const { value } = known;
  if (s === 'live') return state.status === 'live' && state.value === value ? state : trusted({ value });
  const since = state.status === 'stale' ? state.since : at;
  const isSame = state.status === 'stale' && state.value === value && state.reason === reason;
  return isSame ? state : { status: 'stale', value, reason, since };
}

const snapshotOf = ({ known }: Claimed, at: number): AccountEvent<unknown, unknown> => ({
  type: 'snapshot',
  value: known?.value,
  at,
});

function eventOf(
  before: Claimed,
  { type, reason, value }: NonNullable<Claim['x']>,
  at: number,
): AccountEvent<unknown, unknown> | undefined {
  if (type === 'snapshot') return snapshotOf(before, at);
  if (type === 'event') return { type, value: decoded(value), at };
  const reasons: readonly AccountReset['reason'][] = ['connected', 'reconnected', 'gap', 'resync'];
  const known = reasons.find((one) => one === reason);
  return known && { type: 'reset', reason: known, at };
}
