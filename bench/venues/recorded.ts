import { EMPTY, Observable, type SchedulerLike, Subject, merge, of } from 'rxjs';
import { contentsOf } from '../../lib/cli/summary/contents.js';
import { depthFramesOf } from '../../lib/cli/summary/depthFrames.js';
import { kindsOf } from '../../lib/cli/summary/kinds.js';
import { bitfinexVenue } from '../../lib/cli/venues/bitfinex.js';
import { bitstampVenue } from '../../lib/cli/venues/bitstamp.js';
import type { CliVenue } from '../../lib/cli/venues/cliVenue.js';
import { coinbaseVenue } from '../../lib/cli/venues/coinbase.js';
import { deribitVenue } from '../../lib/cli/venues/deribit.js';
import { krakenVenue } from '../../lib/cli/venues/kraken.js';
import { kucoinVenue } from '../../lib/cli/venues/kucoin.js';
import { okxVenue } from '../../lib/cli/venues/okx.js';
import type { Network } from '../../lib/network/network.js';
import type { Recording } from '../../lib/recording/format.js';
import { loadRecording, recordingsOf } from '../../spec/support/recordings.js';
import type { VenueStream } from './stream.js';

/** What is said of a venue's recording: why it may cost more, and what of its cost is a checksum. */
interface Recorded {
  readonly venue: CliVenue;
  readonly name: string;
  readonly reason?: string | undefined;
  readonly checksum?: VenueStream['checksum'];
}

const recorded: readonly Recorded[] = [
  { venue: krakenVenue, name: 'kraken-1', checksum: 'kraken' },
  { venue: okxVenue, name: 'okx-2', checksum: 'okx' },
  { venue: coinbaseVenue, name: 'coinbase-1' },
  { venue: bitfinexVenue, name: 'bitfinex-2' },
  { venue: deribitVenue, name: 'deribit-2' },
  { venue: kucoinVenue, name: 'kucoin-1' },
  { venue: bitstampVenue, name: 'bitstamp-1' },
];

/** All books of a recording at once, where there are recordings: every frame of its socket, whatever it is about. */
export const recordedStreams = (): readonly VenueStream[] =>
  recorded
    .filter(({ name }) => recordingsOf(name).length > 0)
    .map(({ venue, name, ...rest }) => streamOf(venue, loadRecording(`${name}.ndjson.gz`), rest));

function streamOf(venue: CliVenue, recording: Recording, rest: Pick<VenueStream, 'reason' | 'checksum'>): VenueStream {
  const { header } = recording;
  const market = venue.recorded.marketOf(header.venue, header.market ?? '', header.url);
  const { books, answers } = contentsOf(recording, venue.recorded);
  const { streams } = depthFramesOf(recording, venue.recorded);
  return {
    ...rest,
    venue: venue.name,
    what: 'books of a recording',
    network: (scheduler) => networkOf(venue, recording, scheduler),
    open: (means) => {
      const feed = venue.open({ ...means, market, streams, answers, maxLag: Infinity });
      return merge(...books.map((symbol) => feed.book(symbol)));
    },
    texts: () => framesOf(venue, recording),
    answers: () =>
      recording.events.flatMap((event) =>
        event.kind === 'http' && venue.recorded.isDepthAnswer(event.url) ? [event.body] : [],
      ),
  };
}

/** The frames that books need: all where they are counted, else those of depth, and what confirms a book. */
function framesOf({ recorded }: CliVenue, recording: Recording): readonly string[] {
  const kindOf = kindsOf(recording, recorded);
  return recording.events.flatMap((event) => {
    if (event.kind !== 'frame') return [];
    const kind = kindOf(event);
    const isNeeded = recorded.bySocket === true || kind.type === 'depth' || (kind.type === 'other' && 'book' in kind);
    return isNeeded ? [event.data] : [];
  });
}

/** Accepts what is asked for, as a replay does, and has the recorded answers. */
function networkOf({ recorded }: CliVenue, { events }: Recording, scheduler: SchedulerLike): Network {
  const welcome = events.find((event) => event.kind === 'frame' && event.data.includes('"type":"welcome"'));
  return {
    open: () =>
      new Observable((wires) => {
        const messages = new Subject<string>();
        const say = (text: string | undefined): void => {
          if (text !== undefined)
            scheduler.schedule(() => {
              messages.next(text);
            });
        };
        wires.next({
          messages,
          send: (text) => {
            say(recorded.reply(text));
          },
          close: () => undefined,
        });
        if (welcome?.kind === 'frame') say(welcome.data);
      }),
    request: ({ url }) => {
      const answer = events.find((one) => one.kind === 'http' && symbolIn(url) === symbolIn(one.url));
      return answer?.kind === 'http' ? of({ status: 200, body: answer.body, headers: {} }) : EMPTY;
    },
  };
}

const symbolIn = (url: string): string | undefined => /(?:symbol=|order_book\/)([\w-]+)/.exec(url)?.[1];
