import type { DepthReset } from '../../model/depthEvent.js';
import { broken } from './breaks.js';
import type { BookContext } from './context.js';
import type { BookInput } from './input.js';
import {
  requestSnapshot,
  requestOnce,
  invalidate,
  emptied,
  fall,
  isOwnBeginning,
  noted,
  untrusted,
} from './mending.js';
import { afterSession, unnumbered } from './numbering.js';
import { type Machine, type Step, stepTo } from './state.js';

/** Where a session begins its book. */
const firstPhase = ({ join }: BookContext): 'requesting' | 'listening' =>
  join === 'request' ? 'requesting' : 'listening';

/** A session opens: nothing of the one before counts. Its numbers are remembered, to know where they begin anew. */
export function onBegun(context: BookContext, state: Machine): Step {
  const { claim, mending, isClean } = state;
  const numbering = afterSession(state.numbering);
  if (isOwnBeginning(context, state)) return stepTo({ phase: 'listening', claim, mending, numbering, isClean });
  const opened = { ...state, mending: { ...mending, attempt: 0, hasJoined: false }, numbering };
  return fall(context, stepTo(opened), 'connected', firstPhase(context));
}

/** The session is over, or what came in it can't be counted on. */
export function onLost(context: BookContext, state: Machine, { reason }: Extract<BookInput, { type: 'lost' }>): Step {
  if (state.phase === 'down') return stepTo(state);
  if (reason !== 'gap') return fall(context, stepTo(state), 'disconnected', 'down');
  if (isOwnBeginning(context, state)) {
    const { claim, mending, numbering, isClean } = state;
    return stepTo({ phase: 'down', claim, mending, numbering, isClean });
  }
  return fall(context, noted(context, stepTo(state), broken('gap')), 'gap', 'down');
}

/** The venue says that the stream starts over: a snapshot follows by itself, or is requested. */
export function onReset(context: BookContext, state: Machine, { reason }: DepthReset): Step {
  if (state.phase === 'down') return stepTo(state);
  const fallen = fall(context, stepTo({ ...state, numbering: unnumbered }), reason, firstPhase(context));
  return fallen.state.phase === 'requesting' ? requestOnce(context, fallen) : fallen;
}

/** Every later change arrives: a snapshot requested now is not older than the stream. */
export const onConfirmed = (context: BookContext, state: Machine): Step =>
  state.phase === 'requesting' ? requestOnce(context, stepTo(state)) : stepTo(state);

/**
 * A message is missing. Where diffs are numbered the next one tells; where nothing does, or none can be read any more, the book
 * is as good as broken. One that waits for a snapshot in the stream may have missed just that.
 */
export function onMissed(context: BookContext, state: Machine, count = 0): Step {
  const step = stepTo(state);
  if (state.phase === 'listening') return requestOnce(context, step);
  if (state.phase === 'down' || (!context.rule.isBlind && count < 3)) return step;
  if (state.phase === 'following')
    return invalidate(context, step, 'gap', { note: broken('gap', { text: 'message missing' }) });
  // Whether a snapshot that is under way holds what is missing is not known.
  if (state.held.count === 0) return state.mending.pending > 0 ? requestSnapshot(context, step) : step;
  // It claims nothing, and the message itself is reported: many in a row are no news of each book.
  context.tally.early += state.held.count;
  context.tally.gaps += 1;
  return requestSnapshot(context, stepTo({ ...state, ...emptied(state.numbering), candidate: undefined }));
}

/** The book stays: if nothing was lost, the next diff continues it. */
export function onSilence(context: BookContext, state: Machine): Step {
  if (state.phase !== 'following' || state.claim.status !== 'live') return stepTo(state);
  const { claim, mending } = untrusted(context, state, 'silent');
  return claim.status === 'stale' ? stepTo({ ...state, claim, mending }, { state: claim, events: [] }) : stepTo(state);
}

/**
 * Somebody asks for a mending of the book. One that is being mended already goes on being mended, and one whose stream is not
 * known to flow yet has its snapshot when it is: what is requested now would be live without what follows it.
 */
export function onResync(context: BookContext, state: Machine, isPlanned = false): Step {
  if (state.phase === 'listening') return requestOnce(context, stepTo(state));
  if (state.phase !== 'following') return stepTo(state);
  // Where it is planned nothing is wrong, and no pause is due.
  const { mending } = state;
  const begun = isPlanned ? { ...state, mending: { ...mending, attempt: 0 } } : state;
  return invalidate(context, stepTo(begun), 'resync');
}
