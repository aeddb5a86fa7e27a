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
    const key = this.#keyOf(request);
    if (key !== undefined) this.#state.set(key, handed);
    return shown(handed);
  }

  /** What the server left. */
  find(request: unknown): StaleBook | undefined {
    const key = this.#keyOf(request);
    const handed = key && this.#state.get(key, undefined);
    try {
      return handed && shown(handed);
    } catch {
      // Of another version of the page: what nobody can read is not handed over.
      return undefined;
    }
  }

  /** Once there is something newer, nobody is to begin with it again. */
  discard(request: unknown): void {
    const key = this.#keyOf(request);
    if (key !== undefined) this.#state.remove(key);
  }

  /** None where the options of a book are nothing that server and page could write alike: it is not handed over then. */
  #keyOf(request: unknown): StateKey<HandedBook | undefined> | undefined {
    try {
      return makeStateKey(`millrace ${this.#of} ${JSON.stringify(request)}`);
    } catch {
      return undefined;
    }
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
