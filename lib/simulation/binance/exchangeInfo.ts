import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { decimalText } from '../market/units.js';
import type { BinanceLimits } from './limits.js';
import type { BinanceMarket } from './streamName.js';

/**
 * The body of `exchangeInfo`, with the keys that the venue's pages name, so that clients find what they look for. Nothing can
 * be traded here: what only orders would meet is as usual at the venue.
 */
export function exchangeInfo(
  market: BinanceMarket,
  source: SimulatedMarket,
  limits: BinanceLimits,
  symbols: readonly string[],
): string {
  const instruments = symbols.flatMap((symbol) => source.instrument(symbol) ?? []);
  const quotes = new Set(instruments.map(({ spec }) => spec.quote));
  const assets = [...quotes].map((asset) => ({ asset, marginAvailable: true, autoAssetExchange: '-10000' }));
  return JSON.stringify({
    timezone: 'UTC',
    serverTime: source.now(),
    ...(market === 'usdm' ? { futuresType: 'U_MARGINED', assets } : {}),
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: limits.weightPerMinute },
    ],
    exchangeFilters: [],
    symbols: instruments.map(market === 'spot' ? spotSymbol : usdmSymbol),
  });
}

const spotSymbol = (instrument: SimulatedInstrument): object => {
  const { spec } = instrument;
  const types = ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT'];
  return {
    symbol: spec.symbol,
    status: 'TRADING',
    baseAsset: spec.base,
    baseAssetPrecision: 8,
    quoteAsset: spec.quote,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: types,
    icebergAllowed: true,
    ocoAllowed: true,
    otoAllowed: true,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: true,
    cancelReplaceAllowed: true,
    amendAllowed: true,
    pegInstructionsAllowed: true,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    filters: filters(instrument, 8),
    permissions: [],
    permissionSets: [['SPOT']],
    defaultSelfTradePreventionMode: 'EXPIRE_MAKER',
    allowedSelfTradePreventionModes: ['EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH'],
  };
};

/** A perpetual contract, margined in its quote. */
const usdmSymbol = (instrument: SimulatedInstrument): object => {
  const { spec, units } = instrument;
  return {
    symbol: spec.symbol,
    pair: spec.symbol,
    contractType: 'PERPETUAL',
    deliveryDate: 4133404800000,
    onboardDate: 1569398400000,
    status: 'TRADING',
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset: spec.base,
    quoteAsset: spec.quote,
    marginAsset: spec.quote,
    pricePrecision: units.priceDecimals,
    quantityPrecision: units.sizeDecimals,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: ['PoW'],
    settlePlan: 0,
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    filters: filters(instrument, 0),
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  };
};

function filters({ units }: SimulatedInstrument, padding: number): readonly object[] {
  const tickSize = decimalText(1, units.priceDecimals, padding);
  const stepSize = decimalText(1, units.sizeDecimals, padding);
  const most = (whole: number): string => whole.toFixed(padding);
  return [
    { filterType: 'PRICE_FILTER', minPrice: tickSize, maxPrice: most(1_000_000), tickSize },
    { filterType: 'LOT_SIZE', minQty: stepSize, maxQty: most(9_000_000), stepSize },
  ];
}
