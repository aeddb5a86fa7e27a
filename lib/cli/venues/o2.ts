import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { map } from 'rxjs';
import { candlesFromTrades } from '../../operators/candlesFromTrades.js';
import { parseFaults, simulatedAccountId, simulatedO2 } from '../../simulation/index.js';
import { o2, type O2Chain, type O2Exchange, o2Streams } from '../../venues/o2/index.js';
import { bestOfBook } from './bestOfBook.js';
import type { SimulatedCliVenue } from './cliVenue.js';
import { balanceTable, orderTable } from './o2Table.js';
import { recordedO2 } from './recordedO2.js';

const CHAINS: readonly O2Chain[] = ['mainnet', 'testnet', 'devnet'];
/** Made of trades: the venue has no stream of candles. */
const INTERVALS: Readonly<Record<string, number>> = {
  '1s': 1_000,
  '10s': 10_000,
  '1m': 60_000,
  '5m': 300_000,
  '1h': 3_600_000,
};
/** An account as `--instrument` names it where orders or balances are watched. */
const ACCOUNT = /^0x[0-9a-f]{64}$/i;

export const o2Venue: SimulatedCliVenue = {
  name: 'o2',
  markets: CHAINS,
  channels: ['book', 'trades', 'quotes', 'candles', 'orders', 'balances'],
  intervals: () => Object.keys(INTERVALS).sort((a) => (a === '1m' ? -1 : 1)),
  instrument: 'ETH/USDT',
  simulated: CHAINS,
  spell: (instrument) => instrument,
  checkFaults: (text) => {
    parseFaults(text);
  },
  ...opening<O2Exchange>({
    streams: o2Streams,
    // Requests go to the host of the socket, whatever the socket's path is.
    connect: (options) => {
      const { market, url } = options;
      const chain = CHAINS.find((name) => name === market) ?? 'mainnet';
      return o2({ ...commonOptions(options), chain, ...(url !== undefined && { url }) });
    },
    show: (exchange) => ({
      ...exchange,
      quotes: (pair) => bestOfBook(exchange.book(pair)),
      candles: (pair, interval) =>
        exchange.trades(pair).pipe(candlesFromTrades({ interval: INTERVALS[interval] ?? 60_000, name: interval })),
      ticker: () => {
        throw new RangeError('o2 has no ticker');
      },
      table: (instrument, channel) => {
        const account = ACCOUNT.test(instrument) ? instrument : simulatedAccountId(1);
        return channel === 'balances'
          ? exchange.balances(account).pipe(map(balanceTable))
          : exchange.openOrders(account).pipe(map(orderTable));
      },
    }),
  }),
  simulate: ({ seed, faults }) => simulatedO2({ seed, faults: parseFaults(faults) }),
  recorded: recordedO2,
  demonstration: {
    faults: 'negativeSizes@8s/20s,closeCleanly@16s/20s,refuseConnections@16s+3s/20s',
    note: "Simulated: every 20 s an update can't be; 8 s later the wire is lost for 3 s.",
  },
};
