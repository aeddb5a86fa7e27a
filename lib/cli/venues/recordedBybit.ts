import { UsageError } from '../args/usageError.js';
import type { RecordedEvent } from '../../recording/format.js';
import { type FrameKind, placeIn, severalOf, type RecordedVenue } from './cliVenue.js';

const CATEGORIES = ['linear', 'spot', 'inverse', 'option'];
const TOPIC = /"topic":\s*"([^"]+)"/;
const SYMBOL = /"s":\s*"([^"]+)"/g;
/** How many levels a book has. One of a single level is its best prices: where there is another it is told by that. */
const DEPTHS: readonly string[] = ['1000', '500', '200', '100', '50', '25', '1'];

/** How recordings of Bybit v5 are read. Those of its older sockets, which were switched off in 2023, are not. */
export const recordedBybit: RecordedVenue = {
  names: ['bybit'],
  marketOf: (_, market) => {
    if (CATEGORIES.includes(market)) return market;
    throw new UsageError(`a recording of Bybit's ${market} is none of v5: accepted markets: ${CATEGORIES.join(', ')}`);
  },
  headerOf: (market) => ({ venue: 'bybit', market }),
  gapRule: () => 'u == previous u + 1',
  checksum: () => null,
  kindOf: (frame) => {
    const [, topic] = TOPIC.exec(frame) ?? [];
    return topic === undefined ? { type: 'other', name: 'event' } : kindOfTopic(topic, frame);
  },
  played: (recording) => ({ ...recording, events: recording.events.map(renamed) }),
  // The book begins in the stream.
  isDepthAnswer: () => false,
  isPassedOver: () => true,
  // A recording has the answers to its own client's numbers only.
  reply: (sent) => {
    const { req_id: id, op } = JSON.parse(sent) as { readonly req_id?: unknown; readonly op?: unknown };
    return op === 'ping' ? undefined : JSON.stringify({ success: true, ret_msg: '', req_id: id, op });
  },
};

function kindOfTopic(topic: string, frame: string): FrameKind {
  const [name = '', detail = '', ...rest] = topic.split('.');
  if (name === 'orderbook' && DEPTHS.includes(detail)) {
    return { type: 'depth', instrument: rest.join('.'), stream: levelsOf(detail), behind: placeIn(DEPTHS, detail) };
  }
  // Trades of options are of all that have the same base coin.
  const traded = name === 'publicTrade' ? severalOf(frame.matchAll(SYMBOL)) : undefined;
  if (traded !== undefined) return { type: 'trade', ...traded };
  return { type: 'other', name: name === 'orderbook' ? `${name}.${detail}` : name };
}

/** The venue had books of 500 levels until 2025. They are read as larger ones: where one ends the venue tells by itself. */
const levelsOf = (detail: string): string => (detail === '500' ? '1000' : detail);

function renamed(event: RecordedEvent): RecordedEvent {
  if (event.kind !== 'frame' || TOPIC.exec(event.data)?.[1]?.startsWith('orderbook.500.') !== true) return event;
  return { ...event, data: event.data.replace('"orderbook.500.', '"orderbook.1000.') };
}
