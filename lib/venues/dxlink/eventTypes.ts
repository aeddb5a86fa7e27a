import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { Attachment, Char, Count, Double, Flag, Index, Side, Time, Word, Words } from './scalars.js';

/** What an event of a list that is kept by index has beside its own fields. */
const indexed = { eventFlags: Count, index: Index, time: Time, sequence: Count };

const trade = {
  time: Time,
  timeNanoPart: Count,
  sequence: Count,
  exchangeCode: Char,
  price: Double,
  change: Double,
  size: Double,
  dayId: Count,
  dayVolume: Double,
  dayTurnover: Double,
  tickDirection: Word,
  extendedTradingHours: Flag,
};
const order = {
  ...indexed,
  timeNanoPart: Count,
  source: Words,
  action: Word,
  actionTime: Time,
  orderId: Index,
  auxOrderId: Index,
  price: Double,
  size: Double,
  executedSize: Double,
  count: Count,
  exchangeCode: Char,
  orderSide: Side,
  scope: Word,
  tradeId: Index,
  tradePrice: Double,
  tradeSize: Double,
};
const sale = {
  ...indexed,
  timeNanoPart: Count,
  exchangeCode: Char,
  price: Double,
  size: Double,
  bidPrice: Double,
  askPrice: Double,
  exchangeSaleConditions: Words,
  tradeThroughExempt: Char,
  aggressorSide: Word,
  spreadLeg: Flag,
  extendedTradingHours: Flag,
  validTick: Flag,
  type: Word,
};

/**
 * Every event type and its fields beside `eventSymbol`. Source of names and kinds: `asyncapi.yml` of dxFeed/dxLink
 * (1.0.2), its field `VWAP` in the library's spelling. The fields asked for are these.
 */
const eventFields = {
  Quote: {
    sequence: Count,
    timeNanoPart: Count,
    bidTime: Time,
    bidExchangeCode: Char,
    bidPrice: Double,
    bidSize: Double,
    askTime: Time,
    askExchangeCode: Char,
    askPrice: Double,
    askSize: Double,
  },
  Trade: trade,
  TradeETH: trade,
  Summary: {
    dayId: Count,
    dayOpenPrice: Double,
    dayHighPrice: Double,
    dayLowPrice: Double,
    dayClosePrice: Double,
    dayClosePriceType: Word,
    prevDayId: Count,
    prevDayClosePrice: Double,
    prevDayClosePriceType: Word,
    prevDayVolume: Double,
    openInterest: Count,
  },
  Profile: {
    description: Words,
    shortSaleRestriction: Word,
    tradingStatus: Word,
    statusReason: Words,
    haltStartTime: Time,
    haltEndTime: Time,
    highLimitPrice: Double,
    lowLimitPrice: Double,
    high52WeekPrice: Double,
    low52WeekPrice: Double,
    beta: Double,
    earningsPerShare: Double,
    dividendFrequency: Double,
    exDividendAmount: Double,
    exDividendDayId: Count,
    shares: Double,
    freeFloat: Double,
  },
  Greeks: {
    ...indexed,
    price: Double,
    volatility: Double,
    delta: Double,
    gamma: Double,
    theta: Double,
    rho: Double,
    vega: Double,
  },
  TheoPrice: {
    ...indexed,
    price: Double,
    underlyingPrice: Double,
    delta: Double,
    gamma: Double,
    dividend: Double,
    interest: Double,
  },
  Underlying: {
    ...indexed,
    volatility: Double,
    frontVolatility: Double,
    backVolatility: Double,
    callVolume: Double,
    putVolume: Double,
    // The Python client asks for it, too; a server that has none leaves it out.
    optionVolume: Double,
    putCallRatio: Double,
  },
  Series: {
    ...indexed,
    expiration: Count,
    volatility: Double,
    callVolume: Double,
    putVolume: Double,
    putCallRatio: Double,
    forwardPrice: Double,
    dividend: Double,
    interest: Double,
  },
  Candle: {
    ...indexed,
    count: Count,
    open: Double,
    high: Double,
    low: Double,
    close: Double,
    volume: Double,
    vwap: Double,
    bidVolume: Double,
    askVolume: Double,
    impVolatility: Double,
    openInterest: Double,
  },
  TimeAndSale: { ...sale, buyer: Words, seller: Words },
  OptionSale: { ...sale, underlyingPrice: Double, volatility: Double, delta: Double, optionSymbol: Words },
  Order: { ...order, marketMaker: Words },
  SpreadOrder: { ...order, spreadSymbol: Words },
  AnalyticOrder: {
    ...order,
    marketMaker: Words,
    icebergPeakSize: Double,
    icebergHiddenSize: Double,
    icebergExecutedSize: Double,
    icebergType: Word,
  },
  Configuration: { version: Count, attachment: Attachment },
  Message: { attachment: Attachment },
} as const;

/** The name of an event type, as the venue writes it. */
export type DxLinkEventType = keyof typeof eventFields;

type FieldsOf<T extends DxLinkEventType> = (typeof eventFields)[T];
type ValuesOf<T extends DxLinkEventType> = {
  readonly [K in keyof FieldsOf<T>]?: (FieldsOf<T>[K] extends t.Mixed ? t.TypeOf<FieldsOf<T>[K]> : never) | undefined;
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

/** As the venue spells a field of ours. */
export const wireName = (field: string): string => (field === 'vwap' ? 'VWAP' : field);

/** What is asked for of a type. The symbol comes first, as in the venue's own clients. */
export const requestedFields = (type: DxLinkEventType): readonly string[] => [
  'eventSymbol',
  ...Object.keys(eventFields[type]).map(wireName),
];

export const isEventType = (text: string): text is DxLinkEventType => Object.hasOwn(eventFields, text);

/** Whether events of a type change a list that is kept by their index. */
export const isKeptByIndex = (type: DxLinkEventType): boolean => 'index' in eventFields[type];

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
  Object.keys(eventFields[type]).filter(
    (field) =>
      !STRUCTURE.includes(field) &&
      !(PLACE.includes(field) && isKeptByIndex(type)) &&
      MEANING[type]?.includes(field) !== true,
  );

const Symbol = { eventSymbol: t.string };
const codecs: Partial<Record<DxLinkEventType, t.Decoder<unknown, Readonly<Record<string, unknown>>>>> = {};

/** The codec of a row of one type, `dxlink.Quote` for instance. */
export const rowCodec = (type: DxLinkEventType): t.Decoder<unknown, Readonly<Record<string, unknown>>> =>
  (codecs[type] ??= frame(`dxlink.${type}`, Symbol, eventFields[type]));
