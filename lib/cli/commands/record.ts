import {
  asyncScheduler,
  catchError,
  EMPTY,
  filter,
  finalize,
  interval,
  lastValueFrom,
  map,
  merge,
  takeUntil,
  tap,
  type Observable,
} from 'rxjs';
import { recordingFile, type RecordingFile, takenFor } from '../../node/recordingFile.js';
import { recorder, type Recorder } from '../../recording/recorder.js';
import type { ChannelName, RecordRequest } from '../args/request.js';
import { UsageError } from '../args/usageError.js';
import { errorText } from '../errorText.js';
import { EXIT, type ExitCode } from '../exitCode.js';
import { clean } from '../render/text.js';
import { count, stretch } from '../render/time.js';
import { progressLine } from '../terminal/progressLine.js';
import type { Io } from '../terminal/io.js';
import { cliVenue } from '../venues/venues.js';
import type { VenueFeed } from '../venues/venueFeed.js';
import { openSource, type OpenedSource } from './openSource.js';
import { stopped } from './present.js';

/** How often the progress is drawn anew, in ms. */
const TOLD_EVERY = 200;

/** Records what a venue sends, for a while. */
export async function record(request: RecordRequest, io: Io): Promise<ExitCode> {
  const { out, force, market } = request;
  const taken = takenFor(out);
  if (!force && taken !== undefined) throw new UsageError(`${taken} exists already; give --force to overwrite it`);
  let recording: Recorder | undefined;
  const file = recordingFile(out, { overwrite: force, header: () => recording?.header() });
  try {
    const source = await openSource(request.source, cliVenue(request.venue), market);
    try {
      recording = recorderOf(file, source, request);
      return await recordInto(file, recording, source, request, io);
    } finally {
      await source.close();
    }
  } finally {
    await file.discard();
  }
}

const recorderOf = (
  file: RecordingFile,
  { network, origin }: OpenedSource,
  { venue, market }: RecordRequest,
): Recorder =>
  recorder(network, {
    sink: file.sink,
    ...cliVenue(venue).recorded.headerOf(market),
    source: `millrace record, ${origin}`,
  });

async function recordInto(
  file: RecordingFile,
  recording: Recorder,
  { url, restUrl }: OpenedSource,
  request: RecordRequest,
  io: Io,
): Promise<ExitCode> {
  const { out, market } = request;
  const venue = cliVenue(request.venue);
  const addresses = { ...(url !== undefined && { url }), ...(restUrl !== undefined && { restUrl }) };
  const [instrument = venue.instrument] = request.instruments;
  const feed = venue.open({ market, instrument, network: recording, ...addresses });
  let trouble = '';
  const listening = troubleOf(feed).subscribe((text) => (trouble = `: ${text}`));
  const failure = await follow(feed, request, recording, io);
  listening.unsubscribe();
  feed.close();
  if (failure !== undefined) io.err.write(`millrace: ${clean(failure)}\n`);
  const { frames, responses } = recording.counts();
  if (frames === 0) {
    io.err.write(`millrace: nothing was received, so ${out} was not written${clean(trouble)}\n`);
    return failure === undefined ? EXIT.nothing : EXIT.failed;
  }
  await file.finish(recording.header());
  io.out.write(`${out}: ${count(frames)} frames, ${count(responses)} answers\n`);
  return failure === undefined ? EXIT.fine : EXIT.failed;
}

/** What may be why nothing comes, as it is told. */
const troubleOf = ({ connection$, faults$ }: VenueFeed): Observable<string> =>
  merge(
    connection$.pipe(map((state) => (state.status === 'lost' ? state.text : ''))),
    faults$.pipe(map(({ message }) => message)),
  ).pipe(filter((text) => text !== ''));

/** Follows all channels until time is over, somebody stops it or something fails; resolves to what failed. */
async function follow(
  feed: VenueFeed,
  request: RecordRequest,
  recording: Recorder,
  io: Io,
): Promise<string | undefined> {
  const { instruments, channels, interval: candles } = request;
  const progress = progressLine(io.out);
  const startedAt = asyncScheduler.now();
  const print = (): void => {
    const { frames, responses } = recording.counts();
    const passed = asyncScheduler.now() - startedAt;
    progress.show(
      `recording ${instruments.join(', ')}: ${stretch(Math.floor(passed / 1_000) * 1_000)} of ${stretch(request.for)}, ${count(frames)} frames, ${count(responses)} answers`,
    );
  };
  let failure: string | undefined;
  const failed = (error: unknown): Observable<never> => {
    failure = errorText(error);
    return EMPTY;
  };
  const all = instruments.flatMap((instrument) =>
    channels.map((channel) => streamOf(feed, channel, instrument, candles)),
  );
  const following$ = merge(
    ...all,
    interval(TOLD_EVERY).pipe(tap(print)),
    // What can't be written ends it: a recording with a hole would be worse than a short one.
    recording.failed$.pipe(
      tap((error) => {
        throw error;
      }),
    ),
  ).pipe(
    takeUntil(stopped(io, request.for, asyncScheduler)),
    catchError(failed),
    finalize(() => progress.end()),
  );
  await lastValueFrom(following$, { defaultValue: undefined });
  return failure;
}

function streamOf(feed: VenueFeed, channel: ChannelName, instrument: string, candles: string): Observable<unknown> {
  switch (channel) {
    case 'book':
      return feed.book(instrument);
    case 'trades':
      return merge(feed.trades(instrument), feed.plainTrades?.(instrument) ?? EMPTY);
    case 'quotes':
      return feed.quotes(instrument);
    case 'candles':
      return feed.candles(instrument, candles);
    case 'ticker':
      return feed.ticker(instrument);
    case 'account':
    case 'board':
    case 'orders':
    case 'fills':
    case 'balances':
      return feed.table?.(instrument, channel) ?? EMPTY;
  }
}
