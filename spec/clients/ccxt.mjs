// ccxt as its manual shows it, against a server named on the command line. Prints what its loops are told, one JSON text a
// line; ends to watch what is named on its input, a line each.
//
//     node ccxt.mjs <spot|future> <http url> <ws url> <symbol>
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import ccxt from 'ccxt';

const [, , type, http, ws, symbol] = process.argv;
const exchange = new ccxt.pro.binance({
  enableRateLimit: false,
  options: {
    defaultType: type,
    fetchCurrencies: false,
    fetchMarkets: { types: [type === 'spot' ? 'spot' : 'linear'] },
  },
});
Object.assign(exchange.urls.api, { public: `${http}/api/v3`, fapiPublic: `${http}/fapi/v1` });
Object.assign(exchange.urls.api.ws, { spot: `${ws}/ws`, future: `${ws}/ws` });
// For sockets without TLS.
await exchange.loadHttpProxyAgent();
const interval = type === 'spot' ? '1s' : '1m';

const tell = (kind, value) => process.stdout.write(`${JSON.stringify({ kind, value })}\n`);
/** What comes of losses and of leaving. */
const SURVIVED = ['ChecksumError', 'NetworkError', 'UnsubscribeError'];
const watching = new Set(['book', 'trades', 'ohlcv', 'ticker']);
async function follow(kind, watch) {
  while (watching.has(kind)) {
    try {
      tell(kind, await watch());
    } catch (error) {
      const { name } = error.constructor;
      tell('error', { kind, name });
      // What is met again and again would leave no room for anything else.
      if (!SURVIVED.includes(name)) throw error;
      await setImmediate();
    }
  }
}

const { base, quote, settle, precision } = (await exchange.loadMarkets())[symbol];
tell('market', { base, quote, settle, precision });
tell('fetched', {
  book: await exchange.fetchOrderBook(symbol),
  trades: await exchange.fetchTrades(symbol),
  ohlcv: await exchange.fetchOHLCV(symbol, '1m'),
  ticker: await exchange.fetchTicker(symbol),
  tickers: Object.keys(await exchange.fetchTickers()),
});
follow('book', async () => {
  const { nonce, bids, asks } = await exchange.watchOrderBook(symbol);
  return { nonce, bids, asks };
});
follow('trades', () => exchange.watchTrades(symbol));
follow('ohlcv', () => exchange.watchOHLCV(symbol, interval));
follow('ticker', () => exchange.watchTicker(symbol));

const leave = {
  book: () => exchange.unWatchOrderBook(symbol),
  trades: () => exchange.unWatchTrades(symbol),
  ohlcv: () => exchange.unWatchOHLCV(symbol, interval),
  ticker: () => exchange.unWatchTicker(symbol),
};
createInterface({ input: process.stdin })
  .on('line', (kind) => {
    watching.delete(kind);
    leave[kind]().then(
      () => tell('left', kind),
      (error) => tell('error', { kind: `leaving ${kind}`, name: String(error) }),
    );
  })
  .on('close', () => process.exit(0));
