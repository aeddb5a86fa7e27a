import { replaceRule } from '../../book/continuity/replace.js';
import { reader } from '../../codec/read.js';
import { check, checkOneOf } from '../../errors/checks.js';
import type { BookSpec } from '../../feed/books.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { BookFrame } from './frames.js';
import { channelOf, coinOf, keyOf } from './topics.js';

/** To so many digits that count prices are put together. */
export type HyperliquidDigits = 2 | 3 | 4 | 5;
/** With 5 digits: the last one goes in steps of so much. */
export type HyperliquidMantissa = 1 | 2 | 5;

/** Which of the venue's books of a coin. */
export interface HyperliquidView {
  readonly fast: boolean;
  readonly digits: HyperliquidDigits | undefined;
  readonly mantissa: HyperliquidMantissa | undefined;
}

/**
 * One book: 20 levels a side about every 5 s, or 5 of them twice a second (`fast`), whole in each frame. Frames don't say to how
 * many digits they are: of these a wire has one for each coin.
 */
export function depthOf(
  coin: string,
  { fast, digits, mantissa }: HyperliquidView,
): Pick<BookSpec, 'rule'> & { readonly source: ChannelSpec<DepthEvent> } {
  checkOneOf('digits', [2, 3, 4, 5, undefined], digits);
  checkOneOf('mantissa', [1, 2, 5, undefined], mantissa);
  check('mantissa', mantissa === undefined || digits === 5, 'none without 5 digits', mantissa);
  check('fast', !fast || digits === undefined, 'not with digits', fast);
  const subscription = {
    type: 'l2Book',
    coin: coinOf(coin),
    ...(digits !== undefined && { nSigFigs: digits }),
    ...(mantissa !== undefined && { mantissa }),
    ...(fast && { fast }),
  };
  const slot = fast ? undefined : keyOf({ type: 'l2Book', coin });
  return { source: channelOf(subscription, reader(BookFrame, toSnapshot), slot), rule: replaceRule };
}

const toSnapshot = ({ coin, time, levels: [bids, asks] }: BookFrame, receivedTime: number): DepthEvent => ({
  type: 'snapshot',
  instrument: coin,
  bids,
  asks,
  venueTime: time,
  receivedTime,
});
