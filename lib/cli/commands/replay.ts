import { basename } from 'node:path';
import { Subject, takeUntil, tap } from 'rxjs';
import { type Replay, replay as replayNetwork } from '../../recording/replay.js';
import { type ChannelName, isTable, type ReplayRequest } from '../args/request.js';
import { UsageError } from '../args/usageError.js';
import { parseOneOf, quote } from '../args/values.js';
import { EXIT, type ExitCode } from '../exitCode.js';
import { clean } from '../render/text.js';
import { presenterFor } from '../report/presenterFor.js';
import { contentsOf, type Contents } from '../summary/contents.js';
import { depthFramesOf } from '../summary/depthFrames.js';
import { summarise } from '../summary/summarise.js';
import { summaryText } from '../summary/summaryText.js';
import { tradeStreamsOf } from '../summary/tradeStreams.js';
import type { Io } from '../terminal/io.js';
import type { WatchEvent } from '../view/watch.js';
import type { Subject as Watched } from '../view/watchState.js';
import type { CliVenue } from '../venues/cliVenue.js';
import { inputs } from './inputs.js';
import { openRecording, type OpenedRecording } from './openRecording.js';
import { present } from './present.js';

/** Shows a recording as if it happened now; with `--json` says what came of it instead. */
export async function replay(request: ReplayRequest, io: Io): Promise<ExitCode> {
  const opened = await openRecording(request.file);
  const { recording, venue } = opened;
  const { brokenOff } = recording;
  if (brokenOff !== undefined)
    io.err.write(`millrace: ${clean(request.file)}: ${brokenOff}; what stands before is read\n`);
  const contents = contentsOf(recording, venue.recorded);
  const asked = request.json ? request : { ...request, channel: request.channel ?? onlyTable(venue) };
  const instrument = wantedOf(asked, opened);
  if (instrument !== undefined) channelOf(contents, instrument, asked);
  if (!request.json) return show(asked, opened, contents, instrument, io);
  const summary = await summarise(recording, venue, { name: basename(request.file), instrument });
  io.out.write(`${summaryText(summary)}\n`);
  if (summary.frames > 0 || summary.https > 0) return EXIT.fine;
  io.err.write(`millrace: ${clean(request.file)}: nothing was received\n`);
  return EXIT.nothing;
}

async function show(
  request: ReplayRequest,
  opened: OpenedRecording,
  contents: Contents,
  wanted: string | undefined,
  io: Io,
): Promise<ExitCode> {
  const { file, depth } = request;
  const { recording, venue } = opened;
  const instrument = wanted ?? contents.books[0] ?? contents.trades[0];
  if (instrument === undefined)
    throw new UsageError(`${file} holds neither a book nor trades: --channel and --instrument say what to show of it`);
  const { header } = recording;
  const { streams } = depthFramesOf(recording, venue.recorded);
  const tradeStreams = tradeStreamsOf(recording, venue.recorded);
  const market = venue.recorded.marketOf(header.venue, header.market ?? '', header.url);
  // The recording's own frames: a venue that spreads its channels over several wires today hears each of them on all.
  const frames$ = new Subject<void>();
  const played = playedBy(request, opened, io, frames$);
  const feed = venue.open({
    market,
    instrument,
    streams,
    tradeStreams,
    answers: contents.answers,
    network: played,
    scheduler: played.clock,
    // What kept the recorded client from its socket is none of ours.
    maxLag: Infinity,
    random: () => 0.5,
  });
  const channel = channelOf(contents, instrument, request);
  const watched = { channel, interval: intervalOf(request, venue, market) };
  const subject: Watched = {
    venue: header.venue,
    market: header.market ?? market,
    instrument,
    channel: watched.channel,
    origin: `recording ${basename(file)}`,
    notes: ['Times are those of the recording.'],
    fixed: true,
  };
  const inputsOf = inputs(feed, watched, frames$, played.clock);
  let [isSeen, isOver] = [false, false];
  const look = (event: WatchEvent): void => void (isSeen ||= isOf(channel, event));
  const over$ = played.finished$.pipe(tap(() => (isOver = true)));
  try {
    const code = await present((instruments$) => inputsOf(instruments$).pipe(tap(look), takeUntil(over$)), io, {
      subjects: [subject],
      presenter: presenterFor(io, { json: false, depth, keepLast: true }),
      scheduler: played.clock,
      for: undefined,
      over: 'the recording is over',
    });
    if (code !== EXIT.fine || isSeen || !isOver) return code;
    io.err.write(`millrace: ${clean(file)}: nothing came of ${channel} of ${instrument}\n`);
    return EXIT.nothing;
  } finally {
    feed.close();
  }
}

