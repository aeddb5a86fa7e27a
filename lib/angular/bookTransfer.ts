import { type Injector, type StateKey, TransferState, makeStateKey } from '@angular/core';
import { levelOf } from '../book/level.js';
import { bookFrom } from '../book/orderBook.js';
import type { LiveBook, StaleBook } from '../model/bookState.js';
import type { PriceLevel } from '../model/priceLevel.js';

/** A book as a server hands it to the page: exact texts, and when it was right. */
interface HandedBook {
  readonly instrument: string;
  readonly bids: readonly (readonly [price: string, size: string])[];
  readonly asks: readonly (readonly [price: string, size: string])[];
  readonly sequence: number | undefined;
  readonly venueTime: number | undefined;
  readonly receivedTime: number;
}

/** Hands the books of one exchange from a server to the page that it rendered, each by what was asked for. */
export class BookTransfer {
  readonly #state: TransferState;
  readonly #of: string;

  /** @param of Which exchange: the same text on both sides. */
  constructor(injector: Injector, of: string) {
    this.#state = injector.get(TransferState);
    this.#of = of;
  }

  /** Leaves a book for the page, and says how server and page both show it. */
  give(request: unknown, { book }: LiveBook, levels: number): StaleBook {
    const { instrument, bids, asks, sequence, venueTime, receivedTime } = book;
    const sides = { bids: bids.slice(levels).map(textsOf), asks: asks.slice(levels).map(textsOf) };
    const handed: HandedBook = { instrument, ...sides, sequence, venueTime, receivedTime };
    this.#state.set(this.#keyOf(request), handed);
    return shown(handed);
  }

  /** What the server left. */
  find(request: unknown): StaleBook | undefined {
    const handed = this.#state.get(this.#keyOf(request), undefined);
    return handed && shown(handed);
  }

  /** Once there is something newer, nobody is to begin with it again. */
  forget(request: unknown): void {
    this.#state.remove(this.#keyOf(request));
  }

  #keyOf(request: unknown): StateKey<HandedBook | undefined> {
    return makeStateKey(`millrace ${this.#of} ${JSON.stringify(request)}`);
  }
}

const textsOf = ({ exact: { price, size } }: PriceLevel): readonly [string, string] => [price, size];

/** It was right then, and nobody has followed it since. */
function shown({ bids, asks, ...rest }: HandedBook): StaleBook {
  const book = bookFrom({
    type: 'snapshot',
    ...rest,
    bids: bids.map(([price, size]) => levelOf(price, size)),
    asks: asks.map(([price, size]) => levelOf(price, size)),
  });
  return { status: 'stale', book, reason: 'disconnected', since: rest.receivedTime };
}
