import type { VenueFacts } from '../args/venueFacts.js';
import type { Opening } from './opening.js';
import type { RecordedFrame, Recording } from '../../recording/format.js';
import type { SimulatedVenue } from '../../simulation/simulatedVenue.js';

export interface SimulationOptions {
  readonly market: string;
  readonly seed: number;
  /** In the words of `--faults`; empty: none. */
  readonly faults: string;
}

/** What a frame of a recording is about. */
export type FrameKind =
  /** `stream`: which of several depth streams of the venue, where a replay has to ask for the same one. */
  | {
      readonly type: 'depth';
      readonly instrument: string;
      readonly stream?: string;
      /** How far it stands behind others that tell the same book better: where they are there, this one is of another kind. */
      readonly behind?: number;
      /** Further instruments, where it tells of several. */
      readonly others?: readonly string[];
    }
  /** Likewise. */
  | {
      readonly type: 'trade';
      readonly instrument: string;
      readonly stream?: string;
      readonly behind?: number;
      readonly others?: readonly string[];
    }
  /** `book`: the instrument whose book it confirms, where a book may stay as its snapshot had it. */
  | { readonly type: 'other'; readonly name: string; readonly book?: string };

/** How recordings of a venue are read. */
export interface RecordedVenue {
  /** The venue's names in headers of recordings. */
  readonly names: readonly string[];
  /**
   * The market of our own for a header's words.
   *
   * @param url The address of its first socket, which tells the version of a protocol where words don't.
   */
  marketOf(venue: string, market: string, url: string): string;
  /** The words of a header for a market of ours. */
  headerOf(market: string): { readonly venue: string; readonly market: string };
  /**
   * The continuity rule in words; `null` where there is none.
   *
   * @param depth The first depth frame, where there is one: a protocol may have come by its numbers over the years.
   */
  gapRule(market: string, depth: string | undefined): string | null;
  /**
   * The checksum in words, likewise.
   *
   * @param sent What the recorded client sent: it may have had to be asked for.
   */
  checksum(depth: string | undefined, sent: readonly string[]): string | null;
  kindOf(frame: string): FrameKind;
  /** A reading of one recording in order, where what a frame is about is told by others before it. */
  reading?(): (frame: RecordedFrame) => FrameKind;
  /**
   * The recording as one that the client of today reads, where its frames name their streams in another way, or not at all.
   * Event by event the same, in the same order. Default: as it is.
   */
  played?(recording: Recording): Recording;
  /** What instruments are called by people, where frames name them otherwise: from such a name to that of the frames. */
  namesIn?(recording: Recording): ReadonlyMap<string, string>;
  /** A count that runs over all frames of a socket, where there is one: in words, and its number in a frame. */
  readonly wireCount?: { readonly rule: string; numberOf(frame: string): number | undefined };
  /** Whether a frame means something within its socket only, as where channels are numbered or frames are counted. Default: no. */
  readonly bySocket?: boolean;
  /** By instrument, which depth stream a text asked for that the recorded client sent, where frames don't tell. */
  depthsRequested?(sent: string): ReadonlyMap<string, string>;
  /** Likewise, what a frame says of them, for a recording that holds nothing of what its client sent. */
  depthsTold?(frame: string): ReadonlyMap<string, string>;
  /** Whether an answer is a depth snapshot. */
  isDepthAnswer(url: string): boolean;
  /** Whether an answer is of no account, and not even counted. Default: none is. */
  isPassedOver?(url: string): boolean;
  /** The venue's answer to a frame of ours, where a recording can't hold it. */
  reply(sent: string): string | undefined;
}

/** All instruments that a frame tells of. */
export const instrumentsOf = ({
  instrument,
  others,
}: Exclude<FrameKind, { readonly type: 'other' }>): readonly string[] =>
  others === undefined ? [instrument] : [instrument, ...others];

/** The place of a name in a list of which the best stands first; behind all of them for one that it has not. */
export function placeIn(best: readonly string[], name: string): number {
  const place = best.indexOf(name);
  return place < 0 ? best.length : place;
}

/** A frame's instruments in the order in which it names them, where it may name several. */
export function severalOf(
  names: Iterable<RegExpExecArray>,
): Pick<Extract<FrameKind, { readonly type: 'trade' }>, 'instrument' | 'others'> | undefined {
  const [instrument, ...others] = new Set([...names].map(([, name = '']) => name));
  return instrument === undefined ? undefined : { instrument, ...(others.length > 0 && { others }) };
}

/** One venue of the command line: what can be asked for, and how it is opened. */
export interface CliVenue extends VenueFacts, Opening {
  readonly recorded: RecordedVenue;
}

/** One that there is a simulated one of. */
export interface SimulatedCliVenue extends CliVenue {
  simulate(options: SimulationOptions): SimulatedVenue;
  /** Faults of the demonstration, and what to tell of them. */
  readonly demonstration: { readonly faults: string; readonly note: string };
}

/** @throws RangeError for a venue that there is no simulated one of; arguments that ask for one are refused before. */
export function simulatedOne(venue: CliVenue): SimulatedCliVenue {
  if (!isSimulated(venue)) throw new RangeError(`there is no simulated ${venue.name}`);
  return venue;
}
const isSimulated = (venue: CliVenue): venue is SimulatedCliVenue => venue.simulated.length > 0;

/** Narrows a name that was checked against the same list when it was read. */
export function named<T extends string>(names: readonly T[], name: string): T {
  const found = names.find((one) => one === name);
  if (found === undefined) throw new RangeError(`${name} is none of ${names.join(', ')}`);
  return found;
}
