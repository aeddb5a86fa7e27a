import { firstValueFrom } from 'rxjs';
import { levelDigest } from '../../../lib/cli/summary/bookSummary.js';
import type { RecordingSummary } from '../../../lib/cli/summary/recordingSummary.js';
import { crc32OfDigits } from '../../../lib/codec/crc32.js';
import type { OrderBook } from '../../../lib/index.js';
import type { RecordedEvent, Recording } from '../../../lib/recording/format.js';
import { replay } from '../../../lib/recording/replay.js';
import { kraken } from '../../../lib/venues/kraken/index.js';
import { expectedOf, loadRecording, NO_RECORDINGS, recordingsOf } from '../../support/recordings.js';

type Row = readonly [price: string, size: string];

const records = (rows: readonly Row[] = []): string =>
  `[${rows.map(([price, qty]) => `{"price":${price},"qty":${qty}}`).join()}]`;

/** What v2 says in a snapshot, which v1 does not. */
const checksumOf = (asks: readonly Row[] = [], bids: readonly Row[] = []): number =>
  [...asks.slice(0, 10), ...bids.slice(0, 10)].reduce((sum, [p, q]) => crc32OfDigits(q, crc32OfDigits(p, sum)), 0) >>>
  0;

/** The same frame as v2 would write it; none of what is no book. */
function inV2(text: string): string | undefined {
  const frame: unknown = JSON.parse(text);
  if (!Array.isArray(frame)) return undefined;
  const [name, symbol] = frame.slice(-2) as readonly string[];
  if (name?.startsWith('book-') !== true) return undefined;
  const { as, bs, a, b, c } = Object.assign({}, ...(frame.slice(1, -2) as object[])) as Partial<
    Readonly<Record<'as' | 'bs' | 'a' | 'b', readonly Row[]>>
  > & { readonly c?: string };
  const [type, checksum] = c === undefined ? ['snapshot', checksumOf(as, bs)] : ['update', c];
  return `{"channel":"book","type":"${type}","data":[{"symbol":"${symbol}","bids":${records(bs ?? b)},"asks":${records(as ?? a)},"checksum":${checksum}}]}`;
}

function asV2({ header, events }: Recording): Recording {
  const books = events.flatMap((event): readonly RecordedEvent[] => {
    const data = event.kind === 'frame' ? inV2(event.data) : undefined;
    return event.kind !== 'frame' || data === undefined ? [] : [{ ...event, data }];
  });
  const url = 'wss://ws.kraken.com/v2';
  return { header: { ...header, url, sockets: header.sockets.map((socket) => ({ ...socket, url })) }, events: books };
}

const recordings = recordingsOf('kraken-');
if (recordings.length === 0) it.skip(`a recording of v1 in the words of v2 (${NO_RECORDINGS})`, () => undefined);
else {
  it.each(recordings)('%s comes to the same books in the words of v2, and every checksum holds', async (name) => {
    const { symbols } = JSON.parse(expectedOf(name)) as RecordingSummary;
    const expected = Object.entries(symbols).flatMap(([symbol, { book }]) => (book ? [[symbol, book] as const] : []));
    const played = replay(asV2(loadRecording(name)), { speed: 'max' });
    const exchange = kraken({ network: played, scheduler: played.clock });
    const books = new Map<string, OrderBook>();
    for (const [symbol] of expected) {
      exchange
        .book(symbol, { depth: 1_000 })
        .subscribe((state) => state.status === 'live' && books.set(symbol, state.book));
    }

    await firstValueFrom(played.finished$);

    const came = expected.map(([symbol]) => {
      const tally = exchange.tally(symbol);
      return [symbol, levelDigest(books.get(symbol)), tally?.checksumsHeld, tally?.checksumsFailed];
    });
    expect(came).toEqual(
      expected.map(([symbol, { digest, checksums }]) => [symbol, digest, Number(checksums?.passed) + 1, 0]),
    );
    exchange.close();
  });
}
