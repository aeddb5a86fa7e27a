import { isJsonObject } from '../../codec/jsonObject.js';
import type { FrameKind, RecordedVenue } from './cliVenue.js';
import { parsedFrame } from './parsedFrame.js';

/** `{"arg":{"channel":"books","instId":"BTC-USDT"},`, and other names that some channels put between, or before. */
const CHANNEL = /"channel":\s*"([^"]+)"/;
const INSTRUMENT = /"instId":\s*"([^"]+)"/;
/** The best first. Frames of the last two tell the best levels, whole; of the others, what changed. */
const BOOKS: readonly string[] = ['books-l2-tbt', 'books', 'books50-l2-tbt', 'books5', 'bbo-tbt'];

/** How recordings of OKX are read, and of OKCoin, which spoke the same protocol. */
export const recordedOkx: RecordedVenue = {
  names: ['okx', 'okex', 'okcoin'],
  marketOf: (_, market) => (market === 'eea' || market === 'us' ? market : 'global'),
  headerOf: (market) => ({ venue: 'okx', market }),
  // Messages have been numbered since 2023; the checksum has been a constant 0 since June 2026.
  gapRule: (_, depth = '') =>
    depth.includes('"action":') && depth.includes('"seqId":') ? 'prevSeqId == previous seqId' : null,
  checksum: (depth = '') =>
    /"checksum":(?!\s*0\b)/.test(depth)
      ? 'signed CRC-32 of the top 25, bid and ask by turns, price:size joined by :'
      : null,
  kindOf,
  // The book begins in the stream; all else that is asked for is lists of instruments.
  isDepthAnswer: () => false,
  isPassedOver: () => true,
  // A recording has the answers to its own client, and they name what they are about.
  reply: () => undefined,
};

interface Arg {
  readonly channel: string | undefined;
  readonly instrument: string | undefined;
}

function argIn(head: string): Arg | undefined {
  const [, channel] = CHANNEL.exec(head) ?? [];
  const [, instrument] = INSTRUMENT.exec(head) ?? [];
  return channel === undefined ? undefined : { channel, instrument };
}

/** No order of keys is promised: the data may come first. */
function argOf(frame: string): Arg {
  const { arg } = parsedFrame(frame);
  const { channel, instId } = isJsonObject(arg) ? arg : {};
  const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return { channel: textOf(channel), instrument: textOf(instId) };
}

function kindOf(frame: string): FrameKind {
  // A frame of depth is long; what it is stands in front of its first list.
  const head = frame.slice(0, frame.indexOf('['));
  if ((head === '' ? frame : head).includes('"event":')) return { type: 'other', name: 'event' };
  const { channel, instrument } = argIn(head) ?? argOf(frame);
  if (channel === undefined || instrument === undefined) return { type: 'other', name: channel ?? frame.slice(0, 20) };
  const behind = BOOKS.indexOf(channel);
  if (behind >= 0) return { type: 'depth', instrument, stream: channel, behind };
  return channel === 'trades' ? { type: 'trade', instrument } : { type: 'other', name: channel };
}
