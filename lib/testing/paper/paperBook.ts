import { compareDecimals, multiplyDecimals, subtractDecimals } from '../../book/decimals.js';
import { KnownTrades } from '../../book/knownTrades.js';
import type { BookState } from '../../model/bookState.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { Trade } from '../../model/trade.js';
import type { CancelOrder, OrderCommand, OrderReport, OrderSide, PlaceOrder } from './order.js';
import { TakenLevels, type Take } from './takenLevels.js';

/** What is assumed of a venue that orders are not really sent to. */
export interface PaperVenueConfig {
  /** Parts of price × size, as decimal texts; negative where the venue pays. Default: `0`. */
  readonly fees?: { readonly maker: string; readonly taker: string };
  /**
   * Where an order that begins to rest stands among those at its price: behind all that the book shows there, or before it.
   * Default: `back`.
   */
  readonly queue?: 'back' | 'front';
}

interface Resting {
  readonly id: string;
  readonly side: OrderSide;
  readonly price: string;
  remaining: string;
  /** How much at its price is filled before it. */
  ahead: string;
}

type Reports = readonly OrderReport[];

/** How many trades that may be told again are remembered. */
const REMEMBERED = 100_000;

/**
 * Orders against a market that does not know of them. What happens to it is told by calls, in order; each returns what is to be
 * reported. See `paperTrading` for what is assumed.
 */
export class PaperBook {
  readonly #fees: { readonly maker: string; readonly taker: string };
  readonly #queue: 'back' | 'front';
  readonly #used = new Set<string>();
  /** In the order in which they came. */
  readonly #resting = new Map<string, Resting>();
  readonly #taken = new TakenLevels();
  readonly #trades = new KnownTrades<Trade>(REMEMBERED);
  #book: OrderBook | undefined;

  constructor({ fees = { maker: '0', taker: '0' }, queue = 'back' }: PaperVenueConfig = {}) {
    this.#fees = fees;
    this.#queue = queue;
  }

