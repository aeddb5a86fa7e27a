import type { AccountState } from '../../lib/model/accountEvent.js';
import type { SimulatedO2 } from '../../lib/simulation/index.js';
import { orderId } from '../../lib/simulation/o2/frames.js';
import type { O2Balance, O2Nonce, O2Order } from '../../lib/venues/o2/index.js';
import { type Parts, Truths } from './chaosTruths.js';
import { filledOf } from './o2Truth.js';

/** What a client was told last of one account, as far as anybody observes it. */
export interface O2AccountStates {
  readonly orders?: AccountState<readonly O2Order[]> | undefined;
  readonly balances?: AccountState<readonly O2Balance[]> | undefined;
  readonly nonce?: AccountState<O2Nonce> | undefined;
}

/** Holds what is told of one account against what was true of it a moment ago. */
export class O2Sampler {
  /** How many live states were held against the truth. */
  sampled = 0;
  readonly #orders: Truths;
  readonly #balances: Truths;
  readonly #nonce: Truths;

  constructor(
    private readonly venue: SimulatedO2,
    private readonly id: string,
    now: () => number,
  ) {
    [this.#orders, this.#balances, this.#nonce] = [new Truths(now), new Truths(now), new Truths(now)];
    this.#note();
  }

  /** What of that was not so within the last so many ms. */
  faultsOf({ orders, balances, nonce }: O2AccountStates, bound: number): readonly string[] {
    this.#note();
    const judge = (name: string, truths: Truths, said: Parts | undefined): readonly string[] => {
      if (said === undefined) return [];
      this.sampled += 1;
      const fault = truths.faultOf(said, bound);
      return fault === undefined ? [] : [`${name}: ${fault}`];
    };
    return [
      ...judge('open orders', this.#orders, orders?.status === 'live' ? ordersOf(orders.value) : undefined),
      ...judge('balances', this.#balances, balances?.status === 'live' ? balancesOf(balances.value) : undefined),
      ...judge('the nonce', this.#nonce, nonce?.status === 'live' ? nonceOf(nonce.value.nonce) : undefined),
    ];
  }

  #note(): void {
    const account = this.venue.accounts.get(this.id);
    if (account === undefined) throw new Error(`no account ${this.id}`);
    const { openOrders, balances, nonce } = account;
    const state = (order: (typeof openOrders)[number]): string => `${order.status} ${filledOf(this.venue, order)}`;
    this.#orders.note(new Map(openOrders.map((order) => [orderId(this.id, order.number), state(order)])));
    this.#balances.note(new Map([...balances].map(([asset, { free, locked }]) => [asset, `${locked} ${free}`])));
    this.#nonce.note(nonceOf(String(nonce)));
  }
}

const ordersOf = (orders: readonly O2Order[]): Parts =>
  new Map(orders.map(({ id, status, units }) => [id, `${status} ${units.filled ?? '0'}`]));

const balancesOf = (balances: readonly O2Balance[]): Parts =>
  new Map(balances.map(({ assetId, units }) => [assetId, `${units.locked} ${units.unlocked}`]));

const nonceOf = (nonce: string): Parts => new Map([['nonce', nonce]]);
