import type { FrameKind, RecordedVenue } from './cliVenue.js';

/** How recordings of T+ are read. A depth frame does not name its market: its socket does, which a frame by itself lacks. */
export const recordedTplus: RecordedVenue = {
  names: ['tplus'],
  marketOf: () => 'main',
  headerOf: (market) => ({ venue: 'tplus', market }),
  gapRule: () => 'sequence_number == previous sequence_number + 1',
  checksum: () => null,
  kindOf: (frame) => kindOf(frame),
  isDepthAnswer: (url) => /\/marketdepth\/[^/?]+$/.test(url),
  reply: () => undefined,
};

function kindOf(frame: string): FrameKind {
  const asset = /^\{"asset_id":"([^"]*)","trade_id".*"buyer_is_maker"/.exec(frame)?.[1];
  if (asset !== undefined) return { type: 'trade', instrument: asset };
  const tag = /^\{"(Pending|Confirmed|Rollbacked|type)"/.exec(frame)?.[1];
  if (tag !== undefined) return { type: 'other', name: tag };
  return { type: 'other', name: frame.startsWith('{"bids"') ? 'depth' : frame.startsWith('[') ? 'bars' : 'other' };
}
