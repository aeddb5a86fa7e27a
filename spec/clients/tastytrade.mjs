// The official client of tastytrade, as its own page shows it, against a server named on the command line. Prints what
// its observers are told, one JSON text a line.
//
//     node tastytrade.mjs <http base> <ws base> <account> <types and actions to wait for, with commas>
import { Console } from 'node:console';
import process from 'node:process';
import { setTimeout } from 'node:timers';
import { WebSocket } from 'ws';
import TastytradeClient from '@tastytrade/api';

// Node 20 has none, and the client takes the browser's.
globalThis.WebSocket ??= WebSocket;
// The client logs what it does: not among the lines that are read.
globalThis.console = new Console(process.stderr, process.stderr);
const tell = (kind, value) => process.stdout.write(`${JSON.stringify({ kind, value })}\n`);

const [, , baseUrl, accountStreamerUrl, account, wanted] = process.argv;
const client = new TastytradeClient({
  baseUrl,
  accountStreamerUrl,
  clientSecret: 'simulated-client-secret',
  refreshToken: 'simulated-refresh-token',
  oauthScopes: ['read', 'trade'],
  targetApiVersion: '20251101',
});
const awaited = new Set(wanted.split(','));
const done = new Promise((resolve) => {
  client.accountStreamer.addMessageObserver((message) => {
    tell('message', message);
    awaited.delete(message.type ?? message.action);
    if (awaited.size === 0) resolve();
  });
});
client.accountStreamer.addStreamerStateObserver((state) => tell('state', state));

await client.accountStreamer.start();
tell('connect', await client.accountStreamer.subscribeToAccounts([account]));
tell('alerts', await client.accountStreamer.subscribeTo('quote-alerts-subscribe'));
tell('watchlists', await client.accountStreamer.subscribeTo('public-watchlists-subscribe'));
tell('messages', await client.accountStreamer.subscribeToUser('U0001'));
const {
  balancesAndPositionsService: holdings,
  orderService,
  accountStatusService,
  accountsAndCustomersService,
  instrumentsService,
} = client;
tell('positions', await holdings.getPositionsList(account));
tell('balances', await holdings.getAccountBalanceValues(account));
tell('liveOrders', await orderService.getLiveOrders(account));
tell('tradingStatus', await accountStatusService.getAccountStatus(account));
tell('share', await instrumentsService.getSingleEquity('NOK'));
tell('precisions', await instrumentsService.getQuantityDecimalPrecisions());
tell('accounts', await accountsAndCustomersService.getCustomerAccounts());
tell('quoteToken', await client.accountsAndCustomersService.getApiQuoteToken());
// Its market data: dxLink at the address and with the token that the venue names, without a list of fields.
const quotes = [];
client.quoteStreamer.addEventListener((events) => quotes.push(...events));
await client.quoteStreamer.connect();
client.quoteStreamer.subscribe(['AAPL', '.AAPL250117C195']);
await done;
while (new Set(quotes.map(({ eventType }) => eventType)).size < 6)
  await new Promise((resolve) => setTimeout(resolve, 50));
for (const event of quotes) tell('quote', event);
client.accountStreamer.stop();
process.exit(0);
