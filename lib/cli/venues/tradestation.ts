import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { NEVER, map } from 'rxjs';
import { parseFaults, simulatedTradestation } from '../../simulation/index.js';
import {
  tradestation,
  type TradestationBars,
  type TradestationExchange,
  tradestationStreams,
} from '../../venues/tradestation/index.js';
import type { SimulatedCliVenue } from './cliVenue.js';
import { recordedTradestation } from './recordedTradestation.js';
import { tradestationPositions, tradestationTable } from './tradestationTable.js';

/** The login of the simulated venue. There is no other: a token does not belong on a command line. */
const LOGIN = { clientId: 'simulated', refreshToken: 'simulated-refresh-token' };
/** An account as `--instrument` names it where orders are watched. */
const ACCOUNT = /^SIM\w+$/;
const SIMULATED_ACCOUNT = 'SIM0000001M';

const BARS: Readonly<Record<string, TradestationBars>> = {
  '1m': { interval: 1 },
  '5m': { interval: 5 },
  '15m': { interval: 15 },
  '1h': { interval: 60 },
  '1d': { unit: 'Daily' },
  '1w': { unit: 'Weekly' },
  '1M': { unit: 'Monthly' },
};

export const tradestationVenue: SimulatedCliVenue = {
  name: 'tradestation',
  markets: ['live', 'simulator'],
  channels: ['book', 'quotes', 'candles', 'account', 'orders'],
  intervals: () => Object.keys(BARS),
  instrument: 'MSFT',
  simulated: ['live', 'simulator'],
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: (text) => {
    parseFaults(text);
  },
  ...opening<TradestationExchange>({
    streams: tradestationStreams,
    connect: (options) => {
      const { market, url, restUrl } = options;
      const base = (restUrl ?? url)?.replace(/^ws/, 'http');
      return tradestation({
        ...commonOptions(options),
        login: LOGIN,
        environment: market === 'simulator' ? 'simulator' : 'live',
        ...(base !== undefined && { baseUrl: base, tokenUrl: `${base}/oauth/token` }),
      });
    },
    show: (exchange) => ({
      ...exchange,
      quotes: (symbol) => exchange.quote(symbol),
      candles: (symbol, interval) => exchange.candles(symbol, { ...BARS[interval], history: 50 }),
      // Those it tells have neither an id nor a side.
      trades: () => NEVER,
      ticker: () => {
        throw new RangeError('tradestation has no ticker');
      },
      table: (instrument, channel) => {
        const accounts = [ACCOUNT.test(instrument) ? instrument : SIMULATED_ACCOUNT];
        return channel === 'account'
          ? exchange.positions(accounts).pipe(map(tradestationPositions))
          : exchange.orderStates(accounts).pipe(map(tradestationTable));
      },
    }),
  }),
  simulate: ({ seed, faults }) => simulatedTradestation({ seed, faults: parseFaults(faults) }),
  recorded: recordedTradestation,
  demonstration: {
    faults: 'goAway@12s/30s,halfLine@25s/30s,missingOrders@5s/10s',
    note: 'Simulated: every 15 s a stream ends or breaks, every 10 s an order is left out.',
  },
};
