import type { AccountChanges, AccountOrder, SimulatedAccount } from '../accounts/simulatedAccount.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { Random } from '../random.js';
import {
  balancesFrame,
  balanceText,
  holdingsText,
  nonceFrame,
  ordersFrame,
  orderText,
  type O2Forms,
} from './frames.js';
import type { Session } from './session.js';
import type { VenueAsset, VenueMarket } from './venueMarket.js';

export interface AccountBroadcastsConfig {
  readonly accounts: ReadonlyMap<string, SimulatedAccount>;
  readonly markets: readonly VenueMarket[];
  readonly assets: readonly VenueAsset[];
  readonly forms: O2Forms;
  readonly draw: Random;
  readonly faults: FaultSchedule;
  readonly now: () => number;
  readonly stamped: () => string;
}

/** What the accounts do, told to the connections that follow them. */
export class AccountBroadcasts {
  constructor(private readonly config: AccountBroadcastsConfig) {}

  pulse(sessions: ReadonlySet<Session>): void {
    const { accounts, now } = this.config;
    for (const [id, account] of accounts) {
      const changes = account.step(now());
      if (changes.orders.length > 0) this.orders(id, changes, sessions);
      if (changes.assets.length > 0) this.balances(id, account, changes, sessions);
      if (changes.acted) {
        const text = nonceFrame(id, account.nonce, this.config.stamped());
        for (const session of followers(sessions, 'nonce', id)) session.emit({ stream: 'nonce', diff: false, text });
      }
    }
  }

  private orders(id: string, { orders }: AccountChanges, sessions: ReadonlySet<Session>): void {
    const { faults } = this.config;
    const listeners = followers(sessions, 'orders', id);
    if (listeners.length === 0) return;
    const texts = orders.flatMap((order) => this.textOf(id, order));
    if (faults.take('missingSide', 'orders') !== undefined) texts[0] = (texts[0] ?? '').replace(/"side":"\w+",/, '');
    const text = ordersFrame(texts, this.config.stamped());
    for (const session of listeners) session.emit({ stream: 'orders', diff: false, text });
  }

  /** A new order names its market; later states may leave it out. */
  private textOf(id: string, order: AccountOrder): readonly string[] {
    const { markets, forms, draw } = this.config;
    const market = markets.find(({ instrument }) => instrument.spec.symbol === order.symbol);
    if (market === undefined) return [];
    const isNew = order.status === 'open';
    return [orderText(id, market, order, isNew || forms.orders === 'full' || draw() < 0.5)];
  }

  private balances(
    id: string,
    account: SimulatedAccount,
    { assets }: AccountChanges,
    sessions: ReadonlySet<Session>,
  ): void {
    const listeners = followers(sessions, 'balances', id);
    if (listeners.length === 0) return;
    const { markets, assets: all } = this.config;
    const texts = all
      .filter((asset) => assets.includes(asset.id))
      .map((asset) => balanceText('ContractId', id, asset, holdingsText(account, asset, markets)));
    const text = balancesFrame(texts, this.config.stamped());
    for (const session of listeners) session.emit({ stream: 'balances', diff: false, text });
  }
}

const followers = (
  sessions: ReadonlySet<Session>,
  kind: 'orders' | 'balances' | 'nonce',
  id: string,
): readonly Session[] => [...sessions].filter(({ owners }) => owners[kind].has(`ContractId ${id}`));
