import type { FaultSchedule } from '../faults/faultSchedule.js';
import { isOn } from '../faults/faultSchedule.js';
import type { SimulatedBook } from '../market/simulatedBook.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';

/** Further than any stream gets while a snapshot is on its way. */
export const FAR_AHEAD = 1_000_000_000;

/** What becomes of the update ids of single symbols by plan. */
export class Numbering {
  /** Until when the snapshots of a symbol know nothing of it. */
  private readonly unlisted = new Map<string, number>();

  constructor(
    private readonly market: SimulatedMarket,
    private readonly faults: FaultSchedule,
  ) {}

  /** Whether snapshots of the symbol still have the id -1. */
  isUnlisted(symbol: string): boolean {
    return (this.unlisted.get(symbol) ?? 0) > this.market.now();
  }

  /** Lets happen what is due. */
  strike(): void {
    const now = this.market.now();
    this.each('numbersAnew', (book) => {
      book.renumber(0);
    });
    this.each('numbersAhead', (book) => {
      book.renumber(book.sequence + FAR_AHEAD);
    });
    this.each('newListing', (book, symbol, delay = 2_000) => {
      book.relist(now);
      this.unlisted.set(symbol, now + delay);
    });
  }

  private each(
    fault: 'numbersAnew' | 'numbersAhead' | 'newListing',
    act: (book: SimulatedBook, symbol: string, delay: number | undefined) => void,
  ): void {
    for (const onset of this.faults.onsets(fault)) {
      const { planned } = onset;
      const fitting = this.market.symbols.filter((symbol) => isOn(planned, symbol));
      for (const symbol of fitting.slice(0, planned.count ?? 1)) {
        const book = this.market.instrument(symbol)?.book;
        if (book === undefined) continue;
        onset.struck(symbol);
        act(book, symbol, planned.delay);
      }
    }
  }
}
