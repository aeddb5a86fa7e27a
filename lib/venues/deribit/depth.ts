import { chainRule } from '../../book/continuity/chain.js';
import { replaceRule } from '../../book/continuity/replace.js';
import { reader } from '../../codec/read.js';
import { check, checkOneOf } from '../../errors/checks.js';
import { checkText } from '../../errors/optionRules.js';
import type { BookSpec } from '../../feed/books.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { BookFrame, WholeBookFrame } from './frames.js';
import { channelOf, instrumentOf } from './topics.js';

/** Every 100 ms, about every second, or each change by itself, which the venue tells to those only who sign in. */
export type DeribitInterval = '100ms' | 'agg2' | 'raw';
export const intervals: readonly DeribitInterval[] = ['100ms', 'agg2', 'raw'];

/** How many levels a side the venue's whole books have. */
export type DeribitDepth = 1 | 10 | 20;
const depths: readonly DeribitDepth[] = [1, 10, 20];

/** Which of the venue's books of an instrument. */
export interface DeribitView {
  /** How often it comes. Default: `100ms`. */
  readonly interval?: DeribitInterval;
  /** Its best levels only, whole in each message; not `raw`. Default: the whole book, and then what changes. */
  readonly depth?: DeribitDepth;
  /** With `depth`: prices put together by so much, in the venue's words (`5`). Default: `none`. */
  readonly group?: string;
}

/** The same, with defaults. */
export interface DeribitChoice {
  readonly interval: DeribitInterval;
  readonly depth: DeribitDepth | undefined;
  readonly group: string | undefined;
}

interface Depth extends Pick<BookSpec, 'rule'> {
  readonly source: ChannelSpec<DepthEvent>;
}

/** One book: its channel, and what holds it to the venue's. */
export function depthOf(name: string, { interval, depth, group }: DeribitChoice): Depth {
  const instrument = instrumentOf(name);
  checkOneOf('interval', intervals, interval);
  if (depth === undefined) {
    check('group', group === undefined, 'none without a depth', group);
    const source = channelOf(`book.${instrument}.${interval}`, reader(BookFrame, toEvent));
    return { source, rule: chainRule };
  }
  checkOneOf('depth', depths, depth);
  checkOneOf('interval', intervals.slice(0, 2), interval);
  const by = group ?? 'none';
  checkText('group', /^(none|\d+)$/, 'none or a whole number', by);
  const source = channelOf(`book.${instrument}.${by}.${depth}.${interval}`, reader(WholeBookFrame, toSnapshot));
  return { source, rule: replaceRule };
}

/**
 * What goes on from nothing is a whole book, whatever it is called: a new option's first frame is a `change` that goes on
 * from 0, other snapshots name what came before them, and those of 2019 have no type (all captured).
 */
function toEvent(frame: BookFrame, at: number): DepthEvent {
  const { type, prev_change_id: previous = 0, change_id: sequence, bids, asks } = frame;
  const { instrument_name: instrument, timestamp: venueTime } = frame;
  if (type === 'snapshot' || previous === 0)
    return { type: 'snapshot', instrument, sequence, bids, asks, venueTime, receivedTime: at };
  return {
    type: 'diff',
    instrument,
    lastSequence: sequence,
    previousSequence: previous,
    bids,
    asks,
    venueTime,
    receivedTime: at,
  };
}

const toSnapshot = (
  { change_id: sequence, instrument_name: instrument, timestamp: venueTime, bids, asks }: typeof WholeBookFrame._A,
  at: number,
): DepthEvent => ({ type: 'snapshot', instrument, sequence, bids, asks, venueTime, receivedTime: at });
