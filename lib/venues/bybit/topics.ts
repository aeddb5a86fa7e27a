import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { LONGEST_SYMBOL } from './endpoint.js';

/** The one kind of wire. */
export const GROUP = 'public';

const SYMBOL = new RegExp(`^[^\\s",.\\\\]{1,${LONGEST_SYMBOL}}$`);

/** Symbols are upper case: `BTCUSDT`, `BTC-28APR23-30000-C`. */
export function symbolOf(symbol: string): string {
  checkText('symbol', SYMBOL, `a symbol of at most ${LONGEST_SYMBOL} characters`, symbol);
  return symbol.toUpperCase();
}

/** A channel under the venue's own name of its topic. */
export const channelOf = <T>(
  topic: string,
  decode: (payload: unknown, at: number) => Either<Errors, T>,
): ChannelSpec<T> => ({ topic: { key: topic, group: GROUP, fromStart: true }, decode });
