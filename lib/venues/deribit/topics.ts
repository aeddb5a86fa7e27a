import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';

/** The one kind of wire. */
export const GROUP = 'api';

/**
 * Names stay as they are: `BTC-PERPETUAL`, `BTC-24SEP21-8000-P`, `MATIC_USDC-9MAR24-1d02-C` with its decimal point in lower
 * case.
 */
export function instrumentOf(instrument: string): string {
  checkText('instrument', /^[^\s",.\\]+$/, 'the name of an instrument', instrument);
  return instrument;
}

/** A channel under the venue's own name. */
export const channelOf = <T>(
  channel: string,
  decode: (payload: unknown, at: number) => Either<Errors, T>,
): ChannelSpec<T> => ({ topic: { key: channel, group: GROUP, fromStart: true }, decode });
