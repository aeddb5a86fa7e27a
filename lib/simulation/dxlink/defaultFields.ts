const COMMON = ['eventSymbol', 'eventTime'];
const INDEXED = [...COMMON, 'eventFlags', 'index', 'time', 'sequence'];
const TRADE = [
  ...COMMON,
  ...['time', 'timeNanoPart', 'sequence', 'exchangeCode', 'price', 'change', 'size', 'dayId', 'dayVolume'],
  ...['dayTurnover', 'tickDirection', 'extendedTradingHours'],
];
const ORDER = [
  ...INDEXED,
  ...['timeNanoPart', 'source', 'action', 'actionTime', 'orderId', 'auxOrderId', 'price', 'size', 'executedSize'],
  ...['count', 'exchangeCode', 'orderSide', 'scope', 'tradeId', 'tradePrice', 'tradeSize'],
];

/**
 * What a client of COMPACT is sent that asks for no fields, as tastytrade's own does: all of a type (`asyncapi.yml` of
 * dxFeed/dxLink, 1.0.2; of the same order).
 */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  Quote: [
    ...COMMON,
    ...['sequence', 'timeNanoPart', 'bidTime', 'bidExchangeCode', 'bidPrice', 'bidSize', 'askTime', 'askExchangeCode'],
    ...['askPrice', 'askSize'],
  ],
  Trade: TRADE,
  TradeETH: TRADE,
  Summary: [
    ...COMMON,
    ...['dayId', 'dayOpenPrice', 'dayHighPrice', 'dayLowPrice', 'dayClosePrice', 'dayClosePriceType', 'prevDayId'],
    ...['prevDayClosePrice', 'prevDayClosePriceType', 'prevDayVolume', 'openInterest'],
  ],
  Profile: [
    ...COMMON,
    ...['description', 'shortSaleRestriction', 'tradingStatus', 'statusReason', 'haltStartTime', 'haltEndTime'],
    ...['highLimitPrice', 'lowLimitPrice', 'high52WeekPrice', 'low52WeekPrice', 'beta', 'earningsPerShare'],
    ...['dividendFrequency', 'exDividendAmount', 'exDividendDayId', 'shares', 'freeFloat'],
  ],
  Greeks: [...INDEXED, 'price', 'volatility', 'delta', 'gamma', 'theta', 'rho', 'vega'],
  TheoPrice: [...INDEXED, 'price', 'underlyingPrice', 'delta', 'gamma', 'dividend', 'interest'],
  Underlying: [
    ...INDEXED,
    ...['volatility', 'frontVolatility', 'backVolatility', 'callVolume', 'putVolume', 'optionVolume', 'putCallRatio'],
  ],
  Series: [
    ...INDEXED,
    ...['expiration', 'volatility', 'callVolume', 'putVolume', 'putCallRatio', 'forwardPrice', 'dividend', 'interest'],
  ],
  Candle: [
    ...INDEXED,
    ...['count', 'open', 'high', 'low', 'close', 'volume', 'VWAP', 'bidVolume', 'askVolume', 'impVolatility'],
    'openInterest',
  ],
  TimeAndSale: [
    ...INDEXED,
    ...['timeNanoPart', 'exchangeCode', 'price', 'size', 'bidPrice', 'askPrice', 'exchangeSaleConditions'],
    ...['tradeThroughExempt', 'aggressorSide', 'spreadLeg', 'extendedTradingHours', 'validTick', 'type', 'buyer'],
    'seller',
  ],
  Order: [...ORDER, 'marketMaker'],
  SpreadOrder: [...ORDER, 'spreadSymbol'],
};

export const defaultFields = (type: string): readonly string[] => DEFAULTS[type] ?? COMMON;
