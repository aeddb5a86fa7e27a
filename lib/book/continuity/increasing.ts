import type { DepthDiff } from '../../model/depthEvent.js';
import {
  type BookPosition,
  type ContinuityRule,
  type Following,
  type Joining,
  type NumberSteps,
  beginsNumbers,
} from './rule.js';

/** So many times the widest step is no step of the same counting, once there were some steps to tell by. */
const JUMP = 1_000;
const TOLD_BY = 3;
/** After so many jumps in a session they are how its numbers are. */
const JUMPS = 8;

/**
 * Each diff has one sequence, above that of the diff before, but not necessarily the next one. A lost diff can't be seen:
 * only a crossed book or an audit tells, or the diff itself where it comes too late. For venues of which it is not known whether they leave numbers out.
 */
export const increasingRule: ContinuityRule = {
  name: 'increasing',
  isBlind: true,
  join(snapshot: BookPosition, diff: DepthDiff): Joining {
    if (this.next(snapshot, diff) === 'stale') return 'stale';
    // A snapshot from before the first number: a later one than that was preceded by a lost one.
    const isUnbegun = snapshot.sequence !== undefined && snapshot.sequence <= 0;
    return isUnbegun && !beginsNumbers(diff.lastSequence) ? 'ahead' : 'joins';
  },
  next({ sequence }: BookPosition, { lastSequence }: DepthDiff): Following {
    if (sequence === undefined || lastSequence === undefined) return 'next';
    return lastSequence <= sequence ? 'stale' : 'next';
  },
  // Where a loss leaves no trace, only a step wider than all others by far shows that numbers began anew further on.
  isJump: ({ widest, count, past, jumps }: NumberSteps, step: number): boolean =>
    widest > 0 && (count > TOLD_BY || past !== undefined) && jumps < JUMPS && step > JUMP * widest,
};
