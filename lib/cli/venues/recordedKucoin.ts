import { isJsonObject } from '../../codec/jsonObject.js';
import type { FrameKind, RecordedVenue } from './cliVenue.js';

const TOPIC = /"topic":\s*"([^"]+)"/;
/** How many levels a book has that is told whole. */
const WHOLE_TOPIC = /^\/spotMarket\/level2Depth(\d+)$/;
/** Addresses of answers with all of a book: for anybody until 2021. */
export const WHOLE_BOOK = /\/orderbook\/level2\?/;

/** How recordings of KuCoin's classic API are read. */
export const recordedKucoin: RecordedVenue = {
  names: ['kucoin'],
  marketOf: () => 'spot',
  headerOf: (market) => ({ venue: 'kucoin', market }),
  gapRule: (_, depth = '') => (depth.includes('/level2Depth') ? null : 'sequenceStart == previous sequenceEnd + 1'),
  checksum: () => null,
  kindOf,
  isDepthAnswer: (url) => url.includes('/orderbook/level2'),
  isPassedOver: (url) => url.includes('/bullet-'),
  // A recording has the answers to its own client's numbers only.
  reply: (sent) => {
    const { id, type } = JSON.parse(sent) as { readonly id: string; readonly type: string };
    return JSON.stringify({ id, type: type === 'ping' ? 'pong' : 'ack' });
  },
};

function kindOf(frame: string): FrameKind {
  const [, topic] = TOPIC.exec(frame) ?? [];
  if (topic === undefined) return { type: 'other', name: typeOf(frame) };
  const [name = '', instrument = ''] = topic.split(':');
  if (name === '/market/level2') return { type: 'depth', instrument };
  const depth = WHOLE_TOPIC.exec(name)?.[1];
  if (depth !== undefined) return { type: 'depth', instrument, stream: depth, behind: depth === '50' ? 1 : 2 };
  return name === '/market/match' ? { type: 'trade', instrument } : { type: 'other', name };
}

function typeOf(text: string): string {
  try {
    const frame: unknown = JSON.parse(text);
    return isJsonObject(frame) ? String(frame['type']) : 'unknown';
  } catch {
    return 'no JSON';
  }
}
