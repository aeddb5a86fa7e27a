import { isAboutAnother, isTakenBack, tradeName, type Correctable } from './correctable.js';

/** What a trade does to what is made of trades. */
export interface TradeEffect<T> {
  /** The trade that counts from now on. */
  readonly added?: T;
  /** The trade, as it came before, that counts no more. */
  readonly removed?: T;
}

/**
 * Trades that may come again: corrected, confirmed or taken back. Says what each of them changes. Trades that no venue
 * corrects are not remembered.
 */
export class KnownTrades<T extends Correctable & { readonly instrument: string }> {
  readonly #known = new Map<string, T>();
  readonly #most: number;

  /** @param most How many are remembered; the oldest are discarded first. */
  constructor(most: number) {
    this.#most = most;
  }

  /** What a trade changes; nothing where it corrects or takes back one that is not remembered. */
  effectOf(trade: T): TradeEffect<T> | undefined {
    const name = tradeName(trade);
    if (name === undefined) return { added: trade };
    const key = `${trade.instrument} ${name}`;
    const removed = this.#known.get(key);
    if (removed === undefined && isAboutAnother(trade)) return undefined;
    if (isTakenBack(trade)) {
      this.#known.delete(key);
      return removed && { removed };
    }
    this.#remember(key, trade);
    return removed === undefined ? { added: trade } : { added: trade, removed };
  }

  #remember(key: string, trade: T): void {
    this.#known.set(key, trade);
    if (this.#known.size <= this.#most) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}
