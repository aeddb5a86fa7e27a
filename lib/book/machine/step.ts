import type { BookContext } from './context.js';
import { onDiff } from './diff.js';
import type { BookInput } from './input.js';
import { requestAgain } from './mending.js';
import { unnumbered } from './numbering.js';
import { onBegun, onConfirmed, onLost, onMissed, onReset, onResync, onSilence } from './session.js';
import { onAnswer, onSnapshot } from './snapshot.js';
import { type Machine, type Step, stepTo } from './state.js';

const nothingYet: Machine = {
  phase: 'down',
  claim: { status: 'syncing' },
  mending: {
    pending: 0,
    request: 0,
    attempt: 0,
    liveSince: Infinity,
    hasJoined: false,
    doubtedAt: -Infinity,
    staleSince: Infinity,
  },
  numbering: unnumbered,
  isClean: false,
};

/** What is emitted before anything happened. */
export const firstStep: Step = stepTo(nothingYet, { state: nothingYet.claim, events: [] });

/**
 * A book and all that keeps it right: what comes of one input. Pure but for the tally of its context. Knows neither RxJS nor
 * a clock: the same inputs at the same times give the same steps.
 *
 *     down ──begun──▶ requesting ──snapshot──▶ following ──diff──▶ following
 *                     listening  ──(by request,    │
 *                         ▲         or in band)    │
 *                         └── gap, checksum, crossed, resync      lost: from anywhere to down
 *
 * - A book goes stale in the very step that notices a loss; its claim keeps the last book that was right.
 * - One snapshot is wanted at a time, under a number; an answer to any other number is passed over.
 * - The events it emits are a stream that a fold of somebody's own can trust: reset, snapshot, diffs that continue it.
 */
export function advance(context: BookContext, state: Machine, input: BookInput): Step {
  switch (input.type) {
    case 'diff':
      return onDiff(context, state, input);
    case 'snapshot':
      return onSnapshot(context, state, input);
    case 'reset':
      return onReset(context, state, input);
    case 'begun':
      return onBegun(context, state);
    case 'confirmed':
      return onConfirmed(context, state);
    case 'lost':
      return onLost(context, state, input);
    case 'answered':
      // An answer that comes after the session it was requested in, or after a newer request, is nobody's.
      return input.request === state.mending.pending ? onAnswer(context, state, input.snapshot) : stepTo(state);
    case 'failed':
      return input.request === state.mending.pending
        ? requestAgain(context, stepTo(state), input.text, input.atLeast)
        : stepTo(state);
    case 'missed':
      return onMissed(context, state, input.count);
    case 'silence':
      return onSilence(context, state);
    case 'resync':
      return onResync(context, state, input.isPlanned);
  }
}