  /** The book changed, or can't be trusted any more: then nothing is filled by it. */
  state(state: BookState, at: number): Reports {
    this.#book = state.status === 'live' ? state.book : undefined;
    if (this.#book === undefined) return [];
    const book = this.#book;
    this.#taken.update(book);
    return this.#byPriority().flatMap((order) => {
      const there = sideOf(book, other(order.side)).get(order.price)?.exact.size ?? '0';
      // Whoever left may have stood behind us, but no more stand before us than stand there at all.
      if (compareDecimals(there, order.ahead) < 0) order.ahead = there;
      return this.#crossed(order, book, at);
    });
  }

  /** A trade happened: it may have been ours. */
  trade(trade: Trade, at: number): Reports {
    const effect = this.#trades.effectOf(trade);
    // Told again it has filled us already, and a fill is not taken back; one that did not happen fills nobody.
    if (effect?.added === undefined || effect.removed !== undefined) return [];
    let left = trade.exact.size;
    return this.#byPriority().flatMap((order) => {
      // A taker who sells meets those who bid.
      if (order.side === trade.side) return [];
      const apart = compareDecimals(trade.exact.price, order.price) * (order.side === 'buy' ? 1 : -1);
      if (apart > 0) return [];
      // It went on to a worse price than ours, so all at ours was filled.
      if (apart < 0) return this.#fill(order, order.remaining, trade.instrument, at);
      const passed = lesser(left, order.ahead);
      order.ahead = subtractDecimals(order.ahead, passed);
      const size = lesser(subtractDecimals(left, passed), order.remaining);
      left = subtractDecimals(left, size);
      return isZero(size) ? [] : this.#fill(order, size, trade.instrument, at);
    });
  }

  /** Our orders as a venue fills them: of a side the best price first, at one price in the order in which they came. */
  #byPriority(): readonly Resting[] {
    const rank = ({ side }: Resting): number => (side === 'buy' ? -1 : 1);
    return [...this.#resting.values()].sort((a, b) =>
      a.side === b.side ? compareDecimals(a.price, b.price) * rank(a) : rank(a) - rank(b),
    );
  }

  /** A command arrived. */
  command(command: OrderCommand, at: number): Reports {
    return command.type === 'cancel' ? this.#cancel(command, at) : this.#place(command, at);
  }

  #cancel({ id }: CancelOrder, at: number): Reports {
    const order = this.#resting.get(id);
    if (order === undefined) return [{ type: 'rejected', id, at, reason: 'unknown' }];
    this.#resting.delete(id);
    return [{ type: 'cancelled', id, at, reason: 'asked', remaining: order.remaining }];
  }

  #place(order: PlaceOrder, at: number): Reports {
    const { id, side, size, price, postOnly = false } = order;
    const rejected = (reason: 'invalid' | 'duplicate' | 'no book' | 'would take'): Reports => [
      { type: 'rejected', id, at, reason },
    ];
    if (!isValid(order)) return rejected('invalid');
    if (this.#used.has(id)) return rejected('duplicate');
    const book = this.#book;
    if (book === undefined) return rejected('no book');

    const takes = this.#taken.available(sideOf(book, side), side, size, price);
    if (postOnly && takes.length > 0) return rejected('would take');
    this.#used.add(id);
    const accepted: OrderReport = { type: 'accepted', id, at };
    const left = takes.reduce((rest, take) => subtractDecimals(rest, take.size), size);
    const timeInForce = price === undefined ? (order.timeInForce === 'fok' ? 'fok' : 'ioc') : order.timeInForce;
    if (timeInForce === 'fok' && !isZero(left)) {
      return [accepted, { type: 'cancelled', id, at, reason: 'fok', remaining: size }];
    }
    const fills = this.#takeAll(order, takes, book.instrument, at);
    if (isZero(left)) return [accepted, ...fills];
    if (timeInForce === 'ioc' || price === undefined) {
      return [accepted, ...fills, { type: 'cancelled', id, at, reason: 'ioc', remaining: left }];
    }
    const shown = sideOf(book, other(side)).get(price)?.exact.size ?? '0';
    this.#resting.set(id, { id, side, price, remaining: left, ahead: this.#queue === 'back' ? shown : '0' });
    return [accepted, ...fills];
  }

  #takeAll({ id, side, size }: PlaceOrder, takes: readonly Take[], instrument: string, at: number): Reports {
    this.#taken.take(takes, side);
    let left = size;
    return takes.map(({ level, size: taken }) => {
      left = subtractDecimals(left, taken);
      return this.#filled(
        { id, side, price: level.exact.price, size: taken, remaining: left },
        'taker',
        instrument,
        at,
      );
    });
  }

  /** The other side came to a resting order's price: it fills as much as it shows. */
  #crossed(order: Resting, book: OrderBook, at: number): Reports {
    const { side, price, remaining } = order;
    const takes = this.#taken.available(sideOf(book, side), side, remaining, price);
    if (takes.length === 0) return [];
    this.#taken.take(takes, side);
    const size = takes.reduce((rest, take) => subtractDecimals(rest, take.size), remaining);
    return this.#fill(order, subtractDecimals(remaining, size), book.instrument, at);
  }

  /** A resting order has its own price, whatever the other side came to. */
  #fill(order: Resting, size: string, instrument: string, at: number): Reports {
    order.remaining = subtractDecimals(order.remaining, size);
    if (isZero(order.remaining)) this.#resting.delete(order.id);
    return [this.#filled({ ...order, size }, 'maker', instrument, at)];
  }

  #filled(
    {
      id,
      side,
      price,
      size,
      remaining,
    }: Pick<Resting, 'id' | 'side' | 'price' | 'remaining'> & { readonly size: string },
    liquidity: 'maker' | 'taker',
    instrument: string,
    at: number,
  ): OrderReport {
    const fee = multiplyDecimals(multiplyDecimals(price, size), this.#fees[liquidity]);
    return {
      type: 'fill',
      id,
      at,
      instrument,
      side,
      price: Number(price),
      size: Number(size),
      liquidity,
      exact: { price, size, fee, remaining },
    };
  }
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

const isValid = ({ size, price, postOnly = false, timeInForce }: PlaceOrder): boolean =>
  DECIMAL.test(size) &&
  Number(size) > 0 &&
  (price === undefined || DECIMAL.test(price)) &&
  !(price === undefined && timeInForce === 'gtc') &&
  !(postOnly && (price === undefined || timeInForce === 'ioc' || timeInForce === 'fok'));

/** The side of the book that an order takes from. */
const sideOf = ({ bids, asks }: OrderBook, taker: OrderSide): OrderBook['bids'] => (taker === 'buy' ? asks : bids);
const other = (side: OrderSide): OrderSide => (side === 'buy' ? 'sell' : 'buy');
const lesser = (a: string, b: string): string => (compareDecimals(a, b) < 0 ? a : b);
const isZero = (text: string): boolean => compareDecimals(text, '0') === 0;
