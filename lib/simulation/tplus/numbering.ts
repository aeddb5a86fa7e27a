import type { TrueBook } from '../market/trueMarket.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';

/** The numbers that the venue gives its books: those of the market, or, after a restart, others from 1 on. */
export class Numbering {
  private readonly offsets = new Map<string, number[]>();

  constructor(private readonly market: SimulatedMarket) {}

  /** Every book counts from 1 again, as it stands. */
  restart(): void {
    for (const symbol of this.market.symbols) {
      const sequence = this.market.instrument(symbol)?.book.sequence ?? 0;
      this.offsets.set(symbol, [...(this.offsets.get(symbol) ?? [0]), sequence - 1]);
    }
  }

  numberOf(symbol: string, sequence: number): number {
    return sequence - (this.offsets.get(symbol)?.at(-1) ?? 0);
  }

  /** The true books that were told under a number: one, or, after restarts, several. */
  booksAt(symbol: string, number: number): readonly TrueBook[] {
    return (this.offsets.get(symbol) ?? [0]).flatMap((offset) => {
      const book = this.market.trueBook(symbol, number + offset);
      return book === undefined ? [] : [book];
    });
  }
}
