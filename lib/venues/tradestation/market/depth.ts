import { addDecimals } from '../../../book/decimals.js';
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
      ? sparingReader(ParticipantDepth, [], unread, ({ Bids, Asks }, at) =>
          snapshotOf(symbol, sideOf(Bids, sizeOfOne, timeOfOne), sideOf(Asks, sizeOfOne, timeOfOne), at),
        )
      : sparingReader(AggregateDepth, [], unread, ({ Bids, Asks }, at) =>
          snapshotOf(symbol, sideOf(Bids, sizeOfAll, timeOfAll), sideOf(Asks, sizeOfAll, timeOfAll), at),
        );
  return { topic: topicOf(request), decode, isTimedByContent: true };
}

const sizeOfOne = ({ Size }: ParticipantLevel): string => Size;
const timeOfOne = ({ TimeStamp }: ParticipantLevel): string | null | undefined => TimeStamp;
const sizeOfAll = ({ TotalSize }: AggregateLevel): string => TotalSize;
const timeOfAll = ({ LatestTime }: AggregateLevel): string | null | undefined => LatestTime;

/** What is read of one side. */
interface Side {
  readonly levels: readonly PriceLevel[];
  /** The latest of its times, as far as they are told. */
  readonly time: number | undefined;
}

const snapshotOf = (instrument: string, bids: Side, asks: Side, receivedTime: number): DepthSnapshot => ({
  type: 'snapshot',
  instrument,
  bids: bids.levels,
  asks: asks.levels,
  venueTime: later(bids.time, asks.time),
  receivedTime,
});

const later = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;

/** What is offered at one price, however it is written. */
interface Offered {
  readonly price: string;
  size: string;
}

/** One level a price, in the order they came, best first. */
function sideOf<L extends { readonly Price: string }>(
  rows: readonly L[],
  sizeOf: (row: L) => string,
  timeTextOf: (row: L) => string | null | undefined,
): Side {
  const byPrice = new Map<string, Offered>();
  let last: Offered | undefined;
  let time: number | undefined;
  let lastTime: string | null | undefined;
  for (const row of rows) {
    const size = sizeOf(row);
    // Those at one price stand together, and have most times in common.
    const known: Offered | undefined = row.Price === last?.price ? last : byPrice.get(trimmed(row.Price));
    if (known === undefined) byPrice.set(trimmed(row.Price), (last = { price: row.Price, size }));
    else {
      known.size = addDecimals(known.size, size);
      last = known;
    }
    const timeText = timeTextOf(row);
    if (timeText !== lastTime) time = later(time, timeOf(timeText));
    lastTime = timeText;
  }
  const levels: PriceLevel[] = [];
  for (const { price, size } of byPrice.values()) {
    const level = levelOf(price, size);
    if (level.size > 0) levels.push(level);
  }
  return { levels, time };
}

const [ZERO, POINT] = [48, 46];
/** Without zeros that say nothing behind the point. By hand: a regular expression looks through rows of zeros again and again. */
function trimmed(price: string): string {
  if (!price.includes('.')) return price;
  let end = price.length;
  while (price.charCodeAt(end - 1) === ZERO) end -= 1;
  return price.slice(0, price.charCodeAt(end - 1) === POINT ? end - 1 : end);
}
