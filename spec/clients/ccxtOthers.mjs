// ccxt as its manual shows it, of venues that need nothing but addresses, against a server named on the command line. Prints
// what its loops are told, one JSON text a line.
//
//     node ccxtOthers.mjs <okx|kraken|coinbase> <http url> <ws url> <symbol>
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import ccxt from 'ccxt';

const [, , name, http, ws, symbol] = process.argv;
const exchange = new ccxt.pro[name]({ enableRateLimit: false, options: { fetchMarkets: { types: ['spot'] } } });
const { api } = exchange.urls;
const addresses = {
  okx: () => Object.assign(api, { rest: http, ws: `${ws}/ws/v5` }),
  kraken: () => {
    api.public = http;
    api.ws.publicV2 = `${ws}/v2`;
  },
  coinbase: () => Object.assign(api, { rest: http, ws }),
};
addresses[name]();
// For sockets without TLS.
await exchange.loadHttpProxyAgent();

const tell = (kind, value) => process.stdout.write(`${JSON.stringify({ kind, value })}\n`);
async function follow(kind, watch) {
  for (;;) {
    try {
      tell(kind, await watch());
    } catch (error) {
      const { name: type } = error.constructor;
      tell('error', { kind, name: type });
      if (type !== 'NetworkError') throw error;
      await setImmediate();
    }
  }
}

const { base, quote, precision } = (await exchange.loadMarkets())[symbol];
tell('market', { base, quote, precision });
tell('fetched', {
  book: await exchange.fetchOrderBook(symbol),
  trades: await exchange.fetchTrades(symbol),
  ohlcv: await exchange.fetchOHLCV(symbol, '1m'),
  ticker: await exchange.fetchTicker(symbol),
  tickers: Object.keys(await exchange.fetchTickers()),
});
follow('book', async () => {
  const { bids, asks } = await exchange.watchOrderBook(symbol);
  return { bids, asks };
});
follow('trades', () => exchange.watchTrades(symbol));
follow('ticker', () => exchange.watchTicker(symbol));
process.stdin.on('close', () => process.exit(0)).resume();
