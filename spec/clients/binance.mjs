// The venue's own client of Binance spot, as its page shows it, against a server named on the command line. Prints what its
// listeners are told, one JSON text a line; unsubscribes what is named on its input, a line each.
//
//     node binance.mjs <http url> <ws url> <symbol>
import { Console } from 'node:console';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Spot } from '@binance/spot';

// The client logs what it does: not among the lines that are read.
globalThis.console = new Console(process.stderr, process.stderr);
const [, , basePath, wsURL, symbol] = process.argv;
const tell = (kind, value) =>
  process.stdout.write(
    `${JSON.stringify({ kind, value }, (_, one) => (typeof one === 'bigint' ? Number(one) : one))}\n`,
  );

const client = new Spot({
  configurationRestAPI: { apiKey: 'none', basePath, timeUnit: 'MICROSECOND' },
  configurationWebsocketStreams: { wsURL, reconnectDelay: 100, timeUnit: 'MICROSECOND' },
});
const data = async (answer) => (await answer).data();
tell('fetched', {
  info: await data(client.restAPI.exchangeInfo()),
  depth: await data(client.restAPI.depth({ symbol })),
  trades: await data(client.restAPI.getTrades({ symbol })),
  aggregates: await data(client.restAPI.aggTrades({ symbol })),
  klines: await data(client.restAPI.klines({ symbol, interval: '1s' })),
  day: await data(client.restAPI.ticker24hr({ symbol })),
});

const connection = await client.websocketStreams.connect();
connection.on('close', () => tell('closed'));
const streams = {
  trade: connection.trade({ symbol: symbol.toLowerCase() }),
  aggTrade: connection.aggTrade({ symbol: symbol.toLowerCase() }),
  depth: connection.diffBookDepth({ symbol: symbol.toLowerCase(), updateSpeed: '100ms' }),
  kline: connection.kline({ symbol: symbol.toLowerCase(), interval: '1s' }),
  ticker: connection.ticker({ symbol: symbol.toLowerCase() }),
};
for (const [kind, stream] of Object.entries(streams)) stream.on('message', (message) => tell(kind, message));
createInterface({ input: process.stdin }).on('line', (kind) => {
  streams[kind].unsubscribe();
  tell('left', kind);
});
