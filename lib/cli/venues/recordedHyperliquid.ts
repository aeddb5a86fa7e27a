import { isJsonObject } from '../../codec/jsonObject.js';
import type { FrameKind, RecordedVenue } from './cliVenue.js';

const CHANNEL = /^\{"channel":"([^"]+)"/;
const COIN = /"coin":"([^"]+)"/;

/** How recordings of Hyperliquid are read. */
export const recordedHyperliquid: RecordedVenue = {
  names: ['hyperliquid'],
  marketOf: () => 'live',
  headerOf: () => ({ venue: 'hyperliquid', market: 'perpetual' }),
  // Each book is told whole.
  gapRule: () => null,
  checksum: () => null,
  kindOf,
  isDepthAnswer: () => false,
  isPassedOver: () => true,
  // A recording has the answers to its own client only.
  reply: (sent) => {
    const request: unknown = JSON.parse(sent);
    if (!isJsonObject(request) || !('subscription' in request)) return '{"channel":"pong"}';
    return JSON.stringify({ channel: 'subscriptionResponse', data: request });
  },
};

function kindOf(frame: string): FrameKind {
  const [, channel = 'unknown'] = CHANNEL.exec(frame) ?? [];
  const [, instrument] = COIN.exec(frame.slice(0, 300)) ?? [];
  if (instrument === undefined) return { type: 'other', name: channel };
  if (channel === 'l2Book')
    return { type: 'depth', instrument, stream: frame.includes('"fast":true') ? 'fast' : 'usual' };
  return channel === 'trades' ? { type: 'trade', instrument } : { type: 'other', name: channel };
}
