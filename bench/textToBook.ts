import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { applyDiff, bookFrom } from '../lib/book/orderBook.js';
import { frame } from '../lib/codec/frame.js';
import { Levels } from '../lib/codec/levels.js';
import { Millis, Sequence, Text } from '../lib/codec/scalars.js';
import type { BookState } from '../lib/model/bookState.js';
import type { DepthDiff } from '../lib/model/depthEvent.js';
import { loadFrames, padded, type Frames } from './frames.js';
import { nanoseconds, type Job } from './stopwatch.js';

export interface TextToBookResult {
  /** Median cost of a frame from its text to a `BookState`, in ns. */
  readonly nsPerFrame: number;
  /** Median cost of `JSON.parse` of the same texts in the same run, in ns. */
  readonly jsonParseNsPerFrame: number;
  readonly ratio: number;
  readonly source: string;
}

/** As the venue's own codec has it: every field that is documented. */
const DepthUpdate = frame('bench.DepthUpdate', {
  e: t.literal('depthUpdate'),
  E: Millis,
  T: Millis,
  s: Text,
  U: Sequence,
  u: Sequence,
  pu: Sequence,
  b: Levels,
  a: Levels,
});
const DepthAnswer = frame('bench.DepthAnswer', { bids: Levels, asks: Levels });

/** The pure part of the way of a frame: parsing, decoding and folding into books of 1,000 levels a side. */
export function measureTextToBook(passes = 100): TextToBookResult {
  const frames = loadFrames();
  const start = liveBooks(frames);
  const [jsonParseNsPerFrame = NaN, nsPerFrame = NaN] = nanoseconds(passes, [
    parsing(frames.texts),
    folding(start, frames.texts),
  ]);
  return { nsPerFrame, jsonParseNsPerFrame, ratio: nsPerFrame / jsonParseNsPerFrame, source: frames.source };
}

function liveBooks({ snapshots }: Frames): ReadonlyMap<string, BookState> {
  return new Map(
    [...snapshots].map(([instrument, raw]) => {
      const result = DepthAnswer.decode(padded(raw, 1_000));
      if (isLeft(result)) throw new Error(`snapshot of ${instrument} refused`);
      const book = bookFrom({ type: 'snapshot', instrument, ...result.right, receivedTime: 0 });
      return [instrument, { status: 'live', book }];
    }),
  );
}

const parsing = (texts: readonly string[]): Job => ({
  operations: texts.length,
  begin:
    () =>
    (index): unknown =>
      JSON.parse(texts[index] as string),
});

const folding = (start: ReadonlyMap<string, BookState>, texts: readonly string[]): Job => ({
  operations: texts.length,
  begin() {
    const states = new Map(start);
    return (index) => {
      const result = DepthUpdate.decode((JSON.parse(texts[index] as string) as { readonly data: unknown }).data);
      if (isLeft(result)) throw new Error('frame refused');
      const diff = diffOf(result.right);
      const state = states.get(diff.instrument);
      if (state?.status !== 'live') throw new Error(`no book of ${diff.instrument}`);
      states.set(diff.instrument, { status: 'live', book: applyDiff(state.book, diff) });
    };
  },
});

function diffOf({ s, U, u, pu, b, a, T }: t.TypeOf<typeof DepthUpdate>): DepthDiff {
  return {
    type: 'diff',
    instrument: s,
    firstSequence: U,
    lastSequence: u,
    previousSequence: pu,
    bids: b,
    asks: a,
    venueTime: T,
    receivedTime: T,
  };
}
