import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { ContinuityRule } from '../continuity/rule.js';
import { reachOf } from '../drift.js';
import { comparePrices } from '../level.js';
import { sideOf } from '../side.js';
import { numberOf, positionOf } from './numbering.js';

/** What a stream says of a snapshot that it has come to. */
export type Evidence = 'agrees' | 'contradicts' | 'none';

/**
 * Holds a snapshot to the diffs that it says it holds: what they told last of a price is what the snapshot must have there.
 * One that bears a number of the same height, but is of another counting, does not.
 *
 * That nothing is left at a price can be so of any book: it contradicts, and is no proof.
 *
 * @param diffs What the stream told, in order, without a loss up to the last one.
 */
export function evidenceOf(rule: ContinuityRule, snapshot: DepthSnapshot, diffs: readonly DepthDiff[]): Evidence {
  const number = numberOf(snapshot);
  if (number === undefined) return 'none';
  const isIn = (diff: DepthDiff): boolean => (numberOf(positionOf(diff)) ?? Infinity) <= number;
  // Where a loss leaves no trace, only the diff that the snapshot stands by is known to be the last one in it.
  const received = diffs.filter(
    (diff) => isIn(diff) && (rule.isBlind !== true || numberOf(positionOf(diff)) === number),
  );
  const blurred = diffs.filter((diff) => !isIn(diff) && beginsBy(diff, number));
  const reach = reachOf(snapshot);
  const sides = [
    sideEvidence(snapshot.bids, reach.bid, -1, received.flatMap(bidsOf), blurred.flatMap(bidsOf)),
    sideEvidence(snapshot.asks, reach.ask, 1, received.flatMap(asksOf), blurred.flatMap(asksOf)),
  ];
  if (sides.includes('contradicts')) return 'contradicts';
  return sides.includes('agrees') ? 'agrees' : 'none';
}

const bidsOf = ({ bids }: DepthDiff): readonly PriceLevel[] => bids;
const asksOf = ({ asks }: DepthDiff): readonly PriceLevel[] => asks;

/** Whether a part of the diff may be in a snapshot of that number, though it ends behind it. */
const beginsBy = ({ firstSequence, previousSequence }: DepthDiff, number: number): boolean =>
  (firstSequence !== undefined && firstSequence <= number) ||
  (previousSequence !== undefined && previousSequence < number);

/** @param limit The worst price that the snapshot tells of; `undefined` where the side is told to be empty. */
function sideEvidence(
  side: readonly PriceLevel[],
  limit: PriceLevel | undefined,
  sign: -1 | 1,
  received: readonly PriceLevel[],
  blurred: readonly PriceLevel[],
): Evidence {
  const [ours, theirs] = [side, received].map((levels) => sideOf(levels, sign));
  let evidence: Evidence = 'none';
  for (const one of received) {
    const { price } = one.exact;
    const isOut = limit !== undefined && comparePrices(one, limit) * sign > 0;
    if (isOut || blurred.some((other) => comparePrices(other, one) === 0)) continue;
    const level = theirs?.get(price);
    if (ours?.get(price)?.size !== level?.size) return 'contradicts';
    if (level !== undefined) evidence = 'agrees';
  }
  return evidence;
}
