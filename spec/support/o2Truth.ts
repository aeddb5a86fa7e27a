import type { AccountOrder, SimulatedO2, TrueBook, TrueO2Market } from '../../lib/simulation/index.js';
import { SimulatedAccount } from '../../lib/simulation/accounts/simulatedAccount.js';
import type { OrderBook } from '../../lib/model/orderBook.js';
import { once } from './once.js';

/** Everything that a book at one precision ever was, as text, and at which steps. A book may come back. */
export class TrueBooks {
  private readonly seen = new Map<string, number[]>();
  private steps = 0;
  /** When each step was, in ms. */
  private readonly times: number[] = [];

  constructor(
    private readonly venue: SimulatedO2,
    private readonly market: TrueO2Market,
    private readonly precision: bigint,
    now: () => number,
  ) {
    let sequence: number | undefined;
    let text = '';
    const note = (): void => {
      this.steps += 1;
      this.times[this.steps] = now();
      // In most steps nothing happens to it.
      const book = this.venue.market.trueBook(this.market.instrument.spec.symbol);
      if (sequence === undefined || book?.sequence !== sequence) text = this.truth(book);
      sequence = book?.sequence;
      const steps = this.seen.get(text);
      if (steps === undefined) this.seen.set(text, [this.steps]);
      else steps.push(this.steps);
    };
    note();
    venue.market.onStep(note);
  }

  /** The steps at which the book was this one, in order; none if it never was. */
  stepsOf(book: OrderBook): readonly number[] {
    return this.seen.get(`${this.said(book.bids)}|${this.said(book.asks)}`) ?? [];
  }

  private said(levels: OrderBook['bids']): string {
    let text = '';
    for (const { exact } of levels.slice())
      text += `${text && ','}${this.priceText(exact.price)}=${this.sizeText(exact.size)}`;
    return text;
  }

  /** How old a book is, in ms: how long ago it was another; `Infinity` for one that never was. */
  ageOf(book: OrderBook, now: number): number {
    const step = this.stepsOf(book).at(-1);
    if (step === undefined) return Infinity;
    const next = this.times[step + 1];
    return next === undefined ? 0 : now - next;
  }

  /** Put together here, apart from what the server does: bids down, asks up. */
  private truth({ bids, asks }: Pick<TrueBook, 'bids' | 'asks'> = { bids: [], asks: [] }): string {
    const side = (levels: typeof bids, round: bigint): string => {
      const sums = new Map<bigint, bigint>();
      for (const [price, size] of levels) {
        const bucket = ((this.price(price) + round) / this.precision) * this.precision;
        sums.set(bucket, (sums.get(bucket) ?? 0n) + this.size(size));
      }
      return [...sums].map(([price, size]) => `${price}=${size}`).join();
    };
    return `${side(bids, 0n)}|${side(asks, this.precision - 1n)}`;
  }

  private readonly price = once((text) => units(text, this.market.quoteAsset.decimals));
  private readonly size = once((text) => units(text, this.market.baseAsset.decimals));
  private readonly priceText = once((text) => String(this.price(text)));
  private readonly sizeText = once((text) => String(this.size(text)));
}

export function units(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

/** One state of one order, the same for client and venue. */
export const stateKey = (id: string, status: string, filled: string | bigint): string => `${id} ${status} ${filled}`;

/** What one account of the venue did, in order; it may be told to rest. */
export class AccountLog {
  readonly states: string[] = [];
  private readonly places = new Map<string, number>();
  private isResting = false;

  constructor(
    venue: SimulatedO2,
    readonly id: string,
    orderId: (account: string, number: number) => string,
  ) {
    const account = venue.accounts.get(id);
    if (!(account instanceof SimulatedAccount)) throw new Error(`no account ${id}`);
    const step = account.step.bind(account);
    account.step = (now) => {
      if (this.isResting) return { orders: [], assets: [], acted: false };
      const changes = step(now);
      for (const order of changes.orders)
        this.note(stateKey(orderId(id, order.number), order.status, filledOf(venue, order)));
      return changes;
    };
  }

  rest(): void {
    this.isResting = true;
  }

  placeOf(key: string): number | undefined {
    return this.places.get(key);
  }

  private note(key: string): void {
    this.places.set(key, this.states.length);
    this.states.push(key);
  }
}

export function filledOf({ markets }: SimulatedO2, { symbol, filled }: AccountOrder): bigint {
  const market = markets.find(({ instrument }) => instrument.spec.symbol === symbol);
  return market?.baseUnits(filled) ?? 0n;
}
