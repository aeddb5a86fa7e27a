// The official client of dxLink, as its own page shows it, against a server named on the command line. Prints what its
// listeners are told, one JSON text a line; does what its input says, a line each: `remove` leaves a quote, `end` all.
//
//     node dxlink.mjs <ws url> <token>
import { Console } from 'node:console';
import { createRequire } from 'node:module';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

// Node 20 has none, and the client takes the browser's.
globalThis.WebSocket ??= WebSocket;
// The client logs what it does: not among the lines that are read.
globalThis.console = new Console(process.stderr, process.stderr);
const { DXLinkWebSocketClient, DXLinkFeed, DXLinkDepthOfMarket, FeedContract, FeedDataFormat } = createRequire(
  import.meta.url,
)('@dxfeed/dxlink-api');
const tell = (kind, value) => process.stdout.write(`${JSON.stringify({ kind, value })}\n`);

const [, , url, token] = process.argv;
const client = new DXLinkWebSocketClient();
client.addAuthStateChangeListener((state) => tell('auth', state));
client.addConnectionStateChangeListener((state) => tell('connection', state));
client.addErrorListener((error) => tell('error', error));
client.setAuthToken(token);
client.connect(url);

const feed = new DXLinkFeed(client, FeedContract.AUTO);
feed.configure({
  acceptAggregationPeriod: 0.1,
  acceptDataFormat: FeedDataFormat.COMPACT,
  acceptEventFields: {
    Quote: ['eventSymbol', 'bidPrice', 'askPrice', 'bidSize', 'askSize'],
    Trade: ['eventSymbol', 'price', 'size', 'time'],
    Greeks: ['eventSymbol', 'time', 'price', 'volatility', 'delta', 'gamma', 'theta', 'rho', 'vega'],
    Candle: ['eventSymbol', 'eventFlags', 'time', 'sequence', 'open', 'high', 'low', 'close', 'volume'],
    TimeAndSale: ['eventSymbol', 'eventFlags', 'time', 'sequence', 'price', 'size', 'type'],
    // Its JSON.parse loses the last digits of `index`: orders are told apart by `orderId`.
    Order: ['eventSymbol', 'eventFlags', 'orderId', 'time', 'source', 'orderSide', 'price', 'size'],
  },
});
feed.addEventListener((events) => {
  for (const event of events) tell('event', event);
});
feed.addConfigChangeListener((config) => tell('config', config.dataFormat));
const from = Date.now() - 600_000;
tell('from', from);
feed.addSubscriptions(
  { type: 'Quote', symbol: 'AAPL' },
  { type: 'Quote', symbol: 'SPX' },
  { type: 'Trade', symbol: 'AAPL' },
  { type: 'Greeks', symbol: '.AAPL250117C195' },
  { type: 'Candle', symbol: 'AAPL{=m}', fromTime: from },
  { type: 'TimeAndSale', symbol: 'AAPL' },
  { type: 'Order', symbol: 'AAPL', source: 'NTV' },
);
const dom = new DXLinkDepthOfMarket(client, {
  symbol: 'AAPL',
  sources: ['ntv'],
});
dom.configure({ acceptAggregationPeriod: 0.2, acceptDepthLimit: 3 });
dom.addSnapshotListener((time, bids, asks) => tell('dom', { time, bids, asks }));

const obey = {
  remove: () => {
    feed.removeSubscriptions({ type: 'Quote', symbol: 'SPX' });
    tell('removed', 'SPX');
  },
  end: () => {
    feed.close();
    dom.close();
    client.disconnect();
    process.exit(0);
  },
};
createInterface({ input: process.stdin }).on('line', (word) => obey[word]());
