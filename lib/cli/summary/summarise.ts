import { catchError, EMPTY, firstValueFrom, merge, Subject, Subscription } from 'rxjs';
import type { BookState, StaleReason } from '../../model/bookState.js';
import type { Recording } from '../../recording/format.js';
import { replay } from '../../recording/replay.js';
import type { CliVenue } from '../venues/cliVenue.js';
import { bookSummary, brokenBy, summaryPoint } from './bookSummary.js';
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
  /** What broke it, while it is not mended. */
  broken?: StaleReason | undefined;
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
  const followed = new Followed(contents);
  const played = replay(recorded.played?.(recording) ?? recording, {
    speed: 'max',
    reply: (sent) => recorded.reply(sent),
    ofSession: (url) => recorded.isDepthAnswer(url),
    progress: ({ frames, event }) => {
      if (event?.kind === 'frame') followed.takePoints(frames);
    },
  });
  // Nothing here is left to chance, so that the same recording gives the same document.
  const options = {
    market,
    streams,
    tradeStreams: tradeStreamsOf(recording, recorded),
    answers: contents.answers,
    scheduler: played.clock,
    random: () => 0.5,
    // What kept the recorded client from its socket is none of ours.
    maxLag: Infinity,
  };
  const feeds = recordedFeeds(recording, played, { venue, options });
  followed.takePoints(0);
  const failed$ = new Subject<never>();
  const following = followed.follow(feeds, (error) => {
    failed$.error(error);
  });
  if (!followed.isEmpty) await firstValueFrom(merge(failed$, played.finished$));

  const gapRule = recorded.gapRule(market, first);
  const checksum = recorded.checksum(first, header.sent);
  const symbols = followed.summaries(feeds, { gaps: gapRule !== null, checksums: checksum !== null });
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
    symbols,
  };
}

type Feeds = ReturnType<typeof recordedFeeds>;

/** The books and trades of a recording, as they are followed while it plays. */
class Followed {
  readonly #frames: number;
  readonly #books: ReadonlyMap<string, FollowedBook>;
  readonly #trades: ReadonlyMap<string, TradeSums>;

  constructor({ frames, books, trades }: Contents) {
    this.#frames = frames;
    this.#books = new Map(
      books.map((one): [string, FollowedBook] => [one, { state: { status: 'syncing' }, points: [] }]),
    );
    this.#trades = new Map(trades.map((one): [string, TradeSums] => [one, tradeSums()]));
  }

  get isEmpty(): boolean {
    return this.#books.size + this.#trades.size === 0;
  }

  /** Notes how the books stand after so many frames, where that is a place at which points are taken. */
  takePoints(frames: number): void {
    for (const share of POINTS) {
      if (Math.floor((this.#frames * share) / 100) !== frames) continue;
      for (const { state, points, broken } of this.#books.values()) points.push(summaryPoint(state, frames, broken));
    }
  }

  /** @param error Told what a stream of trades ends with. */
  follow(feeds: Feeds, error: (error: unknown) => void): Subscription {
    const following = new Subscription();
    for (const [symbol, followed] of this.#books) {
      const states$ = feeds
        .of('depth', symbol)
        .book(symbol)
        .pipe(catchError(() => EMPTY));
      following.add(
        states$.subscribe((state) => {
          followed.state = state;
          followed.broken = brokenBy(followed.broken, state);
        }),
      );
    }
    for (const [symbol, sums] of this.#trades) {
      const feed = feeds.of('trade', symbol);
      following.add(feed.recentTrades?.(symbol).subscribe({ next: (trade) => sums.addPast(trade), error }));
      following.add(feed.trades(symbol).subscribe({ next: (trade) => sums.add(trade), error }));
    }
    return following;
  }

  /** By symbol; as long as they are followed, since counts are there as long. */
  summaries(feeds: Feeds, rules: Parameters<typeof bookSummary>[3]): Readonly<Record<string, SymbolSummary>> {
    const symbols = [...new Set([...this.#books.keys(), ...this.#trades.keys()])].sort();
    return Object.fromEntries(symbols.map((symbol) => [symbol, this.#summaryOf(symbol, feeds, rules)]));
  }

  #summaryOf(symbol: string, feeds: Feeds, rules: Parameters<typeof bookSummary>[3]): SymbolSummary {
    const followed = this.#books.get(symbol);
    const tally = feeds.of('depth', symbol).tally(symbol);
    const sums = this.#trades.get(symbol);
    return {
      ...(followed && tally && { book: bookSummary(followed.state, tally, followed.points, rules, followed.broken) }),
      ...(sums && { trades: sums.summary() }),
    };
  }
}

function narrowed(contents: Contents, instrument: string | undefined): Contents {
  if (instrument === undefined) return contents;
  const only = (instruments: readonly string[]): readonly string[] => instruments.filter((one) => one === instrument);
  return { ...contents, books: only(contents.books), trades: only(contents.trades) };
}
