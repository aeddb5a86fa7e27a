import * as t from 'io-ts';
import { wireRule } from '../../book/continuity/wire.js';
import { checksummed } from '../../book/fold.js';
import { reader } from '../../codec/read.js';
import { type ScannedNumber, levelOfScanned } from '../../codec/scanNumber.js';
import { NumberRow } from '../../codec/scanNumberRow.js';
import { checkOneOf } from '../../errors/checks.js';
import type { BookSpec } from '../../feed/books.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { holdsChecksum } from './checksum.js';
import { ChecksumFrame, sizedLevel, SnapshotFrame, UpdateFrame } from './frames.js';
import { byKind } from './frameData.js';
import { channelOf } from './topics.js';

/** How far prices are put together: to 5, 4, 3, 2 and 1 digits that count. */
export type BitfinexPrecision = 'P0' | 'P1' | 'P2' | 'P3' | 'P4';
export const precisions: readonly BitfinexPrecision[] = ['P0', 'P1', 'P2', 'P3', 'P4'];
/** As changes come, or every two seconds. */
export type BitfinexFrequency = 'F0' | 'F1';
export const frequencies: readonly BitfinexFrequency[] = ['F0', 'F1'];
/** How many levels a side a book has. */
export type BitfinexDepth = 1 | 25 | 100 | 250;
export const depths: readonly BitfinexDepth[] = [1, 25, 100, 250];

/** Which of the venue's books of a symbol. */
export interface BitfinexView {
  readonly precision: BitfinexPrecision;
  readonly frequency: BitfinexFrequency;
  readonly depth: BitfinexDepth;
}

interface Depth extends Pick<BookSpec, 'rule' | 'fold'> {
  readonly source: ChannelSpec<readonly DepthEvent[]>;
}

/** One book: its channel, and what holds it to the venue's. Levels that leave its depth are removed by the venue itself. */
export function depthOf(symbol: string, { precision, frequency, depth }: BitfinexView): Depth {
  checkOneOf('precision', precisions, precision);
  checkOneOf('frequency', frequencies, frequency);
  checkOneOf('depth', depths, depth);
  const fields = { channel: 'book', symbol, prec: precision, freq: frequency, len: `${depth}` };
  return { source: channelOf(fields, readerOf(symbol)), rule: wireRule, fold: checksummed(holdsChecksum) };
}

function readerOf(instrument: string): ChannelSpec<readonly DepthEvent[]>['decode'] {
  const snapshot = reader(SnapshotFrame, ({ data }, receivedTime): readonly DepthEvent[] => {
    const [bids, asks] = [true, false].map((isBid) => data.filter((row) => row[2] > 0 === isBid).map(sizedLevel));
    return [{ type: 'snapshot', instrument, bids: bids ?? [], asks: asks ?? [], receivedTime }];
  });
  const update = reader(UpdateFrame, ({ data }, receivedTime) =>
    changeOf(instrument, sizedLevel(data), data[2] > 0, receivedTime),
  );
  return orScanned(instrument, levelOfRow, byKind({ snapshot, update, cs: checksumReader(instrument) }, []));
}

/** The change of one level or order. */
export function changeOf(
  instrument: string,
  level: PriceLevel,
  isBid: boolean,
  receivedTime: number,
): readonly DepthEvent[] {
  const [ones, none] = [[level], []];
  return [{ type: 'diff', instrument, bids: isBid ? ones : none, asks: isBid ? none : ones, receivedTime }];
}

/** What a row that removes something leaves. */
export const NOTHING: ScannedNumber = { value: 0, text: '0', decimals: 0 };

const isBid = ({ third: amount, isNegative }: NumberRow): boolean => !isNegative && amount.value > 0;

/** `[price, count, amount]`, as `UpdateFrame` reads it. */
const levelOfRow = ({ first: price, second: count, third: amount }: NumberRow): PriceLevel | undefined =>
  count.decimals === 0 ? levelOfScanned(price, count.value === 0 ? NOTHING : amount) : undefined;

type Read = ChannelSpec<readonly DepthEvent[]>['decode'];

/**
 * Reads rows that were read from their text, as `read` does when it is given them.
 *
 * @param levelOf Its level or order; `undefined` where it is for `read` to judge.
 */
export const orScanned =
  (instrument: string, levelOf: (row: NumberRow) => PriceLevel | undefined, read: Read): Read =>
  (payload, at) => {
    if (!(payload instanceof NumberRow)) return read(payload, at);
    const level = levelOf(payload);
    if (level === undefined) return read({ kind: 'update', data: payload.toJSON() }, at);
    return t.success(changeOf(instrument, level, isBid(payload), at));
  };

/** A checksum is of the book as it stands: nothing changes with it. */
export const checksumReader = (instrument: string): ChannelSpec<readonly DepthEvent[]>['decode'] =>
  reader(ChecksumFrame, ({ data: checksum }, receivedTime): readonly DepthEvent[] => [
    { type: 'diff', instrument, bids: [], asks: [], receivedTime, checksum, isCheck: true },
  ]);
