import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { OutgoingFrame } from '../faults/mangler.js';
import { DepthAt, type RawLevel, type RawSides, type SizeMeaning } from './depth.js';
import { snapshotFrame, updateFrame, type O2Forms } from './frames.js';
import type { Session } from './session.js';
import type { VenueMarket } from './venueMarket.js';

export interface DepthBroadcastsConfig {
  readonly faults: FaultSchedule;
  readonly forms: O2Forms;
  readonly sizes: SizeMeaning;
  readonly stamped: () => string;
}

/** The books that somebody sees, each at its precision worked out once for all who do. */
export class DepthBroadcasts {
  private readonly books = new Map<string, DepthAt>();

  constructor(private readonly config: DepthBroadcastsConfig) {}

  /** The whole book, the way a subscription begins. */
  opening(market: VenueMarket, precision: bigint, isView: boolean): OutgoingFrame {
    const action = isView ? 'subscribe_depth_view' : 'subscribe_depth';
    const { whole } = this.bookOf(market, precision);
    const text = snapshotFrame(action, market, precision, whole, this.config.forms);
    return { stream: `${isView ? 'view' : 'depth'} ${market.pair}`, diff: false, text };
  }

  pulse(markets: readonly VenueMarket[], sessions: ReadonlySet<Session>, now: number): void {
    const seen = new Set<string>();
    for (const market of markets) {
      const precisions = new Set<bigint>();
      for (const { depth, views } of sessions) {
        for (const one of [depth.get(market.id), views.get(market.id)]) {
          if (one !== undefined && one.precision > 1n) precisions.add(one.precision);
        }
      }
      for (const precision of precisions) {
        seen.add(keyOf(market, precision));
        this.emit(market, precision, sessions);
      }
      for (const session of sessions) this.view(market, session, now);
    }
    if (!this.config.faults.idle) for (const session of sessions) this.stray(markets, session);
    for (const key of this.books.keys()) if (!seen.has(key)) this.books.delete(key);
  }

  private emit(market: VenueMarket, precision: bigint, sessions: ReadonlySet<Session>): void {
    const { faults, forms, stamped } = this.config;
    const book = this.bookOf(market, precision);
    const sides = book.collect();
    if (sides === undefined) return;
    const stream = `depth ${market.pair}`;
    const stamp = stamped();
    const write = (some: RawSides): string => updateFrame(market, some, stamp, forms);
    const text = write(sides);
    const crossed = (): string => write({ ...sides, buys: [...sides.buys, crossing(market, book)] });
    for (const session of sessions) {
      if (session.depth.get(market.id)?.precision === precision) {
        const isNegative = faults.take('negativeSizes', stream) !== undefined;
        const payload = isNegative ? write({ ...sides, buys: [...sides.buys, this.negative(book)] }) : text;
        session.emit({ stream, diff: true, text: payload, crossed }, market.id);
      }
    }
  }

  /** An update of a market that the connection did not ask for. */
  private stray(markets: readonly VenueMarket[], session: Session): void {
    const { faults, forms, stamped } = this.config;
    const other = markets.find(({ id }) => !session.depth.has(id));
    if (other === undefined || session.depth.size === 0) return;
    const stream = `depth ${other.pair}`;
    if (faults.take('otherMarket', stream) === undefined) return;
    const buys: readonly RawLevel[] = [[other.priceUnits(other.instrument.spec.price), other.baseUnits(1)]];
    session.emit({ stream, diff: false, text: updateFrame(other, { buys, sells: [] }, stamped(), forms) });
  }

  private view(market: VenueMarket, session: Session, now: number): void {
    const view = session.views.get(market.id);
    if (view === undefined || now < view.due || view.precision === 1n) return;
    view.due += view.every ?? 0;
    session.emit(this.opening(market, view.precision, true));
  }

  /** What can't be: a size below nothing. */
  private negative(book: DepthAt): RawLevel {
    const [price, quantity] = book.whole.buys[0] ?? [1n, 0n];
    return [price, this.config.sizes === 'absolute' ? -1n : -quantity - 1n];
  }

  private bookOf(market: VenueMarket, precision: bigint): DepthAt {
    const key = keyOf(market, precision);
    const known = this.books.get(key);
    if (known !== undefined) return known;
    const made = new DepthAt(market, precision, this.config.sizes);
    this.books.set(key, made);
    return made;
  }
}

const keyOf = ({ id }: VenueMarket, precision: bigint): string => `${id} ${precision}`;

/** A bid above the best ask. */
function crossing(market: VenueMarket, book: DepthAt): RawLevel {
  const [best = 0n] = book.whole.sells[0] ?? [];
  return [best + 10n ** 10n, market.baseUnits(1)];
}
