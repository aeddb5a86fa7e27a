import { type OperatorFunction, defer, scan, tap } from 'rxjs';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { flatten } from './flatten.js';

/** What a message comes to: what is known from then on, and what is emitted of it, in order. */
export interface Known<S, U> {
  readonly known: S;
  readonly emitted: readonly U[];
}

/** How the messages of one session fold. */
export interface SessionFold<T, S, U> {
  /** What is known before the first message: made anew for each session. */
  readonly begin: () => S;
  /** What a message of the session makes of what is known, and what is told of it. */
  readonly message: (known: S, value: T) => Known<S, U>;
  /**
   * A message could not be read: `discard` what is known, or what else is to be done (`resubscribe` of the context). Default:
   * nothing; the next message says it whole.
   */
  readonly missed?: 'discard' | (() => void) | undefined;
}

/** What a session has come to. */
interface Session<S, U> extends Known<S, U | undefined> {
  readonly hasEmitted: boolean;
}

/**
 * Folds the messages of a channel that mean something together, each session by itself: with a session goes what was known.
 *
 *     channel       -b-1-2--l--b-3---    b begun, l lost
 *     foldSession   ---x-y--u----z---    u is `undefined`: what was emitted is no more
 *
 * @returns An operator, for `foldedChannel`. Errors with what the channel errors with and with what `message` throws.
 */
export const foldSession =
  <T, S, U>({ begin, message, missed }: SessionFold<T, S, U>): OperatorFunction<ChannelEvent<T>, U | undefined> =>
  (events$) =>
    defer(() => {
      const begun = (hadEmitted: boolean): Session<S, U> => ({
        known: begin(),
        emitted: hadEmitted ? [undefined] : [],
        hasEmitted: false,
      });
      const advance = ({ known, hasEmitted }: Session<S, U>, event: ChannelEvent<T>): Session<S, U> => {
        if (event.type === 'message') {
          const next = message(known, event.value);
          const { emitted } = next;
          // Field by field: each message makes one.
          return { known: next.known, emitted, hasEmitted: hasEmitted || emitted.length > 0 };
        }
        const { type } = event;
        const isDiscarded = type === 'begun' || type === 'lost' || (type === 'missed' && missed === 'discard');
        return isDiscarded ? begun(hasEmitted) : { known, emitted: [], hasEmitted };
      };
      return events$.pipe(
        tap(({ type }) => {
          if (type === 'missed' && typeof missed === 'function') missed();
        }),
        scan(advance, begun(false)),
        flatten(({ emitted }) => emitted),
      );
    });
