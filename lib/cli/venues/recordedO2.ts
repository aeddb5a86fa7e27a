import type { FrameKind, RecordedVenue } from './cliVenue.js';

/** How recordings of O2 are read. */
export const recordedO2: RecordedVenue = {
  names: ['o2'],
  marketOf: (_, market) => (['testnet', 'devnet'].includes(market) ? market : 'mainnet'),
  headerOf: (market) => ({ venue: 'o2', market }),
  gapRule: () => null,
  checksum: () => null,
  kindOf: (frame) => {
    const action = /^\{"action":"(\w+)"/.exec(frame)?.[1];
    if (action === undefined) return { type: 'other', name: frame === 'PONG' ? 'PONG' : 'other' };
    const instrument = /"market_id":"([^"]+)"/.exec(frame)?.[1];
    return instrument === undefined ? { type: 'other', name: action } : kindOf(action, instrument);
  },
  // The book begins in the stream.
  isDepthAnswer: () => false,
  reply: (sent) => (sent === 'PING' ? 'PONG' : undefined),
};

function kindOf(action: string, instrument: string): FrameKind {
  if (/^subscribe_depth(_update)?$/.test(action)) return { type: 'depth', instrument };
  return /^(subscribe_)?trades$/.test(action) ? { type: 'trade', instrument } : { type: 'other', name: action };
}
