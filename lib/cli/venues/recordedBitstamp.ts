import { isJsonObject } from '../../codec/jsonObject.js';
import type { FrameKind, RecordedVenue } from './cliVenue.js';

const CHANNEL = /"channel":\s*"([^"]*)"/;
const EVENT = /"event":\s*"([^"]*)"/;
/** `diff_order_book_btcusd` */
const NAMED = /^([a-z_]+)_([a-z0-9-]+)$/;
/** The best first, where a recording has several. */
const BOOKS: readonly (string | undefined)[] = ['diff_order_book', 'order_book', 'live_orders', 'detail_order_book'];
/** Name and event stand behind the levels, or before them. */
const ENDS = 200;

/** How recordings of Bitstamp are read. */
export const recordedBitstamp: RecordedVenue = {
  names: ['bitstamp'],
  marketOf: () => 'spot',
  headerOf: (market) => ({ venue: 'bitstamp', market }),
  // Nothing is numbered, and nothing summed.
  gapRule: () => null,
  checksum: () => null,
  kindOf,
  isDepthAnswer: (url) => url.includes('/order_book/'),
  // A recording has the answers to its own client, where they come behind its requests for snapshots. Ours waits for none.
  reply: (sent) => {
    const { event, data } = Object(JSON.parse(sent)) as { readonly event?: unknown; readonly data?: unknown };
    const channel = isJsonObject(data) ? data['channel'] : undefined;
    return event === 'bts:subscribe'
      ? JSON.stringify({ event: 'bts:subscription_succeeded', channel, data: {} })
      : undefined;
  },
};

function kindOf(frame: string): FrameKind {
  const [head, tail] = [frame.slice(0, ENDS), frame.slice(-ENDS)];
  const [, event = 'unknown'] = EVENT.exec(tail) ?? EVENT.exec(head) ?? [];
  const [, channel = ''] = CHANNEL.exec(tail) ?? CHANNEL.exec(head) ?? [];
  const [, name, instrument = ''] = NAMED.exec(channel) ?? [];
  if (event.startsWith('bts:')) {
    // A quiet pair's book is its snapshot.
    const isBook = event === 'bts:subscription_succeeded' && (name === 'diff_order_book' || name === 'live_orders');
    return isBook ? { type: 'other', name: event, book: instrument } : { type: 'other', name: event };
  }
  const behind = BOOKS.indexOf(name);
  if (name !== undefined && behind >= 0) return { type: 'depth', instrument, stream: name, behind };
  return name === 'live_trades' ? { type: 'trade', instrument } : { type: 'other', name: name ?? event };
}
