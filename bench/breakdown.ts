/**
 * What each part of the way from text to book costs, by leaving out all that comes behind it: `JSON.parse` for comparison, the scan, and
 * with it the codec, the fold, the machine of the book; last the whole way, as a user has it. Run by `npm run bench:breakdown`.
 */
import { advance, firstStep } from '../lib/book/machine/step.js';
import { contextOf } from '../lib/book/machine/context.js';
import type { Machine } from '../lib/book/machine/state.js';
import { linkRule } from '../lib/book/continuity/link.js';
import { applyDiff, bookFrom } from '../lib/book/orderBook.js';
import { inData } from '../lib/codec/placeOfLevels.js';
import { levelScanner } from '../lib/codec/scanLevels.js';
import type { DepthDiff, DepthSnapshot } from '../lib/model/depthEvent.js';
import { depthChannel } from '../lib/venues/binance/depth.js';
import { WholeDepth } from '../lib/venues/binance/frames.js';
import { loadFrames } from './frames.js';
import { type Job, nanoseconds } from './stopwatch.js';
import { snapshotAnswers, textToBookJobs } from './textToBook.js';

const { decode } = depthChannel('usdm', 'BTCUSDT', '100ms');
const given = loadFrames();
// As from a socket: each in one piece.
const frames = { ...given, texts: given.texts.map((text) => Buffer.from(text).toString('latin1')) };
const { texts } = frames;

const snapshots = [...snapshotAnswers(frames)].map(([instrument, body]): DepthSnapshot => {
  const decoded = WholeDepth.decode(JSON.parse(body));
  if (decoded._tag === 'Left') throw new Error('unreadable');
  const { bids, asks, lastUpdateId } = decoded.right;
  return { type: 'snapshot', instrument, sequence: lastUpdateId, bids, asks, receivedTime: 0 };
});

/** A job of which each operation is given a text. */
const job = (begin: () => (text: string) => unknown): Job => ({
  operations: texts.length,
  begin: () => {
    const run = begin();
    return (index) => run(texts[index] as string);
  },
});

const scanning = (): ((text: string) => unknown) => {
  const scanner = levelScanner('b', 'a', inData);
  return (text) => inData(scanner.read(text));
};

function decoding(): (text: string) => DepthDiff {
  const scan = scanning();
  return (text) => {
    const decoded = decode(scan(text), Date.now());
    if (decoded._tag === 'Left') throw new Error('unreadable');
    return decoded.right;
  };
}

function folding(): (text: string) => unknown {
  const read = decoding();
  const books = new Map(snapshots.map((snapshot) => [snapshot.instrument, bookFrom(snapshot)]));
  return (text) => {
    const diff = read(text);
    const book = books.get(diff.instrument);
    if (book !== undefined) books.set(diff.instrument, applyDiff(book, diff));
  };
}

function stepping(): (text: string) => unknown {
  const read = decoding();
  const clock = { now: () => 0, elapsed: () => 0 };
  const machines = new Map<string, Machine>();
  const contexts = new Map(
    snapshots.map((snapshot) => {
      const { instrument } = snapshot;
      const config = { instrument, rule: linkRule, join: 'frame', mend: 'wait', stableAfter: 0 } as const;
      const context = contextOf(config, clock);
      const begun = advance(context, firstStep.state, { type: 'begun' });
      machines.set(instrument, advance(context, begun.state, snapshot).state);
      return [instrument, context];
    }),
  );
  return (text) => {
    const diff = read(text);
    const [context, state] = [contexts.get(diff.instrument), machines.get(diff.instrument)];
    if (context === undefined || state === undefined) return;
    const step = advance(context, state, diff);
    if (step.update?.state.status !== 'live') throw new Error('not live');
    machines.set(diff.instrument, step.state);
  };
}

const { reading, parsing } = textToBookJobs(frames);
const parts: readonly (readonly [string, Job])[] = [
  ['JSON.parse of the whole text', parsing],
  ['scan', job(scanning)],
  ['and codec, renaming', job(decoding)],
  ['and fold', job(folding)],
  ['and continuity, numbering, state', job(stepping)],
  ['the whole way: and session, routing, hops', reading],
];
const figures = nanoseconds(
  Number(process.argv[2] ?? 60),
  parts.map(([, one]) => one),
);
parts.forEach(([name], index) => {
  const ns = figures[index] ?? NaN;
  const before = index < 2 ? 0 : (figures[index - 1] ?? NaN);
  const share = `${(ns / (figures[0] ?? NaN)).toFixed(2)} x`;
  process.stdout.write(
    `${name.padEnd(44)}${ns.toFixed(0).padStart(8)} ns${share.padStart(9)}${`+${(ns - before).toFixed(0)}`.padStart(9)}\n`,
  );
});
