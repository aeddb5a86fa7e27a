import { sumDecimals } from '../../../book/decimals.js';
import { levelOf } from '../../../codec/levelOf.js';
import { check, checkOneOf } from '../../../errors/checks.js';
import type { DepthSnapshot } from '../../../model/depthEvent.js';
import type { PriceLevel } from '../../../model/priceLevel.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import type { Link } from '../../../socket/plan.js';
import type { StreamReader } from '../session/dialect.js';
import { type AggregateLevel, type ParticipantLevel, AggregateDepth, ParticipantDepth } from '../frames.js';
import { type Unread, sparingReader } from '../../../codec/sparing.js';
import { timeOf } from '../scalars.js';
import { type TradestationStreamRequest, marketDataRequest, symbolOf, topicOf } from '../topics.js';

/** How one book of TradeStation is had. */
export interface TradestationBookOptions {
  /** `participants`: each participant's own levels, added up by price here. `aggregates`: added up by the venue. */
  readonly by?: 'participants' | 'aggregates';
  /** Levels a side, above 0. Default: 20, the venue's own. */
  readonly levels?: number;
}

/** @throws InvalidArgumentError for what the venue would not take. */
export function depthRequest(
  symbol: string,
  { by, levels }: Required<TradestationBookOptions>,
): TradestationStreamRequest {
  checkOneOf('by', ['participants', 'aggregates'], by);
  check('levels', Number.isInteger(levels) && levels >= 1, 'a whole number from 1', levels);
  const name = symbolOf(symbol);
  const kind = by === 'participants' ? 'quotes' : 'aggregates';
  const path = `/v3/marketdata/stream/marketdepth/${kind}/${encodeURIComponent(name)}`;
  return marketDataRequest('depth', `depth-${kind}`, path, { maxlevels: String(levels) }, { symbol: name });
}

/**
 * Each frame is the whole book. That a side which is left out stands as it did is our reading: no document says whether a
 * message is full. It is filled in here, within the session.
 */
export const depthReader =
  (key: string) =>
  (link: Link): StreamReader => {
    let sides: Readonly<Record<'Bids' | 'Asks', unknown>> | undefined = { Bids: [], Asks: [] };
    return {
      missed: () => {
        sides = undefined;
      },
      data: (frame) => {
        // Of no book: unreadable, where an empty side would be a claim.
        if (frame['Bids'] === undefined && frame['Asks'] === undefined) {
          sides = undefined;
          link.deliver(key, frame);
          return;
        }
        const { Bids = sides?.Bids, Asks = sides?.Asks } = frame;
        sides = Array.isArray(Bids) && Array.isArray(Asks) ? { Bids, Asks } : undefined;
        // One side, and of the other it is not known how it stands.
        if (Bids === undefined || Asks === undefined) link.interrupted(key);
        else link.deliver(key, { ...frame, Bids, Asks });
      },
    };
  };

export function depthChannel(
  request: TradestationStreamRequest,
  symbol: string,
  by: 'participants' | 'aggregates',
  unread: Unread,
): ChannelSpec<DepthSnapshot> {
  const decode =
    by === 'participants'
      ? sparingReader(ParticipantDepth, [], unread, snapshotOf(symbol, participantOf))
      : sparingReader(AggregateDepth, [], unread, snapshotOf(symbol, aggregateOf));
  return { topic: topicOf(request), decode, isTimedByContent: true };
}

/** What is read of a level of either form. */
interface Offer {
  readonly price: string;
  readonly size: string;
  readonly time: number | undefined;
}
const participantOf = ({ Price: price, Size: size, TimeStamp }: ParticipantLevel): Offer => ({
  price,
  size,
  time: timeOf(TimeStamp),
});
const aggregateOf = ({ Price: price, TotalSize: size, LatestTime }: AggregateLevel): Offer => ({
  price,
  size,
  time: timeOf(LatestTime),
});

const snapshotOf =
  <L>(instrument: string, offerOf: (level: L) => Offer) =>
  (frame: { readonly Bids: readonly L[]; readonly Asks: readonly L[] }, at: number): DepthSnapshot => {
    const [bids, asks] = [frame.Bids.map(offerOf), frame.Asks.map(offerOf)];
    const times = [...bids, ...asks].flatMap(({ time }) => time ?? []);
    return {
      type: 'snapshot',
      instrument,
      bids: added(bids),
      asks: added(asks),
      venueTime: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
      receivedTime: at,
    };
  };

/** One level a price, in the order they came, best first. */
function added(offers: readonly Offer[]): readonly PriceLevel[] {
  const sizes = new Map<string, { readonly price: string; readonly sizes: string[] }>();
  for (const { price, size } of offers) {
    // The same price may be written in two ways.
    const key = trimmed(price);
    const known = sizes.get(key);
    if (known === undefined) sizes.set(key, { price, sizes: [size] });
    else known.sizes.push(size);
  }
  return [...sizes.values()]
    .map((one) => levelOf(one.price, one.sizes.length === 1 ? (one.sizes[0] ?? '0') : sumDecimals(one.sizes)))
    .filter(({ size }) => size > 0);
}

const [ZERO, POINT] = [48, 46];
/** Without zeros that say nothing behind the point. By hand: a regular expression looks through rows of zeros again and again. */
function trimmed(price: string): string {
  if (!price.includes('.')) return price;
  let end = price.length;
  while (price.charCodeAt(end - 1) === ZERO) end -= 1;
  return price.slice(0, price.charCodeAt(end - 1) === POINT ? end - 1 : end);
}
