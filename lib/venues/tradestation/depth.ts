import { sumDecimals } from '../../book/decimals.js';
import { levelOf } from '../../book/level.js';
import { reader } from '../../codec/read.js';
import { check } from '../../errors/checks.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { Link } from '../../socket/plan.js';
import type { StreamReader } from './dialect.js';
import { type AggregateLevel, type ParticipantLevel, AggregateDepth, ParticipantDepth } from './frames.js';
import { timeOf } from './scalars.js';
import { type TradestationStreamRequest, marketDataRequest, symbolOf, topicOf } from './topics.js';

export interface TradestationBookOptions {
  /** `participants`: each participant's own levels, added up by price here. `aggregates`: added up by the venue. */
  readonly by?: 'participants' | 'aggregates';
  /** Levels a side, above 0. Default: 20, the venue's own. */
  readonly levels?: number;
}

/** @throws InvalidArgumentError for what the venue would not take. */
export function depthRequest(
  symbol: string,
  { by = 'participants', levels = 20 }: TradestationBookOptions,
): TradestationStreamRequest {
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
): ChannelSpec<DepthSnapshot> {
  const topic = topicOf(request);
  return by === 'participants'
    ? {
        topic,
        decode: reader(ParticipantDepth, ({ Bids, Asks }, at) =>
          snapshotOf(
            symbol,
            Bids,
            Asks,
            ({ TimeStamp }) => TimeStamp,
            ({ Size }) => Size,
            at,
          ),
        ),
      }
    : {
        topic,
        decode: reader(AggregateDepth, ({ Bids, Asks }, at) =>
          snapshotOf(
            symbol,
            Bids,
            Asks,
            ({ LatestTime }) => LatestTime,
            ({ TotalSize }) => TotalSize,
            at,
          ),
        ),
      };
}

function snapshotOf<L extends ParticipantLevel | AggregateLevel>(
  instrument: string,
  bids: readonly L[],
  asks: readonly L[],
  timeIn: (level: L) => string,
  sizeIn: (level: L) => string,
  at: number,
): DepthSnapshot {
  const times = [...bids, ...asks].map((level) => timeOf(timeIn(level)) ?? 0);
  return {
    type: 'snapshot',
    instrument,
    bids: added(bids, sizeIn),
    asks: added(asks, sizeIn),
    venueTime: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
    receivedTime: at,
  };
}

/** One level a price, in the order they came, best first. */
function added<L extends ParticipantLevel | AggregateLevel>(
  levels: readonly L[],
  sizeIn: (level: L) => string,
): readonly PriceLevel[] {
  const sizes = new Map<string, { readonly price: string; readonly sizes: string[] }>();
  for (const level of levels) {
    // The same price may be written in two ways.
    const price = level.Price.includes('.') ? level.Price.replace(/\.?0+$/, '') : level.Price;
    const known = sizes.get(price);
    if (known === undefined) sizes.set(price, { price: level.Price, sizes: [sizeIn(level)] });
    else known.sizes.push(sizeIn(level));
  }
  return [...sizes.values()]
    .map((one) => levelOf(one.price, one.sizes.length === 1 ? (one.sizes[0] ?? '0') : sumDecimals(one.sizes)))
    .filter(({ size }) => size > 0);
}
