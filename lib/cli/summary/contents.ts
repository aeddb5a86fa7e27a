import type { Recording } from '../../recording/format.js';
import { instrumentsOf, type RecordedVenue } from '../venues/cliVenue.js';
import { kindsOf } from './kinds.js';

/** What a recording holds, before anything is played. */
export interface Contents {
  readonly frames: number;
  readonly https: number;
  /** Instruments that depth frames came for; those whose snapshot was answered first come first. */
  readonly books: readonly string[];
  /** Instruments that trades came for. */
  readonly trades: readonly string[];
  /** What there are answers to. */
  readonly answers: readonly string[];
  /** Frames and answers that are neither depth nor trades, by kind. */
  readonly other: Readonly<Record<string, number>>;
}

/** Looks at each frame once, as text. */
export function contentsOf(recording: Recording, venue: RecordedVenue): Contents {
  const { events } = recording;
  const books = new Set<string>();
  const trades = new Set<string>();
  const other = new Map<string, number>();
  const depthAnswers: string[] = [];
  const answers: string[] = [];
  const kindOf = kindsOf(recording, venue);
  let frames = 0;
  const countOther = (name: string): void => void other.set(name, (other.get(name) ?? 0) + 1);
  for (const event of events) {
    if (event.kind === 'http') {
      answers.push(event.url);
      if (venue.isDepthAnswer(event.url)) depthAnswers.push(event.url.toUpperCase());
      else if (venue.isPassedOver?.(event.url) !== true) countOther('http');
      continue;
    }
    frames += 1;
    const kind = kindOf(event);
    if (kind.type === 'depth') instrumentsOf(kind).forEach((one) => books.add(one));
    else if (kind.type === 'trade') instrumentsOf(kind).forEach((one) => trades.add(one));
    else {
      if (kind.book !== undefined) books.add(kind.book);
      countOther(kind.name);
    }
  }
  return {
    frames,
    https: events.length - frames,
    books: inTheOrderOfAnswers([...books], depthAnswers),
    trades: [...trades].sort(),
    answers,
    other: Object.fromEntries([...other].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/**
 * Snapshots are asked for in the order in which books are subscribed, a few at a time. Asked for in the recorded order,
 * none waits for one that was recorded later.
 */
function inTheOrderOfAnswers(books: readonly string[], urls: readonly string[]): readonly string[] {
  const place = (instrument: string): number => {
    const at = urls.findIndex((url) => new RegExp(`[=/]${escaped(instrument)}(?![A-Z0-9])`).test(url));
    return at < 0 ? Infinity : at;
  };
  const placed = books.map((instrument) => ({ instrument, at: place(instrument) }));
  return placed.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map(({ instrument }) => instrument);
}

const escaped = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '\\$&');
