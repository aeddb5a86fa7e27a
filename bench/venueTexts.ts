import { VirtualTimeScheduler } from 'rxjs';
import { measureChecksums } from './checksums.js';
import { type Job, nanoseconds } from './stopwatch.js';
import { simulatedStreams } from './venues/simulated.js';
import type { VenueStream } from './venues/stream.js';
import { Tap, meansOf } from './venues/tap.js';
import { recordedStreams } from './venues/recorded.js';
import { writtenStreams } from './venues/written.js';

export interface VenueTextFigures {
  readonly venue: string;
  readonly what: string;
  readonly charactersPerFrame: number;
  readonly valuesPerFrame: number;
  /** From a text on the wire to the values an observer gets, in ns. */
  readonly nsPerFrame: number;
  readonly jsonParseNsPerFrame: number;
  readonly ratio: number;
  /** The same without what holding each book to its checksum takes, where that is done. */
  readonly ratioWithoutChecksum: number | undefined;
  readonly reason: string | undefined;
}

/** By then a stream is open, in ms of the venue's time. */
const OPEN_BY = 5_000;
const TEXTS = 2_000;
/** So long a stream is waited for to have sent as many. */
const LONGEST = 600_000;

/**
 * So many frames a stream is given before anything counts: by then what reads them is compiled. Counted from the second pass
 * on, a book by order took five times as long as in a process that goes on.
 */
const WARM = 12_000;
/** So many are counted, of a short recording by as many more passes. */
const COUNTED = 20_000;

/** Every venue's way from a text to its value, beside `JSON.parse` of the same texts. */
export function measureVenueTexts(only = ''): VenueTextFigures[] {
  return [...recordedStreams(), ...simulatedStreams(), ...writtenStreams()]
    .filter(({ venue, what }) => `${venue} ${what}`.startsWith(only))
    .map(figuresOf);
}

function figuresOf(stream: VenueStream): VenueTextFigures {
  const { venue, what, reason, checksum } = stream;
  const checksumNs = checksum && measureChecksums()[checksum === 'okx' ? 'okxNs' : 'krakenNs'];
  const { texts, reading, parsing, values } = jobsOf(stream);
  const passesOf = (frames: number): number => Math.ceil(frames / texts.length);
  const [nsPerFrame = NaN, jsonParseNsPerFrame = NaN] = nanoseconds(
    passesOf(COUNTED),
    [reading, parsing],
    passesOf(WARM),
  );
  if (values() < texts.length / 10) throw new Error(`${venue} ${what}: ${values()} values of ${texts.length} texts`);
  return {
    venue,
    what,
    charactersPerFrame: texts.reduce((sum, { length }) => sum + length, 0) / texts.length,
    valuesPerFrame: values() / texts.length,
    nsPerFrame,
    jsonParseNsPerFrame,
    ratio: nsPerFrame / jsonParseNsPerFrame,
    ratioWithoutChecksum: checksumNs && (nsPerFrame - checksumNs) / jsonParseNsPerFrame,
    reason,
  };
}

interface StreamJobs {
  readonly texts: readonly string[];
  readonly reading: Job;
  readonly parsing: Job;
  /** How many values the last run of `reading` has come to. */
  readonly values: () => number;
}

export function jobsOf(stream: VenueStream): StreamJobs {
  const { wire, texts } = sentOn(stream);
  let values = 0;
  const reading: Job = {
    operations: texts.length,
    begin: () => {
      const { tap } = opened(stream, () => (values += 1));
      const give = tap.give(wire);
      values = 0;
      return (index) => {
        give(texts[index] ?? '');
      };
    },
  };
  const answers = stream.answers?.() ?? [];
  const parsing: Job = {
    operations: texts.length,
    begin: () => (index) => {
      if (index === 0) answers.forEach((answer) => JSON.parse(answer) as unknown);
      return JSON.parse(texts[index] ?? '') as unknown;
    },
  };
  return { texts, reading, parsing, values: () => values };
}

/** What the venue sends on the stream once it is open. */
function sentOn(stream: VenueStream): { readonly wire: number; readonly texts: readonly string[] } {
  if (stream.texts !== undefined) return { wire: 0, texts: stream.texts().map(inOnePiece) };
  const { tap, scheduler } = opened(stream, () => undefined, false);
  tap.forget();
  while (tap.busiest().texts.length < TEXTS && scheduler.maxFrames < LONGEST) {
    scheduler.maxFrames += 1_000;
    scheduler.flush();
  }
  const { wire, texts } = tap.busiest();
  // Pings and pongs aside, which are no JSON with some.
  const frames = texts.filter((text) => /^\s*[[{]/.test(text));
  return { wire, texts: frames.slice(0, TEXTS).map(inOnePiece) };
}

function opened(
  stream: VenueStream,
  told: () => void,
  isMeasured = true,
): { readonly tap: Tap; readonly scheduler: VirtualTimeScheduler } {
  const scheduler = new VirtualTimeScheduler(undefined, OPEN_BY);
  const tap = new Tap(stream.network(scheduler));
  stream.open(meansOf(tap, scheduler)).subscribe(told);
  scheduler.flush();
  if (isMeasured) {
    tap.shut();
    // From here on the clock is the real one, as its reading is a part of the cost.
    scheduler.now = () => Date.now();
  }
  return { tap, scheduler };
}

const inOnePiece = (text: string): string => Buffer.from(text).toString();
