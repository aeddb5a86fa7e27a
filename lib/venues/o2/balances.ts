import { type Observable, forkJoin, map, of, switchMap } from 'rxjs';
import { scaledDown } from '../../codec/integers.js';
import { reader } from '../../codec/read.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { type Amounts, BalanceAnswer, BalancesFrame } from './frames.js';
import { isSame, type Owner } from './ids.js';
import type { Markets, O2Asset } from './markets.js';
import type { Rest } from './rest.js';
import { seenAt } from './scale.js';
import { topicOf } from './topics.js';

/** What an account holds of one asset, over all order books. */
export interface O2Balance {
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
  readonly receivedTime: number;
}

/** A balance as it came, before its asset is looked up. */
export interface RawBalance {
  readonly assetId: string;
  readonly amounts: Amounts;
  readonly venueTime: number | undefined;
  readonly receivedTime: number;
}

/** Every change of every balance of one owner. Those of another are another subscription's. */
export function balancesChannel(owner: Owner): ChannelSpec<readonly RawBalance[]> {
  const identities = [{ [owner.kind]: owner.id }];
  return {
    topic: topicOf(`balances ${owner.kind} ${owner.id}`, 'balances', {
      subscribe: { action: 'subscribe_balances', identities },
      unsubscribe: { action: 'unsubscribe_balances', identities },
    }),
    decode: reader(BalancesFrame, (frame, at): readonly RawBalance[] =>
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
export function balanceOf({ assetId, amounts, ...times }: RawBalance, asset: O2Asset | undefined): O2Balance {
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
    ...times,
  };
}

/** Each event holds the whole of one balance: it replaces what was known of its asset. */
export const foldBalance = (balances: readonly O2Balance[], balance: O2Balance): readonly O2Balance[] =>
  balances.some(({ assetId }) => assetId === balance.assetId)
    ? balances.map((one) => (one.assetId === balance.assetId ? balance : one))
    : [...balances, balance];

/** The balances of an owner over REST, which asks asset by asset: those of the venue's markets. */
export function loadBalances(
  rest: Rest,
  markets: Markets,
  owner: Owner,
  now: () => number,
): Observable<readonly O2Balance[]> {
  const whose = owner.kind === 'Address' ? { address: owner.id } : { contract: owner.id };
  const load = (asset: O2Asset): Observable<O2Balance> =>
    rest
      .get('/v1/balance', { asset_id: asset.id, ...whose }, BalanceAnswer)
      .pipe(
        map((amounts) => balanceOf({ assetId: asset.id, amounts, venueTime: undefined, receivedTime: now() }, asset)),
      );
  return markets.all().pipe(
    switchMap((all) => {
      const assets = new Map(all.flatMap(({ base, quote }) => [base, quote]).map((asset) => [asset.id, asset]));
      return assets.size === 0 ? of([]) : forkJoin([...assets.values()].map(load));
    }),
  );
}
