import { isJsonObject } from '../../codec/jsonObject.js';
import type { FrameKind, RecordedVenue } from './cliVenue.js';
import { parsedFrame } from './parsedFrame.js';

const CHANNEL = /^\{"channel":"([^"]+)"/;
const FAST = /"fast":\s*true\b/;
const COIN = /"coin":\s*"([^"]+)"/;

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
  const channel = CHANNEL.exec(frame)?.[1] ?? String(parsedFrame(frame)['channel']);
  const [, instrument] = COIN.exec(frame) ?? [];
  if (instrument === undefined) return { type: 'other', name: channel };
  // The fast one is of fewer levels.
  const isFast = FAST.test(frame);
  if (channel === 'l2Book')
    return { type: 'depth', instrument, stream: isFast ? 'fast' : 'usual', behind: isFast ? 1 : 0 };
  return channel === 'trades' ? { type: 'trade', instrument } : { type: 'other', name: channel };
}
