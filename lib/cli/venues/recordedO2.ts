import { isJsonObject, type JsonObject } from '../../codec/jsonObject.js';
import type { Recording } from '../../recording/format.js';
import type { FrameKind, RecordedVenue } from './cliVenue.js';
import { parsedFrame } from './parsedFrame.js';

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
  namesIn: (recording) => new Map(marketsIn(recording).flatMap(nameOf)),
  // The book begins in the stream.
  isDepthAnswer: () => false,
  reply: (sent) => (sent === 'PING' ? 'PONG' : undefined),
};

function kindOf(action: string, instrument: string): FrameKind {
  if (/^subscribe_depth(_update)?$/.test(action)) return { type: 'depth', instrument };
  return /^(subscribe_)?trades$/.test(action) ? { type: 'trade', instrument } : { type: 'other', name: action };
}

/** What the lists of markets in a recording have, by each answer. */
const marketsIn = ({ events }: Recording): readonly unknown[] =>
  events.flatMap((event) => {
    if (event.kind !== 'http' || event.status !== 200 || !/\/v1\/markets(\?|$)/.test(event.url)) return [];
    const { markets } = parsedFrame(event.body);
    return Array.isArray(markets) ? (markets as readonly unknown[]) : [];
  });

/** `ETH/USDC`, by which people know a market, to the id that its frames bear. */
function nameOf(market: unknown): readonly (readonly [string, string])[] {
  if (!isJsonObject(market)) return [];
  const [base, quote] = [symbolOf(market['base']), symbolOf(market['quote'])];
  const id = market['market_id'];
  return base === undefined || quote === undefined || typeof id !== 'string' ? [] : [[`${base}/${quote}`, id]];
}

function symbolOf(asset: unknown): string | undefined {
  const { symbol }: JsonObject = isJsonObject(asset) ? asset : {};
  return typeof symbol === 'string' ? symbol : undefined;
}
