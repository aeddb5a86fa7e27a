import { isJsonObject, type JsonObject } from '../../codec/jsonObject.js';
import { type FrameKind, placeIn, type RecordedVenue } from './cliVenue.js';

/** Which view of a book is the best one, where a recording has several. */
const VIEWS: readonly string[] = ['P0', 'R0', 'P1', 'P2', 'P3', 'P4'];

const DEPTHS: readonly string[] = ['250', '100', '25', '1'];

/** How recordings of Bitfinex are read. */
export const recordedBitfinex: RecordedVenue = {
  names: ['bitfinex'],
  marketOf: () => 'live',
  headerOf: () => ({ venue: 'bitfinex', market: 'spot' }),
  // What is numbered is the socket.
  gapRule: () => null,
  wireCount: { rule: "the socket's frame number == previous + 1", numberOf },
  checksum: (_, sent) =>
    sent.some(asksForChecksums) ? 'signed CRC-32 of the top 25, bid and ask by turns, price:amount joined by :' : null,
  bySocket: true,
  kindOf: (frame) => kindOf(frame, new Map()),
  reading: () => {
    const sockets = new Map<string, Map<number, JsonObject>>();
    return ({ data, socket }) => {
      const channels = sockets.get(socket) ?? new Map<number, JsonObject>();
      sockets.set(socket, channels);
      return kindOf(data, channels);
    };
  },
  // The book begins in the stream; all else that is asked for is lists of symbols.
  isDepthAnswer: () => false,
  isPassedOver: () => true,
  // A recording has the answers to its own client, and they name what they are about.
  reply: () => undefined,
};

/** @param channels By their numbers, as answers before have told them. */
function kindOf(text: string, channels: Map<number, JsonObject>): FrameKind {
  const frame = jsonOf(text);
  if (isJsonObject(frame)) {
    if (frame['event'] === 'subscribed') channels.set(Number(frame['chanId']), frame);
    return { type: 'other', name: String(frame['event']) };
  }
  if (!Array.isArray(frame)) return { type: 'other', name: 'no JSON' };
  const [chanId, word] = frame as readonly unknown[];
  const { channel, symbol, prec, freq, len } = channels.get(Number(chanId)) ?? {};
  const instrument = String(symbol);
  // `cs` says nothing of a book that it does not have, and `tu` is a trade that was told.
  if (typeof word === 'string' && word !== 'te') return { type: 'other', name: word };
  if (channel === 'book') {
    return { type: 'depth', instrument, stream: [prec, freq, len].join('.'), behind: rankOf(prec, freq, len) };
  }
  return channel === 'trades' ? { type: 'trade', instrument } : { type: 'other', name: String(channel) };
}

/** The view counts first, then how deep it is, then how often it is told. */
const rankOf = (prec: unknown, freq: unknown, len: unknown): number =>
  (placeIn(VIEWS, String(prec)) * (DEPTHS.length + 1) + placeIn(DEPTHS, String(len))) * 2 + (freq === 'F1' ? 1 : 0);

/** Flag 131072 of a session's settings. */
function asksForChecksums(sent: string): boolean {
  const request = jsonOf(sent);
  return isJsonObject(request) && request['event'] === 'conf' && (Number(request['flags']) & 131_072) !== 0;
}

function numberOf(text: string): number | undefined {
  const frame = jsonOf(text);
  if (!Array.isArray(frame)) return undefined;
  const [, word, second, third] = frame as readonly unknown[];
  const number = typeof word === 'string' && word !== 'hb' ? third : second;
  return typeof number === 'number' ? number : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
