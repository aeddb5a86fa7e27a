import { checkOneOf } from '../../errors/checks.js';
import { aDuration, aNumber, aText, checkOptions, checkText } from '../../errors/optionRules.js';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { isJsonObject } from '../../codec/jsonObject.js';
import type { Unread } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { FaultNotice } from '../../model/fault.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { normalSymbol } from './candleSymbol.js';
import { contractOf } from './contracts.js';
import { type DxLinkEvent, type DxLinkEventType, rowCodec, spareFields } from './eventTypes.js';
import type { DxLinkBookOptions, DxLinkEventOptions } from './exchange.js';
import type { DxLinkOrder } from './orders.js';
import { feedTopic } from './topics.js';

/** Whom a channel tells of what it leaves out. */
export type Report = (fault: FaultNotice) => void;

const contracts = ['AUTO', 'TICKER', 'STREAM', 'HISTORY'] as const;
const eventRules = { contract: aText, source: aText, from: aNumber };
const bookRules = { source: aText, type: aText, refreshEvery: aDuration };

/** The events of one type and symbol. */
export function eventChannel<T extends DxLinkEventType>(
  type: T,
  symbol: string,
  options: DxLinkEventOptions,
  report: Report,
): ChannelSpec<DxLinkEvent<T>> {
  checkText('symbol', /^\S+$/, 'a streamer symbol such as AAPL', symbol);
  checkOptions('options', options, eventRules);
  const { contract = contractOf(type), source, from } = options;
  checkOneOf('contract', contracts, contract);
  const topic = feedTopic({ contract, type, symbol: normalSymbol(symbol), source, fromTime: from });
  return { topic, decode: eventReader(type, leftOutOf(topic.key, report)) };
}

/** The orders of one source, of which a book is made. */
export const orderChannel = (symbol: string, options: DxLinkBookOptions, report: Report): ChannelSpec<DxLinkOrder> => {
  checkOptions('options', options, bookRules);
  const { source = 'NTV', type = 'Order' } = options;
  checkOneOf('type', ['Order', 'SpreadOrder', 'AnalyticOrder'], type);
  return eventChannel(type, symbol, { source }, report);
};

/**
 * What a channel of one event type reads its rows with. Of a row that can't be read, a field that may be missing costs
 * itself, and is told; where nobody is told, and for any other field, the row is refused.
 */
export function eventReader<T extends DxLinkEventType>(
  type: T,
  leftOut?: Unread,
): (payload: unknown, at: number) => Either<t.Errors, DxLinkEvent<T>> {
  const codec = rowCodec(type);
  return (payload, at) => {
    let result = codec.decode(payload);
    if (result._tag === 'Left' && leftOut !== undefined) result = codec.decode(spared(type, payload, leftOut));
    if (result._tag === 'Left') return result;
    const { eventSymbol, ...values } = result.right;
    const event = { event: type, instrument: eventSymbol, receivedTime: at, ...values };
    return t.success(event as DxLinkEvent<T>);
  };
}

/** The row without what of it can't be read and may be missing. */
function spared(type: DxLinkEventType, row: unknown, leftOut: Unread): unknown {
  if (!isJsonObject(row)) return row;
  const wrong = spareFields(type).filter(([field, codec]) => codec.decode(row[field])._tag === 'Left');
  for (const [field, { name }] of wrong) leftOut(`dxlink.${type}/${field}: ${name}`, row);
  const fields = wrong.map(([field]) => field);
  return Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));
}
