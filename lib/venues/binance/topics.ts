import type { Type } from 'io-ts';
import { reader } from '../../codec/read.js';
import { checkText } from '../../errors/optionRules.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BinanceGroup, BinanceMarket } from './endpoint.js';

/** Symbols are lower case in stream names and upper case everywhere else. */
export function symbolOf(symbol: string): string {
  checkText('symbol', /^[^\s@/?&#%+"\\]+$/, 'a symbol', symbol);
  return symbol.toUpperCase();
}

/** Makes the channels of one kind of stream. `detail` is what its name ends in: an interval, a speed. */
export type ChannelOf<T> = (market: BinanceMarket, symbol: string, detail?: string) => ChannelSpec<T>;

/**
 * @param usdmGroup Which wire of USD-M carries it. Spot has one for all.
 * @param stream The part of its name after the symbol, `trade` for instance.
 */
export function channelOf<A, T>(
  usdmGroup: BinanceGroup,
  stream: string,
  codec: Type<A, unknown>,
  to: (value: A, at: number) => T,
): ChannelOf<T> {
  const decode = reader(codec, to);
  return (market, symbol, detail = '') => ({
    topic: {
      key: `${symbolOf(symbol).toLowerCase()}@${stream}${detail}`,
      group: market === 'spot' ? market : usdmGroup,
    },
    decode,
  });
}
