import { type Decoder, type Validation, success } from 'io-ts';
import { type Observable, forkJoin, map, of, switchMap } from 'rxjs';
import { scaledDown } from '../../codec/integers.js';
import { isJsonObject } from '../../codec/jsonObject.js';
import { pathOf } from '../../codec/path.js';
import { sparingReader, type Unread } from '../../codec/sparing.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { type Amounts, BalanceAnswer, BalancesFrame, STAMPS } from './frames.js';
import { isSame, type Owner } from './ids.js';
import type { O2Asset } from './markets.js';
import type { LoadContext } from './listings.js';
import { noneIfUnknown } from './rest.js';
import { seenAt } from './scale.js';
import { topicOf } from './topics.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';

/** What an account holds of one asset, over all order books. */
export interface O2Balance {
  /** The venue’s id of the asset. */
  readonly assetId: string;
  /** Absent where no market of the venue has the asset. */
  readonly asset: O2Asset | undefined;
  /** In open orders. In human units; absent while the asset is not known. */
  readonly locked: number | undefined;
  /** Free. Holds what lies in the trading account already. */
  readonly unlocked: number | undefined;
  /** The part of `unlocked` that lies in the trading account. */
  readonly inTradingAccount: number | undefined;
  /** The same as exact decimal texts. */
  readonly exact: Readonly<Record<'locked' | 'unlocked' | 'inTradingAccount', string | undefined>>;
  /** The same as the venue has them: whole numbers of smallest units, digit for digit. */
  readonly units: Readonly<Record<'locked' | 'unlocked' | 'inTradingAccount', string>>;
  /** When the venue saw it, in ms; absent over REST. */
  readonly venueTime: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}

/** A balance as it came, before its asset is looked up. */
export interface RawBalance {
  readonly assetId: string;
  readonly amounts: Amounts;
  readonly venueTime: number | undefined;
  readonly receivedTime: number;
}

/** A balance that is known, and the latest of the venue's times that anything of its asset bore, over reloads too. */
export interface KnownBalance extends RawBalance {
  readonly heardAt?: number | undefined;
}

/** Every change of every balance of one owner. Those of another are another subscription's. */
export function balancesChannel(owner: Owner, report: Report): ChannelSpec<readonly RawBalance[]> {
  const identities = [{ [owner.kind]: owner.id }];
  const key = `balances ${owner.kind} ${owner.id}`;
  return {
    topic: topicOf(key, 'balances', {
      subscribe: { action: 'subscribe_balances', identities },
      unsubscribe: { action: 'unsubscribe_balances', identities },
    }),
    decode: sparingReader(BalancesFrame, STAMPS, leftOutOf(key, report), (frame, at): readonly RawBalance[] =>
      frame.balance
        .filter(({ identity }) => isSame(identity, owner))
        .map((balance) => ({
          assetId: balance.asset_id,
          amounts: balance,
          venueTime: seenAt(frame),
          receivedTime: at,
        })),
    ),
  };
}

/** @param asset The balance's asset, where it is known. */
export function balanceOf(
  { assetId, amounts, venueTime, receivedTime }: RawBalance,
  asset: O2Asset | undefined,
): O2Balance {
  const units = {
    locked: amounts.total_locked,
    unlocked: amounts.total_unlocked,
    inTradingAccount: amounts.trading_account_balance,
  };
  const text = (one: string): string | undefined => (asset === undefined ? undefined : scaledDown(one, asset.decimals));
  const exact = {
    locked: text(units.locked),
    unlocked: text(units.unlocked),
    inTradingAccount: text(units.inTradingAccount),
  };
  const number = (one: string | undefined): number | undefined => (one === undefined ? undefined : Number(one));
  return {
    assetId,
    asset,
    locked: number(exact.locked),
    unlocked: number(exact.unlocked),
    inTradingAccount: number(exact.inTradingAccount),
    exact,
    units,
    venueTime,
    receivedTime,
  };
}

/** An update that comes so much later than a newer one, in ms, was overtaken; beyond that the venue's clock was set back. */
const OVERTAKEN = 10_000;

/** Each event holds the whole of one balance: it replaces what was known of its asset, unless a newer one overtook it. */
export const foldBalance = (balances: readonly KnownBalance[], balance: RawBalance): readonly KnownBalance[] =>
  foldBalances(balances, [balance]);

/** The same for all that one message tells: what is known is copied but once. */
export function foldBalances(
  balances: readonly KnownBalance[],
  changed: readonly RawBalance[],
): readonly KnownBalance[] {
  const all = new Map(balances.map((one) => [one.assetId, one]));
  let isChanged = false;
  for (const balance of changed) {
    const known = all.get(balance.assetId);
    const { venueTime = Infinity } = balance;
    const heardAt = known?.heardAt ?? -Infinity;
    if (venueTime < heardAt && heardAt - venueTime < OVERTAKEN) continue;
    all.set(balance.assetId, { ...balance, heardAt: balance.venueTime ?? known?.heardAt });
    isChanged = true;
  }
  return isChanged ? [...all.values()] : balances;
}

export interface BalancesQuery extends LoadContext {
  readonly owner: Owner;
}

/**
 * The balances of an owner over REST, which asks asset by asset: those of the markets that the venue lists now, and those
 * of assets that were known before.
 *
 * @param last What was known before.
 */
export function loadBalances(
  { rest, listed$, owner, now, unread }: BalancesQuery,
  last: readonly KnownBalance[] = [],
): Observable<readonly KnownBalance[]> {
  const whose = owner.kind === 'Address' ? { address: owner.id } : { contract: owner.id };
  const answer = perhapsAmounts(unread);
  const before = new Map(last.map((balance) => [balance.assetId, balance]));
  const load = (assetId: string): Observable<readonly KnownBalance[]> =>
    rest.get('/v1/balance', { asset_id: assetId, ...whose }, answer).pipe(
      map((amounts) => {
        const heardAt = before.get(assetId)?.heardAt;
        return amounts === undefined ? [] : [{ assetId, amounts, venueTime: undefined, receivedTime: now(), heardAt }];
      }),
    );
  return listed$.pipe(
    switchMap((all) => {
      const listed = new Set(all.flatMap(({ base, quote }) => [base.id, quote.id]));
      const unlisted = [...before.keys()].filter((id) => !listed.has(id));
      const lists = [...[...listed].map(load), ...unlisted.map((id) => noneIfUnknown(load(id)))];
      return lists.length === 0 ? of([]) : forkJoin(lists);
    }),
    map((lists) => lists.flat()),
  );
}

/** A balance that can't be read costs itself, and not all others; what is no balance at all is no answer. */
function perhapsAmounts(unread: Unread): Decoder<unknown, Amounts | undefined> {
  const decode = (u: unknown): Validation<Amounts | undefined> => {
    const result = BalanceAnswer.decode(u);
    if (result._tag === 'Right' || !isJsonObject(u) || !('trading_account_balance' in u)) return result;
    unread([pathOf(result.left)], u);
    return success(undefined);
  };
  return { name: BalanceAnswer.name, validate: decode, decode };
}
