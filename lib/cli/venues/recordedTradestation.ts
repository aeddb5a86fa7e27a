import type { FrameKind, RecordedVenue } from './cliVenue.js';

/** How recordings of TradeStation are read. Depth and bars do not name their symbol: their stream does, which a line lacks. */
export const recordedTradestation: RecordedVenue = {
  names: ['tradestation'],
  marketOf: () => 'live',
  headerOf: (market) => ({ venue: 'tradestation', market }),
  gapRule: () => null,
  checksum: () => null,
  kindOf: (frame) => kindOf(frame),
  isDepthAnswer: () => false,
  reply: () => undefined,
};

const KINDS = [
  ['"Heartbeat"', 'heartbeat'],
  ['"StreamStatus"', 'status'],
  ['"Error"', 'error'],
  ['"Bids"', 'depth'],
  ['"Epoch"', 'bars'],
  ['"Strikes"', 'options'],
  ['"OrderID"', 'orders'],
  ['"PositionID"', 'positions'],
  ['"Symbol"', 'quotes'],
] as const;

const kindOf = (frame: string): FrameKind => ({
  type: 'other',
  name: KINDS.find(([key]) => frame.includes(key))?.[1] ?? 'other',
});
