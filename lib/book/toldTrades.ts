import { isAboutAnother, isTakenBack, tradeName, type Correctable } from './correctable.js';

/** What a trade does to what is made of trades. */
export interface TradeEffect<T> {
  /** The trade that counts from now on. */
  readonly added?: T;
  /** The trade, as it was told before, that counts no more. */
  readonly removed?: T;
}

/**
 * Trades that may be told again: corrected, confirmed or taken back. Says what each of them changes. Trades that no venue
 * corrects are not remembered.
 */
export class ToldTrades<T extends Correctable & { readonly instrument: string }> {
  readonly #told = new Map<string, T>();
  readonly #most: number;

  /** @param most How many are remembered; the oldest are forgotten first. */
  constructor(most: number) {
    this.#most = most;
  }

  /** What a trade changes; nothing where it corrects or takes back one that is not remembered. */
  effectOf(trade: T): TradeEffect<T> | undefined {
    const name = tradeName(trade);
    if (name === undefined) return { added: trade };
    const key = `${trade.instrument} ${name}`;
    const removed = this.#told.get(key);
    if (removed === undefined && isAboutAnother(trade)) return undefined;
    if (isTakenBack(trade)) {
      this.#told.delete(key);
      return removed && { removed };
    }
    this.#remember(key, trade);
    return removed === undefined ? { added: trade } : { added: trade, removed };
  }

  #remember(key: string, trade: T): void {
    this.#told.set(key, trade);
    if (this.#told.size <= this.#most) return;
    const [oldest] = this.#told.keys();
    if (oldest !== undefined) this.#told.delete(oldest);
  }
}