/** The network of a replay. */
const playedBy = (
  { speed }: ReplayRequest,
  { recording, venue: { recorded } }: OpenedRecording,
  io: Io,
  frames$: Subject<void>,
): Replay =>
  replayNetwork(recorded.played?.(recording) ?? recording, {
    speed: speed ?? (io.out.isTTY ? 'real' : 'max'),
    reply: (sent) => recorded.reply(sent),
    ofSession: (url) => recorded.isDepthAnswer(url),
    progress: ({ event }) => {
      if (event?.kind === 'frame') frames$.next();
    },
  });

/** Whether something of a channel is told by it. */
function isOf(channel: ChannelName, event: WatchEvent): boolean {
  const type = isTable(channel) ? 'table' : ONE_OF[channel];
  return event.type === type && (event.type !== 'book' || event.book.status !== 'syncing');
}
const ONE_OF = { book: 'book', trades: 'trade', quotes: 'quote', candles: 'candle', ticker: 'ticker' } as const;

/** What a venue of accounts alone is shown by. */
const onlyTable = ({ channels }: CliVenue): ChannelName | undefined =>
  channels.every(isTable) ? channels[0] : undefined;

/** What is asked for, as frames name it. Of accounts that is what recording took: no market, though a name may be one's. */
function wantedOf({ channel, instrument }: ReplayRequest, opened: OpenedRecording): string | undefined {
  const { venue } = opened;
  if (channel !== undefined && isTable(channel)) return venue.spell(instrument ?? venue.instrument);
  return instrument === undefined ? undefined : instrumentOf(instrument, opened);
}

/** The name that frames bear of what somebody calls so. */
function instrumentOf(name: string, { recording, venue }: OpenedRecording): string {
  const spelled = venue.spell(name);
  return venue.recorded.namesIn?.(recording).get(spelled) ?? spelled;
}

/** What is asked for, of what the recording may hold; else the book of the instrument, or its trades. */
function channelOf({ books, trades }: Contents, instrument: string, { channel, file }: ReplayRequest): ChannelName {
  if (channel !== undefined && channel !== 'book' && channel !== 'trades') return channel;
  const held = channel === 'book' ? books : channel === 'trades' ? trades : [...books, ...trades];
  // Frames of some venues don't say what they are of: the replay tells whether there are any.
  if (channel !== undefined && held.length === 0) return channel;
  if (held.includes(instrument)) return channel ?? (books.includes(instrument) ? 'book' : 'trades');
  const accepted = [...new Set(held)].sort().join(', ');
  const what = channel === undefined ? '' : `--channel ${channel} of `;
  throw new UsageError(`${what}--instrument ${quote(instrument)} is not in ${file}: accepted: ${accepted}`);
}

/** @throws UsageError for a channel or an interval that the venue does not have. */
function intervalOf({ channel, interval }: ReplayRequest, venue: CliVenue, market: string): string {
  if (channel !== undefined) parseOneOf('--channel', channel, venue.channels);
  const intervals = venue.intervals(market);
  const usual = intervals.includes('1m') ? '1m' : (intervals[0] ?? '1m');
  return interval === undefined ? usual : parseOneOf('--interval', interval, intervals);
}
