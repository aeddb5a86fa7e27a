import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';

/** The one kind of wire. */
export const GROUP = 'public';

/** What a channel is asked for by. Answers and errors have the same fields. */
export interface BitfinexFields {
  readonly channel: string;
  readonly symbol?: string;
  /** Of candles: `trade:1m:tBTCUSD`. */
  readonly key?: string;
  readonly prec?: string;
  readonly freq?: string;
  readonly len?: string;
}

/** Symbols are as the venue writes them: `tBTCUSD`, `tDOGE:USD`, `tBTCF0:USTF0`. Those of funding (`fUSD`) are of another kind. */
export function symbolOf(symbol: string): string {
  checkText('symbol', /^t[^\s",\\]+$/, 'a symbol of trading, which begins with t', symbol);
  return symbol;
}

/** The key of a channel: `book:tBTCUSD:P0:F0:100`. */
export const keyOf = ({
  channel,
  symbol,
  key,
  prec,
  freq,
  len,
}: Readonly<Record<keyof BitfinexFields, unknown>>): string =>
  [channel, symbol ?? key, ...(channel === 'book' ? [prec, freq, len] : [])].map(String).join(':');

/** A channel with what it is asked for by. */
export const channelOf = <T>(
  fields: BitfinexFields,
  decode: (payload: unknown, at: number) => Either<Errors, T>,
): ChannelSpec<T> => {
  const { channel, symbol, key, prec, freq, len } = fields;
  const named = { channel, symbol, key, prec, freq, len };
  return { topic: { key: keyOf(named), group: GROUP, fromStart: true, detail: fields }, decode };
};
