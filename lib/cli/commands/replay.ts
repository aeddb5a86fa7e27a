import { basename } from 'node:path';
import { Subject, takeUntil } from 'rxjs';
import { replay as replayNetwork } from '../../recording/replay.js';
import type { ChannelName, ReplayRequest } from '../args/request.js';
import { UsageError } from '../args/usageError.js';
import { quote } from '../args/values.js';
import { EXIT, type ExitCode } from '../exitCode.js';
import { clean } from '../render/text.js';
import { presenterFor } from '../report/presenter.js';
import { contentsOf, type Contents } from '../summary/contents.js';
import { depthFramesOf } from '../summary/depthFrames.js';
import { summarise } from '../summary/summarise.js';
import { summaryText } from '../summary/summaryText.js';
import { tradeStreamsOf } from '../summary/tradeStreams.js';
import type { Io } from '../terminal/io.js';
import type { Subject as Watched } from '../view/watchState.js';
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
  const instrument = request.instrument === undefined ? undefined : venue.spell(request.instrument);
  if (instrument !== undefined) channelOf(contents, instrument, request.file);
  if (!request.json) return show(request, opened, contents, instrument, io);
  const summary = await summarise(recording, venue, { name: basename(request.file), instrument });
  io.out.write(`${summaryText(summary)}\n`);
  return EXIT.fine;
}

async function show(
  request: ReplayRequest,
  { recording, venue }: OpenedRecording,
  contents: Contents,
  wanted: string | undefined,
  io: Io,
): Promise<ExitCode> {
  const { file, depth } = request;
  const instrument = wanted ?? contents.books[0] ?? contents.trades[0];
  if (instrument === undefined) throw new UsageError(`${file} holds neither a book nor trades`);
  const { header } = recording;
  const { streams } = depthFramesOf(recording, venue.recorded);
  const tradeStreams = tradeStreamsOf(recording, venue.recorded);
  const market = venue.recorded.marketOf(header.venue, header.market ?? '', header.url);
  // The recording's own frames: a venue that spreads its channels over several wires today hears each of them on all.
  const frames$ = new Subject<void>();
  const played = replayNetwork(venue.recorded.played?.(recording) ?? recording, {
    speed: request.speed ?? (io.out.isTTY ? 'real' : 'max'),
    reply: (sent) => venue.recorded.reply(sent),
    progress: ({ event }) => {
      if (event?.kind === 'frame') frames$.next();
    },
  });
  const feed = venue.open({
    market,
    streams,
    tradeStreams,
    answers: contents.answers,
    network: played,
    scheduler: played.clock,
    // What kept the recorded client from its socket is none of ours.
    maxLag: Infinity,
    random: () => 0.5,
  });
  const watched = { channel: channelOf(contents, instrument, file), interval: '1m' };
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
  try {
    return await present((instruments$) => inputsOf(instruments$).pipe(takeUntil(played.finished$)), io, {
      subjects: [subject],
      presenter: presenterFor(io, { json: false, depth, keepLast: true }),
      scheduler: played.clock,
      for: undefined,
      over: 'the recording is over',
    });
  } finally {
    feed.close();
  }
}

function channelOf({ books, trades }: Contents, instrument: string, file: string): ChannelName {
  if (books.includes(instrument)) return 'book';
  if (trades.includes(instrument)) return 'trades';
  const accepted = [...new Set([...books, ...trades])].sort().join(', ');
  throw new UsageError(`--instrument ${quote(instrument)} is not in ${file}: accepted: ${accepted}`);
}
