import { bytesOf } from '../../../socket/bytesOf.js';
import { normalSymbol } from '../candleSymbol.js';
import type { FeedDetail } from '../topics.js';

/** Bytes of a subscription frame around its entries. */
const ENVELOPE = 80;

/** The FEED_SUBSCRIPTIONs that say it, each of at most so many bytes. */
export function subscriptionFrames(
  channel: number,
  verb: 'add' | 'remove',
  details: readonly FeedDetail[],
  bytes: number,
): readonly string[] {
  const entries = details.map((detail) => JSON.stringify(entryOf(detail)));
  return chunks(entries, bytes - ENVELOPE).map(
    (some) => `{"type":"FEED_SUBSCRIPTION","channel":${channel},"${verb}":[${some.join(',')}]}`,
  );
}

const entryOf = ({ type, symbol, source, fromTime }: FeedDetail): object => ({
  type,
  symbol: normalSymbol(symbol),
  ...(source !== undefined && { source }),
  ...(fromTime !== undefined && { fromTime }),
});

function chunks(entries: readonly string[], most: number): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry) + 1;
    if (bytes > room || parts.length === 0) {
      parts.push([]);
      room = most;
    }
    room -= bytes;
    parts.at(-1)?.push(entry);
  }
  return parts;
}
