import { Observable, VirtualTimeScheduler, of } from 'rxjs';
import { FrameSubject } from '../lib/network/frameSubject.js';
import type { HttpRequest, Network } from '../lib/network/network.js';
import { binance } from '../lib/venues/binance/index.js';
import { loadFrames, padded, type Frames } from './frames.js';
import { nanoseconds, type Job } from './stopwatch.js';

export interface TextToBookResult {
  /** Median cost of a frame from its text on the wire to the `BookState` an observer gets, in ns. */
  readonly nsPerFrame: number;
  /** Median cost of `JSON.parse` of the same texts in the same run, in ns. */
  readonly jsonParseNsPerFrame: number;
  readonly ratio: number;
  readonly source: string;
}

/**
 * The whole way of a frame, as a user has it: wire, session, socket, router, channel, io-ts, continuity, fold, sharing,
 * observer. Books of 1,000 levels a side; every frame must come out as a live book.
 */
export function measureTextToBook(passes = 100): TextToBookResult {
  const frames = loadFrames();
  const [jsonParseNsPerFrame = NaN, nsPerFrame = NaN] = nanoseconds(passes, [parsing(frames.texts), folding(frames)]);
  return { nsPerFrame, jsonParseNsPerFrame, ratio: nsPerFrame / jsonParseNsPerFrame, source: frames.source };
}

/** The two that are compared, for whoever compares them with more. */
export const textToBookJobs = (frames: Frames): { readonly reading: Job; readonly parsing: Job } => ({
  reading: folding(frames),
  parsing: parsing(frames.texts),
});

const parsing = (texts: readonly string[]): Job => ({
  operations: texts.length,
  begin:
    () =>
    (index): unknown =>
      JSON.parse(texts[index] as string),
});

function folding(frames: Frames): Job {
  const { texts } = frames;
  const answers = snapshotAnswers(frames);
  return {
    operations: texts.length,
    begin() {
      const { receive, live } = joinedBooks(answers);
      const before = live();
      return (index) => {
        receive(texts[index] as string);
        if (live() - before !== index + 1) throw new Error(`frame ${index} made no live book`);
      };
    },
  };
}

/** Snapshots that the first diff of their symbol continues. */
export function snapshotAnswers({ snapshots, texts }: Frames): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const text of texts) {
    const { s, pu } = (JSON.parse(text) as { readonly data: { readonly s: string; readonly pu: number } }).data;
    const snapshot = snapshots.get(s);
    if (snapshot === undefined || answers.has(s)) continue;
    answers.set(s, JSON.stringify({ ...padded(snapshot, 1_000), lastUpdateId: pu }));
  }
  return answers;
}

export function joinedBooks(answers: ReadonlyMap<string, string>) {
  const scheduler = new VirtualTimeScheduler(undefined, 1_000);
  const messages = new FrameSubject<string>();
  const reply = (text: string): void => {
    const { id } = JSON.parse(text) as { readonly id: number };
    scheduler.schedule(() => messages.next(JSON.stringify({ result: null, id })), 1);
  };
  const answer = ({ url }: HttpRequest): string => answers.get(/symbol=(\w+)/.exec(url)?.[1] ?? '') ?? '';
  const network: Network = {
    open: () =>
      new Observable((subscriber) => subscriber.next({ messages, send: reply, close: () => subscriber.complete() })),
    request: (request) => of({ status: 200, headers: {}, body: answer(request) }),
  };
  const exchange = binance({ network, scheduler, random: () => 0.5, market: 'usdm' });
  let live = 0;
  for (const symbol of answers.keys()) {
    exchange.book(symbol).subscribe(({ status }) => {
      if (status === 'live') live += 1;
    });
  }
  scheduler.flush();
  // From here on the clock is the real one, as its reading is a part of the cost.
  scheduler.now = () => Date.now();
  return { receive: (text: string) => messages.next(text), live: () => live };
}
