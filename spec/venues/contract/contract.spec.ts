import type { BinanceExchange } from '../../../lib/venues/binance/index.js';
import type { BitfinexExchange } from '../../../lib/venues/bitfinex/index.js';
import type { BitstampExchange } from '../../../lib/venues/bitstamp/index.js';
import { bybit, type BybitExchange } from '../../../lib/venues/bybit/index.js';
import type { CoinbaseExchange } from '../../../lib/venues/coinbase/index.js';
import type { DeribitExchange } from '../../../lib/venues/deribit/index.js';
import type { HyperliquidExchange } from '../../../lib/venues/hyperliquid/index.js';
import type { KrakenExchange } from '../../../lib/venues/kraken/index.js';
import type { KucoinExchange } from '../../../lib/venues/kucoin/index.js';
import type { OkxExchange } from '../../../lib/venues/okx/index.js';
import { binanceUnderTest, coinmUnderTest } from './binance.js';
import { bitfinexUnderTest } from './bitfinex.js';
import { bitstampUnderTest } from './bitstamp.js';
import { hyperliquidUnderTest } from './hyperliquid.js';
import { bybitUnderTest } from './bybit.js';
import { coinbaseAdvancedUnderTest, coinbaseExchangeUnderTest } from './coinbase.js';
import { holdsTheContract } from './contract.js';
import { deribitUnderTest } from './deribit.js';
import { krakenUnderTest, krakenV1UnderTest } from './kraken.js';
import { kucoinUnderTest } from './kucoin.js';
import { okxUnderTest } from './okx.js';

holdsTheContract(binanceUnderTest);
holdsTheContract(coinmUnderTest);
holdsTheContract(bitfinexUnderTest);
holdsTheContract(bitstampUnderTest);
holdsTheContract(bybitUnderTest);
holdsTheContract(hyperliquidUnderTest);
holdsTheContract({
  ...bybitUnderTest,
  name: 'bybit, options',
  make: (options) => bybit({ ...options, category: 'option' }),
  channels: {},
  nth: (exchange, n) => exchange.book(`BTC-${n}`),
  limits: { ...bybitUnderTest.limits, topicsPerRequest: 2_000 },
  page: {
    ...bybitUnderTest.page,
    opens: (exchange, frame) => (frame.includes('"orderbook.25') ? bybitUnderTest.page.opens(exchange, frame) : 'none'),
    least: 1,
  },
});
holdsTheContract(coinbaseExchangeUnderTest);
holdsTheContract(coinbaseAdvancedUnderTest);
holdsTheContract(deribitUnderTest);
holdsTheContract(krakenUnderTest);
holdsTheContract(krakenV1UnderTest);
holdsTheContract(kucoinUnderTest);
holdsTheContract(okxUnderTest);

/** Read by the compiler: a channel that a venue lacks is not in its type. */
export const lacks = {
  // @ts-expect-error Bybit has no aggregate trades
  bybit: 'aggregateTrades' satisfies keyof BybitExchange,
  // @ts-expect-error nor has OKX
  okx: 'aggregateTrades' satisfies keyof OkxExchange,
  // @ts-expect-error nor has Deribit
  deribit: 'aggregateTrades' satisfies keyof DeribitExchange,
  // @ts-expect-error nor has KuCoin
  kucoin: 'aggregateTrades' satisfies keyof KucoinExchange,
  // @ts-expect-error nor has Bitfinex
  bitfinex: 'aggregateTrades' satisfies keyof BitfinexExchange,
  // @ts-expect-error nor has Bitstamp
  bitstamp: 'aggregateTrades' satisfies keyof BitstampExchange,
  // @ts-expect-error nor has Coinbase
  coinbase: 'aggregateTrades' satisfies keyof CoinbaseExchange,
  // @ts-expect-error nor has Kraken
  kraken: 'aggregateTrades' satisfies keyof KrakenExchange,
  // @ts-expect-error nor has Hyperliquid
  hyperliquid: 'aggregateTrades' satisfies keyof HyperliquidExchange,
  // @ts-expect-error books by order are not everywhere
  byOrder: 'bookByOrder' satisfies keyof KrakenExchange,
  // @ts-expect-error Binance has no fills
  binance: 'fills' satisfies keyof BinanceExchange,
};

/** Likewise, and never run: what channels can be asked for. */
export function isInTheTypes(
  two: BybitExchange,
  three: OkxExchange,
  four: DeribitExchange,
  five: BitfinexExchange,
  six: BitstampExchange,
): void {
  // @ts-expect-error a depth that Deribit does not have
  four.book('BTC-PERPETUAL', { depth: 50 });
  // @ts-expect-error a depth that Bybit does not have
  two.book('BTCUSDT', { depth: 500 });
  // @ts-expect-error an interval that is spelled otherwise at OKX
  three.candles('BTC-USDT', '1h');
  // @ts-expect-error Bitfinex tells orders by another method
  five.book('tBTCUSD', { precision: 'R0' });
  // @ts-expect-error a book that is told by levels has no orders behind them
  five.book('tBTCUSD').subscribe((state) => state.status === 'live' && state.book.bestBid?.orders);
  six.bookByOrder('btcusd').subscribe((state) => state.status === 'live' && state.book.bestBid?.orders);
  // @ts-expect-error a channel that OKX does not have
  three.book('BTC-USDT', { channel: 'books1' });
}
