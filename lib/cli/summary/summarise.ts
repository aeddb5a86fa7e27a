import { catchError, EMPTY, firstValueFrom, Subscription } from 'rxjs';
import type { BookState } from '../../model/bookState.js';
import type { Recording } from '../../recording/format.js';
import { replay } from '../../recording/replay.js';
import type { CliVenue } from '../venues/cliVenue.js';
import { bookSummary, summaryPoint } from './bookSummary.js';
import { contentsOf, type Contents } from './contents.js';
import { depthFramesOf } from './depthFrames.js';
import { recordedFeeds } from './recordedFeeds.js';
import { socketGapsOf } from './socketGaps.js';
import { tradeStreamsOf } from './tradeStreams.js';
import type { RecordingSummary, SummaryPoint, SymbolSummary } from './recordingSummary.js';
import { tradeSums, type TradeSums } from './tradeSums.js';

/** Where points are taken, in per cent of all frames. */
const POINTS = [10, 30, 50, 70, 90] as const;

export interface SummariseOptions {
  /** The file's name, without its folder. */
  readonly name: string;
  /** This instrument only; default: all of them. */
  readonly instrument?: string | undefined;
}

/** What is kept of one book while the recording plays. */
interface FollowedBook {
  state: BookState;
  readonly points: SummaryPoint[];
}

/**
 * Plays a recording through the very streams that users have, as fast as possible, and sums up what comes of it.
 *
 * @throws (rejects with) what a stream of the recording ends with, but for a refused book: that one stays empty.
 */
export async function summarise(
  recording: Recording,
  venue: CliVenue,
  { name, instrument }: SummariseOptions,
): Promise<RecordingSummary> {
  const { header } = recording;
  const { recorded } = venue;
  const market = recorded.marketOf(header.venue, header.market ?? '', header.url);
  const contents = narrowed(contentsOf(recording, recorded), instrument);
  const { first, streams } = depthFramesOf(recording, recorded);
  const tradeStreams = tradeStreamsOf(recording, recorded);
  const books = new Map(
    contents.books.map((one): [string, FollowedBook] => [one, { state: { status: 'syncing' }, points: [] }]),
  );
  const trades = new Map(contents.trades.map((one): [string, TradeSums] => [one, tradeSums()]));
  const takePoints = (frames: number): void => {
    for (const share of POINTS) {
      if (Math.floor((contents.frames * share) / 100) !== frames) continue;
      for (const { state, points } of books.values()) points.push(summaryPoint(state, frames));
    }
  };

  const played = replay(recording, {
    speed: 'max',
    reply: (sent) => recorded.reply(sent),
    progress: ({ frames, event }) => {
      if (event?.kind === 'frame') takePoints(frames);
    },
  });
  // Nothing here is left to chance, so that the same recording gives the same document.
  const feeds = recordedFeeds(recording, played, {
    venue,
    options: {
      market,
      streams,
      tradeStreams,
      answers: contents.answers,
      scheduler: played.clock,
      random: () => 0.5,
      // What kept the recorded client from its socket is none of ours.
      maxLag: Infinity,
    },
  });
  const following = new Subscription();
  takePoints(0);
  for (const [symbol, followed] of books) {
    const states$ = feeds
      .of('depth', symbol)
      .book(symbol)
      .pipe(catchError(() => EMPTY));
    following.add(states$.subscribe((state) => (followed.state = state)));
  }
  for (const [symbol, sums] of trades) {
    const feed = feeds.of('trade', symbol);
    following.add(feed.recentTrades?.(symbol).subscribe((trade) => sums.addPast(trade)));
    following.add(feed.trades(symbol).subscribe((trade) => sums.add(trade)));
  }
  if (books.size + trades.size > 0) await firstValueFrom(played.finished$);

  const gapRule = recorded.gapRule(market, first);
  const checksum = recorded.checksum(first);
  const rules = { gaps: gapRule !== null, checksums: checksum !== null };
  const symbols = [...new Set([...books.keys(), ...trades.keys()])].sort().map((symbol): [string, SymbolSummary] => {
    const followed = books.get(symbol);
    // Counts are there as long as the book is followed.
    const tally = feeds.of('depth', symbol).tally(symbol);
    const sums = trades.get(symbol);
    return [
      symbol,
      {
        ...(followed && tally && { book: bookSummary(followed.state, tally, followed.points, rules) }),
        ...(sums && { trades: sums.summary() }),
      },
    ];
  });
  following.unsubscribe();
  feeds.close();
  return {
    oracle: 1,
    recording: name,
    venue: header.venue,
    market: header.market ?? market,
    frames: contents.frames,
    https: contents.https,
    gapRule,
    socketGaps: socketGapsOf(recording, recorded),
    checksum,
    otherFrames: contents.other,
    symbols: Object.fromEntries(symbols),
  };
}

function narrowed(contents: Contents, instrument: string | undefined): Contents {
  if (instrument === undefined) return contents;
  const only = (instruments: readonly string[]): readonly string[] => instruments.filter((one) => one === instrument);
  return { ...contents, books: only(contents.books), trades: only(contents.trades) };
}
