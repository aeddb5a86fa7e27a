import { isJsonObject } from '../../codec/jsonObject.js';
import { type FrameKind, placeIn, type RecordedVenue } from './cliVenue.js';

const CHANNEL = /"channel":\s*"([^"]+)"/;
/** Of how many parts the name of a channel is made: `book.BTC-PERPETUAL.100ms`, and `….none.10.100ms` where it is told whole. */
const [CHANGES, WHOLE] = [3, 5];
/** How changes are told, and how deep a book is that is told whole: the best first. */
const PACES: readonly string[] = ['raw', '100ms', 'agg2'];
const DEPTHS: readonly string[] = ['20', '10', '1'];

/** How recordings of Deribit are read. */
export const recordedDeribit: RecordedVenue = {
  names: ['deribit'],
  marketOf: () => 'live',
  headerOf: () => ({ venue: 'deribit', market: 'derivatives' }),
  // Books that are told whole are not linked.
  gapRule: (_, depth = '') =>
    CHANNEL.exec(depth)?.[1]?.split('.').length === WHOLE ? null : 'prev_change_id == previous change_id',
  checksum: () => null,
  kindOf,
  // The book begins in the stream; all else that is asked for is lists of instruments.
  isDepthAnswer: () => false,
  isPassedOver: () => true,
  // A recording has the answers to its own client's numbers only.
  reply: (sent) => {
    const { id, params } = JSON.parse(sent) as { readonly id: number; readonly params: object };
    return JSON.stringify({ jsonrpc: '2.0', id, result: 'channels' in params ? params.channels : 'ok' });
  },
};

function kindOf(frame: string): FrameKind {
  const [, channel] = CHANNEL.exec(frame.slice(0, 300)) ?? CHANNEL.exec(frame) ?? [];
  if (channel === undefined) return { type: 'other', name: nameOf(frame) };
  const [name = '', instrument = '', ...rest] = channel.split('.');
  const stream = rest.join('.');
  if (name === 'book' && rest.length === CHANGES - 2) {
    return { type: 'depth', instrument, stream, behind: placeIn(PACES, stream) };
  }
  if (name === 'book' && rest.length === WHOLE - 2) {
    return { type: 'depth', instrument, stream, behind: PACES.length + 1 + placeIn(DEPTHS, rest[1] ?? '') };
  }
  // Trades of a kind and a currency are of many instruments.
  if (name !== 'trades' || rest.length !== 1) return { type: 'other', name };
  return { type: 'trade', instrument, stream, behind: placeIn(PACES, stream) };
}

function nameOf(text: string): string {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return 'no JSON';
  }
  if (!isJsonObject(frame)) return 'unknown';
  return 'id' in frame ? 'response' : String(frame['method']);
}
