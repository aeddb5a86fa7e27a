import { checkOneOf } from '../../../errors/checks.js';
import { aDuration, aNumber, aText, checkOptions, checkText } from '../../../errors/optionRules.js';
import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { type Unread, sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { normalSymbol } from '../candleSymbol.js';
import { ReadEvent } from '../session/compactRows.js';
import { contractOf } from './contracts.js';
import { type DxLinkEvent, type DxLinkEventType, rowCodec, spareFields } from '../eventTypes.js';
import type { DxLinkBookOptions, DxLinkEventOptions } from '../exchange.js';
import type { DxLinkOrder } from './orders.js';
import { feedTopic } from '../topics.js';

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
export const orderChannel = (
  symbol: string,
  { source, type }: Pick<BookChoice, 'source' | 'type'>,
  report: Report,
): ChannelSpec<DxLinkOrder> => eventChannel(type, symbol, { source }, report);

/** Which orders, with defaults. */
export type BookChoice = Required<Pick<DxLinkBookOptions, 'source' | 'type'>> & Pick<DxLinkBookOptions, 'refreshEvery'>;

/** @throws InvalidArgumentError for options that can't be meant. */
export function checkedBook(options: DxLinkBookOptions): BookChoice {
  checkOptions('options', options, bookRules);
  const { source = 'NTV', type = 'Order', refreshEvery } = options;
  checkOneOf('type', ['Order', 'SpreadOrder', 'AnalyticOrder'], type);
  return { source, type, ...(refreshEvery !== undefined && { refreshEvery }) };
}

/**
 * What a channel of one event type reads its rows with. Of a row that can't be read, a field that may be missing costs
 * itself, and each is told; where nobody is told, and for any other field, the row is refused.
 */
export function eventReader<T extends DxLinkEventType>(
  type: T,
  leftOut?: Unread,
): (payload: unknown, at: number) => Either<t.Errors, DxLinkEvent<T>> {
  const toEvent = ({ eventSymbol, ...values }: Readonly<Record<string, unknown>>, at: number): DxLinkEvent<T> =>
    ({ event: type, instrument: eventSymbol, receivedTime: at, ...values }) as DxLinkEvent<T>;
  const places = leftOut === undefined ? [] : spareFields(type);
  const read = sparingReader(
    rowCodec(type),
    places,
    (paths, row) => paths.forEach((path) => leftOut?.([path], row)),
    toEvent,
  );
  return (payload, at) =>
    payload instanceof ReadEvent ? t.success(payload.received(at) as DxLinkEvent<T>) : read(payload, at);
}
