import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { type Columns, fieldsOf } from './columns.js';
import { eventRows } from './eventRows.js';

/** The name of an event type, as the venue writes it. */
export type DxLinkEventType = keyof typeof eventRows;

type Head = 'event' | 'instrument' | 'receivedTime';
type RowOf<T extends DxLinkEventType> = ReturnType<(typeof eventRows)[T]>;
type ValuesOf<T extends DxLinkEventType> = {
  readonly [K in Exclude<keyof RowOf<T>, Head>]?: RowOf<T>[K] | undefined;
};

/**
 * One event. Fields have the venue's names; a value the venue has not is absent, whatever it writes for that (`"NaN"`,
 * infinities, `null`, a time of 0, `UNDEFINED`, NUL). Times in ms; 64-bit ids as texts.
 */
export type DxLinkEvent<T extends DxLinkEventType = DxLinkEventType> = T extends DxLinkEventType
  ? {
      readonly event: T;
      /** The venue's symbol, `eventSymbol` on the wire. */
      readonly instrument: string;
      readonly receivedTime: number;
    } & ValuesOf<T>
  : never;

const fields: Partial<Record<DxLinkEventType, Readonly<Record<string, t.Mixed>>>> = {};

/** The fields of a type beside the symbol, in the order in which they are asked for, and the codec of each. */
const eventFields = (type: DxLinkEventType): Readonly<Record<string, t.Mixed>> =>
  (fields[type] ??= fieldsOf(eventRows[type]));

/** What makes an event of the columns that are asked for. */
export const rowReader = (type: DxLinkEventType): ((row: Columns) => DxLinkEvent) => eventRows[type];

/** As the venue spells a field of ours. */
export const wireName = (field: string): string => (field === 'vwap' ? 'VWAP' : field);

/** What is asked for of a type. The symbol comes first, as in the venue's own clients. */
export const requestedFields = (type: DxLinkEventType): readonly string[] => [
  'eventSymbol',
  ...Object.keys(eventFields(type)).map(wireName),
];

export const isEventType = (text: string): text is DxLinkEventType => Object.hasOwn(eventRows, text);

/** Whether events of a type change a list that is kept by their index. */
export const isKeptByIndex = (type: DxLinkEventType): boolean => 'index' in eventFields(type);

/** Without these an event means something else: what it sets, and for whom; and where it stands, in a list that is kept by index. */
const STRUCTURE: readonly string[] = ['eventSymbol', 'eventFlags', 'index', 'source'];
const PLACE: readonly string[] = ['time', 'sequence'];
const MEANING: Partial<Record<DxLinkEventType, readonly string[]>> = {
  Quote: ['bidPrice', 'bidSize', 'askPrice', 'askSize'],
  Order: ['orderSide', 'price', 'size'],
  SpreadOrder: ['orderSide', 'price', 'size'],
  AnalyticOrder: ['orderSide', 'price', 'size'],
  TimeAndSale: ['type', 'price', 'size'],
  OptionSale: ['type', 'price', 'size'],
};

/** What of an event may be missing without its meaning another thing. */
export const spareFields = (type: DxLinkEventType): readonly string[] =>
  Object.keys(eventFields(type)).filter(
    (field) =>
      !STRUCTURE.includes(field) &&
      !(PLACE.includes(field) && isKeptByIndex(type)) &&
      MEANING[type]?.includes(field) !== true,
  );

const Symbol = { eventSymbol: t.string };
const codecs: Partial<Record<DxLinkEventType, t.Decoder<unknown, Readonly<Record<string, unknown>>>>> = {};

/** The codec of a row of one type, `dxlink.Quote` for instance. */
export const rowCodec = (type: DxLinkEventType): t.Decoder<unknown, Readonly<Record<string, unknown>>> =>
  (codecs[type] ??= frame(`dxlink.${type}`, Symbol, eventFields(type)));
