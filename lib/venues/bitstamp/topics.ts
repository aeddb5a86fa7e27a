import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';

/** The one kind of wire. */
export const GROUP = 'public';

/** Pairs are lower case, without a sign between: `btcusd`. */
export function pairOf(pair: string): string {
  checkText('pair', /^[A-Za-z0-9_-]+$/, 'a pair like btcusd', pair);
  return pair.toLowerCase();
}

/** A channel under the venue's own name: `diff_order_book_btcusd`. */
export const channelOf = <T>(
  kind: string,
  pair: string,
  decode: (payload: unknown, at: number) => Either<Errors, T>,
): ChannelSpec<T> => ({ topic: { key: `${kind}_${pair}`, group: GROUP, fromStart: true }, decode });
