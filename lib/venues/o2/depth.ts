import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { sparingReader, type Unread } from '../../codec/sparing.js';
import { checkOneOf } from '../../errors/checks.js';
import type { DepthDiff, DepthEvent, DepthSnapshot } from '../../model/depthEvent.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { DepthSnapshotFrame, DepthUpdateFrame, STAMPS } from './frames.js';
import type { O2Market } from './markets.js';
import { levelIn, seenAt } from './scale.js';
import { topicOf } from './topics.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';

export const precisions = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000] as const;
/**
 * How many of the smallest price units the venue puts together in one level; 10 is the finest. (1 is accepted by the
 * venue and gives a dead stream.) Source: server types, docs.o2.app.
 */
export type O2Precision = (typeof precisions)[number];

export const frequencies = ['100ms', '500ms', '1s', '3s'] as const;
/** How often a depth view comes. */
export type O2Frequency = (typeof frequencies)[number];

interface Sides {
  readonly buys?: readonly RawLevel[] | undefined;
  readonly sells?: readonly RawLevel[] | undefined;
  readonly bids?: readonly RawLevel[] | undefined;
  readonly asks?: readonly RawLevel[] | undefined;
}
interface RawLevel {
  readonly price: string;
  readonly quantity: string;
}

/** Every change of one book: a snapshot first, then what changed. The sizes of changes are as the venue sent them. */
export function depthChannel(market: O2Market, precision: O2Precision, report: Report): ChannelSpec<DepthEvent> {
  checkOneOf('precision', precisions, precision);
  const key = `depth ${market.id} ${precision}`;
  const unread = leftOutOf(key, report);
  const readSnapshot = snapshotReader(market, unread);
  const readUpdate = sparingReader(DepthUpdateFrame, STAMPS, unread, (frame, at): DepthDiff => {
    const { bids, asks } = sidesOf(market, frame.view ?? frame.changes ?? frame.orders ?? frame);
    return { type: 'diff', instrument: market.id, bids, asks, venueTime: seenAt(frame), receivedTime: at };
  });
  return {
    topic: topicOf(key, `depth ${market.id}`, {
      subscribe: { action: 'subscribe_depth', market_id: market.id, precision: String(precision) },
      unsubscribe: { action: 'unsubscribe_depth', market_id: market.id },
      opening: 'subscribe_depth',
    }),
    // The action alone tells them apart; containers have been seen under either.
    decode: (payload, at): Either<Errors, DepthEvent> =>
      isUpdate(payload) ? readUpdate(payload, at) : readSnapshot(payload, at),
  };
}

/** The whole book, every so often. */
export function depthViewChannel(
  market: O2Market,
  precision: O2Precision,
  frequency: O2Frequency,
  report: Report,
): ChannelSpec<DepthSnapshot> {
  checkOneOf('precision', precisions, precision);
  checkOneOf('frequency', frequencies, frequency);
  const key = `view ${market.id} ${precision} ${frequency}`;
  return {
    topic: topicOf(key, `view ${market.id}`, {
      subscribe: { action: 'subscribe_depth_view', market_id: market.id, precision: String(precision), frequency },
      unsubscribe: { action: 'unsubscribe_depth_view', market_id: market.id },
      opening: 'subscribe_depth_view',
    }),
    decode: snapshotReader(market, leftOutOf(key, report)),
  };
}

const snapshotReader = (market: O2Market, unread: Unread) =>
  sparingReader(DepthSnapshotFrame, STAMPS, unread, (frame, at): DepthSnapshot => {
    const { bids, asks } = sidesOf(market, frame.view ?? frame.changes ?? frame.orders ?? frame);
    return { type: 'snapshot', instrument: market.id, bids, asks, venueTime: seenAt(frame), receivedTime: at };
  });

/** A side that is not there has no levels, or none that changed. */
function sidesOf(
  market: O2Market,
  { buys, sells, bids, asks }: Sides,
): { readonly bids: readonly PriceLevel[]; readonly asks: readonly PriceLevel[] } {
  const levels = (side: readonly RawLevel[] = []): readonly PriceLevel[] =>
    side.map(({ price, quantity }) => levelIn(market, price, quantity));
  return { bids: levels(buys ?? bids), asks: levels(sells ?? asks) };
}

const isUpdate = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'action' in payload && payload.action === 'subscribe_depth_update';
