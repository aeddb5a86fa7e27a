import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { Topic } from '../../socket/plan.js';
import { GROUP } from './endpoint.js';

/** A subscription: the channel, the one symbol of it, and what else shapes it, in the venue's words. */
export interface Detail {
  readonly channel: string;
  readonly symbol: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

/** Symbols are upper case: `BTC/USD`, in v1 `XBT/USD`. */
export function symbolOf(symbol: string): string {
  checkText('symbol', /^[^\s",:\\/]+\/[^\s",:\\/]+$/, 'a symbol like BTC/USD', symbol);
  return symbol.toUpperCase();
}

/** The subscription that a topic of ours stands for. */
export const detailOf = ({ detail }: Topic): Detail => detail as Detail;

/**
 * The channel of one symbol.
 *
 * @param name The channel with what shapes it: `book-10`.
 * @param slot What frames tell of it, where that is less: two of one slot can't be told apart on a wire.
 */
export function channelOf<T>(
  name: string,
  detail: Detail,
  decode: (payload: unknown, at: number) => Either<Errors, T>,
  slot?: string,
): ChannelSpec<T> {
  const { symbol } = detail;
  return {
    topic: {
      key: `${name}:${symbol}`,
      group: GROUP,
      slot: slot === undefined ? undefined : `${slot}:${symbol}`,
      fromStart: true,
      detail,
    },
    decode,
  };
}
