import { reader } from '../../../codec/read.js';
import { checkWhole } from '../../../errors/checks.js';
import { aNumber, checkOptions } from '../../../errors/optionRules.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { TickBarFrame } from '../frames.js';
import { type TradestationStreamRequest, marketDataRequest, symbolOf, topicOf } from '../topics.js';

/** Which bars of ticks. */
export interface TradestationTicks {
  /** How many ticks make a bar, 1 to 64,999. Default: 1. */
  readonly ticks?: number;
  /** How many bars of the past, 1 to 10. Default: 1. */
  readonly barsBack?: number;
}

/** @throws InvalidArgumentError for what the venue would not take. */
export function tickBarsRequest(symbol: string, options: TradestationTicks): TradestationStreamRequest {
  checkOptions('options', options, { ticks: aNumber, barsBack: aNumber });
  const { ticks = 1, barsBack = 1 } = options;
  const name = symbolOf(symbol);
  checkWhole('ticks', 64_999, ticks);
  checkWhole('barsBack', 10, barsBack);
  const path = `/v2/stream/tickbars/${encodeURIComponent(name)}/${ticks}/${barsBack}`;
  return marketDataRequest('tickBars', 'tickbars', path, {}, { symbol: name, ticks, barsBack });
}

export const tickBarsChannel = (
  request: TradestationStreamRequest,
  instrument: string,
): ChannelSpec<TradestationTickBar> => ({
  topic: topicOf(request),
  decode: reader(TickBarFrame, tickBarOf(instrument)),
});

/** A bar of ticks. Its `status` is the venue's own set of bits. */
export interface TradestationTickBar {
  readonly instrument: string;
  /** The price of its last tick, in quote units. */
  readonly close: number;
  /** Sum of the sizes of its ticks. */
  readonly volume: number;
  /** The same as decimal texts. */
  readonly exact: { readonly close: string; readonly volume: string };
  /** Built from ticks as they come, not from the past. */
  readonly isRealtime: boolean;
  /** The last one from the past. It holds no trade. */
  readonly isEndOfHistory: boolean;
  /** The venue’s bits, of which the two above are read. */
  readonly status: number;
  /** When it ended, in ms. */
  readonly venueTime: number;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}

const REAL_TIME = 1 << 1;
function tickBarOf(instrument: string) {
  return ({ Close, TotalVolume, TimeStamp, Status }: TickBarFrame, at: number): TradestationTickBar => ({
    instrument,
    close: Number(Close),
    volume: Number(TotalVolume),
    exact: { close: Close, volume: TotalVolume },
    isRealtime: (Status & REAL_TIME) !== 0,
    isEndOfHistory: (Status & (1 << 29)) !== 0,
    status: Status,
    venueTime: TimeStamp,
    receivedTime: at,
  });
}
