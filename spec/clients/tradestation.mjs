// A client of TradeStation that others wrote, against a server named on the command line. Answers each line of its input
// by one line of JSON:
//
//     state   what its streams have come to, as its user would fold them
//     rest    what its requests were answered
//     close   ends the stream of quotes
//
//     node tradestation.mjs <http base> <accounts> <order id>
import { Console } from 'node:console';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers';
import { TradeStationClient } from 'tradestation-api-ts';

// The client logs what it does: not among the lines that are read.
globalThis.console = new Console(process.stderr, process.stderr);
const [, , base, accounts] = process.argv;
const client = new TradeStationClient({
  clientId: 'me',
  refresh_token: 'simulated-refresh-token',
  environment: 'Simulation',
});
// It has no option for another server.
client.httpClient.axiosInstance.defaults.baseURL = base;
client.httpClient.tokenManager.axiosInstance.defaults.baseURL = base;

const state = { quotes: {}, bars: {}, orders: {}, byId: {}, positions: {}, whole: {}, depth: {}, aggregates: {} };
const told = { heartbeats: 0, ends: [], errors: [], snapshots: [], begun: 0, option: undefined };
const { marketData, brokerage } = client;

const listen = (name, emitter, take) => {
  emitter.on('data', (frame) => {
    if ('Heartbeat' in frame) told.heartbeats += 1;
    else if ('StreamStatus' in frame) told.snapshots.push(`${name} ${frame.StreamStatus}`);
    else if ('Error' in frame) told.errors.push([name, frame]);
    else take(frame);
  });
  return emitter;
};
const byPosition = (held) => (frame) => {
  if (frame.Deleted === true) delete held[frame.PositionID];
  else held[frame.PositionID] = { ...held[frame.PositionID], ...frame };
};

let quotes;
const openQuotes = async () => {
  const seen = new Set();
  const emitter = await marketData.streamQuotes(['MSFT', 'AAPL', 'ESM26']);
  told.begun += 1;
  quotes = listen('quotes', emitter, (frame) => {
    // The first one of a symbol is whole, and replaces what was known.
    const before = seen.has(frame.Symbol) ? state.quotes[frame.Symbol] : {};
    seen.add(frame.Symbol);
    state.quotes[frame.Symbol] = { ...before, ...frame };
  });
  emitter.on('end', () => {
    told.ends.push('quotes');
    // It announces to come back by itself, and does not.
    setImmediate(openQuotes);
  });
};
await openQuotes();
listen('bars', await marketData.streamBars('MSFT', { interval: '1', unit: 'Minute', barsback: 3 }), (bar) => {
  state.bars[bar.Epoch] = bar;
});
listen('depth', await marketData.streamMarketDepth('MSFT', { maxlevels: 10 }), (book) => {
  state.depth = book;
});
listen('aggregates', await marketData.streamMarketDepthAggregates('MSFT', { maxlevels: 10 }), (book) => {
  state.aggregates = book;
});
listen('orders', await brokerage.streamOrders(accounts), (order) => {
  state.orders[order.OrderID] = order;
});
listen('positions', await brokerage.streamPositions(accounts, true), byPosition(state.positions));
listen('whole', await brokerage.streamPositions(accounts, false), byPosition(state.whole));
listen('chain', await marketData.streamOptionChain('MSFT', { strikeProximity: 1 }), (spread) => {
  told.option = spread;
});

const rest = async () => {
  const [first] = Object.keys(state.orders);
  const orders = await brokerage.getOrders(accounts);
  return {
    accounts: await brokerage.getAccounts(),
    balances: await brokerage.getBalances(accounts),
    positions: await brokerage.getPositions(accounts),
    orders,
    first,
    byId: await brokerage.getOrdersByOrderID(accounts, `${first},1`),
    quotes: await marketData.getQuoteSnapshots(['MSFT', 'NOPE']),
    bars: await marketData.getBarHistory('MSFT', { interval: '1', unit: 'Minute', barsback: 3 }),
  };
};
const answers = {
  state: () => ({ ...state, ...told }),
  rest,
  close: () => {
    quotes.emit('close');
    return {};
  },
};
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answers[line]())}\n`);
}
process.exit(0);
