import { decimalOf } from '../../codec/decimalOf.js';
import { sparingReader } from '../../codec/sparing.js';
import { checkOneOf } from '../../errors/checks.js';
import type { TradeNumber } from '../../feed/countedTrades.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { type DeribitInterval, intervals } from './depth.js';
import { TradesFrame, type TradeRow } from './frames.js';
import { channelOf, instrumentOf } from './topics.js';

/** Kinds of instruments whose trades can be had together. */
export type DeribitKind = 'future' | 'option' | 'spot' | 'any';
const kinds: readonly DeribitKind[] = ['future', 'option', 'spot', 'any'];

/** A trade with its number. */
export interface DeribitTrade extends Trade {
  /** One more with each trade of its instrument; absent where the venue tells none. */
  readonly sequence: number | undefined;
}

/** Trades of one instrument. One that can't be read costs itself, and is told. */
export const tradesChannel = (
  instrument: string,
  interval: DeribitInterval,
  report: Report,
): ChannelSpec<readonly DeribitTrade[]> => tradesOf(instrumentOf(instrument), interval, report);

/** Trades of all instruments of a kind that have a currency in common; `any` for all of either. */
export function allTradesChannel(
  kind: DeribitKind,
  currency: string,
  interval: DeribitInterval,
  report: Report,
): ChannelSpec<readonly DeribitTrade[]> {
  checkOneOf('kind', kinds, kind);
  return tradesOf(`${kind}.${instrumentOf(currency)}`, interval, report);
}

function tradesOf(what: string, interval: DeribitInterval, report: Report): ChannelSpec<readonly DeribitTrade[]> {
  checkOneOf('interval', intervals, interval);
  const channel = `trades.${what}.${interval}`;
  const read = sparingReader(TradesFrame, ['*'], leftOutOf(channel, report), (rows, at) =>
    rows.map((row) => tradeOf(row, at)),
  );
  return channelOf(channel, read);
}

const tradeOf = (row: TradeRow, at: number): DeribitTrade => {
  const { instrument_name: instrument, trade_id: id, price, amount, direction, timestamp, trade_seq: sequence } = row;
  return {
    instrument,
    id,
    price: decimalOf(price),
    size: decimalOf(amount),
    exact: { price, size: amount },
    side: direction,
    venueTime: timestamp,
    receivedTime: at,
    sequence,
  };
};

/** The numbers of a message's trades. */
export const numbersOf = (trades: readonly DeribitTrade[]): readonly TradeNumber[] =>
  trades.map(({ instrument, sequence }) => ({ instrument, number: sequence }));
