import type { DepthEvent, DepthSnapshot } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';
import type { BookUpdate } from '../model/bookUpdate.js';

/** The last versions of one live book. They share most of what they are made of, so that keeping them is cheap. */
export class VersionRing {
  private readonly versions: (OrderBook | undefined)[] = [];
  private next = 0;
  private first: DepthSnapshot | undefined;
  private latest: OrderBook | undefined;

  constructor(private readonly limit: number) {}

  /** The snapshot that the book began from; `undefined` while it is not live. */
  get begun(): DepthSnapshot | undefined {
    return this.first;
  }
  /** The newest version; `undefined` while the book is not live. */
  get newest(): OrderBook | undefined {
    return this.latest;
  }
  /** The oldest version that is remembered. */
  get oldest(): OrderBook | undefined {
    return this.versions[this.next] ?? this.versions[0];
  }

  note({ state, events }: BookUpdate): void {
    if (state.status !== 'live') {
      // A silent book goes on from where it stands.
      if (state.status !== 'stale' || state.reason !== 'silent') this.discard();
      return;
    }
    const first: DepthEvent | undefined = events[0];
    if (first?.type === 'snapshot') {
      this.discard();
      this.first = first;
    }
    this.latest = state.book;
    this.versions[this.next] = state.book;
    this.next = (this.next + 1) % this.limit;
  }

  /** The version at exactly that sequence, if it is still remembered. */
  at(sequence: number): OrderBook | undefined {
    return this.versions.find((book) => book?.sequence === sequence);
  }

  private discard(): void {
    this.versions.length = 0;
    this.next = 0;
    this.first = undefined;
    this.latest = undefined;
  }
}
