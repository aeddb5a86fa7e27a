import { isJsonObject, type JsonObject } from '../../codec/jsonObject.js';
import { type FrameKind, placeIn, severalOf, type RecordedVenue } from './cliVenue.js';
import { parsedFrame } from './parsedFrame.js';

/** v2: `{"channel":"book","type":"update","data":[{"symbol":"BTC/USD",`. */
const CHANNEL = /^\{"channel":"(\w+)"/;
const SYMBOL = /"symbol":\s*"([^"]+)"/g;
/** v1: `…,"book-1000","XBT/USD"]`. */
const NAMES = /"([\w-]+)",\s*"([^"]+)"\s*\]\s*$/;
/** The deepest first. */
const DEPTHS: readonly string[] = ['1000', '500', '100', '25', '10'];
const SUBSCRIBED = /"method":\s*"subscribe"/;
const EVENT = /"(?:event|method)":\s*"(\w+)"/;

/** How recordings of Kraken are read, of v1 and v2 of its API: the address tells which. */
export const recordedKraken: RecordedVenue = {
  names: ['kraken'],
  marketOf: (_, market, url) => (market === 'v1' || market === 'v2' ? market : /\/v2\/?$/.test(url) ? 'v2' : 'v1'),
  headerOf: () => ({ venue: 'kraken', market: 'spot' }),
  gapRule: () => null,
  checksum: () => 'CRC-32 of the top 10, asks then bids, price and volume without point and leading zeros',
  kindOf: (frame) => (frame.startsWith('[') ? kindOfList(frame) : kindOfObject(frame)),
  depthsRequested,
  depthsTold,
  // The book begins in the stream; what else is asked for are lists of pairs.
  isDepthAnswer: () => false,
  isPassedOver: () => true,
  // Data confirm what was asked for.
  reply: () => undefined,
};

function kindOfList(frame: string): FrameKind {
  const [, channel = '', instrument = ''] = NAMES.exec(frame) ?? [];
  const [name = '', depth = ''] = channel.split('-');
  if (name === 'book') return { type: 'depth', instrument, stream: depth, behind: placeIn(DEPTHS, depth) };
  return name === 'trade' ? { type: 'trade', instrument } : { type: 'other', name };
}

function kindOfObject(frame: string): FrameKind {
  const channel = CHANNEL.exec(frame)?.[1] ?? channelOf(frame);
  if (channel === undefined) return { type: 'other', name: EVENT.exec(frame)?.[1] ?? frame.slice(0, 20) };
  const type = channel === 'book' ? 'depth' : 'trade';
  const symbols = channel === 'book' || channel === 'trade' ? severalOf(frame.matchAll(SYMBOL)) : undefined;
  return symbols === undefined ? { type: 'other', name: channel } : { type, ...symbols };
}

function channelOf(frame: string): string | undefined {
  const { channel } = parsedFrame(frame);
  return typeof channel === 'string' ? channel : undefined;
}

/** The frames of v2 don't tell how deep a book is. */
function depthsRequested(sent: string): ReadonlyMap<string, string> {
  if (!sent.startsWith('{')) return new Map();
  const { method, params } = Object(JSON.parse(sent)) as { readonly method?: unknown; readonly params?: unknown };
  if (method !== 'subscribe' || !isJsonObject(params) || params['channel'] !== 'book') return new Map();
  const { symbol, depth = 10 } = params;
  return new Map((Array.isArray(symbol) ? symbol : []).map((one) => [String(one), String(depth)]));
}

/** Answers name the depth. Where there are none either, a snapshot has no more levels than were subscribed. */
function depthsTold(frame: string): ReadonlyMap<string, string> {
  const isAnswer = SUBSCRIBED.test(frame);
  if (!frame.startsWith('{') || !(isAnswer || frame.includes('"snapshot"'))) return new Map();
  const { result, channel, type, data } = parsedFrame(frame);
  if (isJsonObject(result) && result['channel'] === 'book') {
    const { symbol, depth = 10 } = result;
    return new Map([[String(symbol), String(depth)]]);
  }
  if (channel !== 'book' || type !== 'snapshot' || !Array.isArray(data)) return new Map();
  return new Map(data.filter(isJsonObject).map((book) => [String(book['symbol']), depthHolding(levelsIn(book))]));
}

const levelsIn = ({ bids, asks }: JsonObject): number =>
  Math.max(...[bids, asks].map((side) => (Array.isArray(side) ? side.length : 0)));

const depthHolding = (levels: number): string =>
  [...DEPTHS].reverse().find((depth) => Number(depth) >= levels) ?? '1000';
