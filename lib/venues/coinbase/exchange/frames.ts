import * as t from 'io-ts';
import { levelOf } from '../../../codec/levelOf.js';
import { DecimalText, SizeText } from '../../../codec/decimalText.js';
import { FastType, REFUSED, type Refused } from '../../../codec/fastType.js';
import { frame } from '../../../codec/frame.js';
import { IsoTime } from '../../../codec/isoTime.js';
import { Levels } from '../../../codec/levels.js';
import { list } from '../../../codec/list.js';
import { Id, Sequence, Text } from '../../../codec/scalars.js';
import type { PriceLevel } from '../../../model/priceLevel.js';

/** Source of all: "WebSocket channels" of Coinbase Exchange and captures of 2019 to 2021, read 2026-11-29; unknown keys are passed over. */

const Side = t.keyof({ buy: null, sell: null });
type Side = t.TypeOf<typeof Side>;

/** The whole book of a product. */
export const SnapshotFrame = frame(
  'coinbase.snapshot',
  { product_id: Text, bids: Levels, asks: Levels },
  { time: IsoTime },
);
export type SnapshotFrame = t.TypeOf<typeof SnapshotFrame>;

/** What changed of a book, in the order of events. */
export interface Changes {
  readonly bids: readonly PriceLevel[];
  readonly asks: readonly PriceLevel[];
}

const Rows = list(t.tuple([Side, DecimalText, SizeText], 'change'), 'Changes');

/** `[side, price, new size]`; a size of 0 removes, with whatever decimals: `"0.000000"`. */
const Changes = new FastType<Changes, unknown>(
  'Changes',
  (u): u is Changes => typeof u === 'object' && u !== null && 'bids' in u,
  changesOf,
  ({ bids, asks }) => [...rowsOf('buy', bids), ...rowsOf('sell', asks)],
  (u, c) => {
    const changes = changesOf(u);
    // Once more to say where.
    return changes === REFUSED ? (Rows.validate(u, c) as t.Validation<never>) : t.success(changes);
  },
);

function changesOf(u: unknown): Changes | Refused {
  if (!Array.isArray(u)) return REFUSED;
  const bids: PriceLevel[] = [];
  const asks: PriceLevel[] = [];
  for (const row of u as readonly unknown[]) {
    if (!Array.isArray(row)) return REFUSED;
    const [side, price, size] = row as readonly unknown[];
    if (!Side.is(side) || !DecimalText.is(price) || !SizeText.is(size)) return REFUSED;
    (side === 'buy' ? bids : asks).push(levelOf(price, size));
  }
  return { bids, asks };
}

const rowsOf = (side: Side, levels: readonly PriceLevel[]): readonly unknown[] =>
  levels.map(({ exact: { price, size } }) => [side, price, size]);

export const UpdateFrame = frame('coinbase.l2update', { product_id: Text, changes: Changes }, { time: IsoTime });
export type UpdateFrame = t.TypeOf<typeof UpdateFrame>;

/** A trade; `last_match` is the last one before the subscription. */
export const MatchFrame = frame('coinbase.match', {
  type: t.keyof({ match: null, last_match: null }),
  trade_id: Id,
  side: Side, //          the maker's
  size: DecimalText,
  price: DecimalText,
  product_id: Text,
  time: IsoTime,
});
export type MatchFrame = t.TypeOf<typeof MatchFrame>;

/** With each trade. */
export const TickerFrame = frame(
  'coinbase.ticker',
  {
    product_id: Text,
    price: DecimalText,
    open_24h: DecimalText,
    low_24h: DecimalText,
    high_24h: DecimalText,
    volume_24h: DecimalText, // base units
  },
  { time: IsoTime },
);
export type TickerFrame = t.TypeOf<typeof TickerFrame>;

/** Every second. The sequence counts all that happens to the orders of a product. */
export const HeartbeatFrame = frame('coinbase.heartbeat', {
  product_id: Text,
  sequence: Sequence,
  last_trade_id: Id,
  time: IsoTime,
});
export type HeartbeatFrame = t.TypeOf<typeof HeartbeatFrame>;
