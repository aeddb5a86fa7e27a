import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { map, throwError, type Observable } from 'rxjs';
import { parseFaults, simulatedTastytrade } from '../../simulation/index.js';
import {
  tastytrade,
  type TastytradeLogin,
  type TastytradeExchange,
  tastytradeStreams,
} from '../../venues/tastytrade/index.js';
import { UsageError } from '../args/usageError.js';
import type { RecordedVenue, SimulatedCliVenue } from './cliVenue.js';
import { tastytradeTable } from './tastytradeTable.js';

const ACCOUNT = '5WT00000';
/** Where the live venue's login is taken from: an option would stand in the list of processes. */
const SECRET = 'TASTYTRADE_CLIENT_SECRET';
const REFRESH = 'TASTYTRADE_REFRESH_TOKEN';
const SIMULATED: TastytradeLogin = {
  clientSecret: 'simulated-client-secret',
  refreshToken: 'simulated-refresh-token',
};

const recorded: RecordedVenue = {
  names: ['tastytrade'],
  marketOf: () => 'account',
  headerOf: (market) => ({ venue: 'tastytrade', market }),
  gapRule: () => null,
  checksum: () => null,
  kindOf: (frame) => ({ type: 'other', name: /"type":"(\w+)"/.exec(frame)?.[1] ?? 'reply' }),
  isDepthAnswer: () => false,
  reply: () => undefined,
};

export const tastytradeVenue: SimulatedCliVenue = {
  name: 'tastytrade',
  markets: ['account'],
  channels: ['account'],
  intervals: () => [],
  instrument: ACCOUNT,
  simulated: ['account'],
  spell: (account) => account.toUpperCase(),
  checkFaults: parseFaults,
  ...opening<TastytradeExchange>({
    streams: tastytradeStreams,
    connect: (options) => {
      const { instrument = ACCOUNT, network, url, restUrl } = options;
      const addresses = { ...(url !== undefined && { url }), ...(restUrl !== undefined && { restUrl }) };
      // A recording takes any login, and is shown none of somebody's own.
      const login = network?.isRecorded === true ? SIMULATED : loginOf(url);
      return tastytrade({ ...commonOptions(options), ...addresses, accounts: [instrument], login });
    },
    show: (exchange) => ({
      ...exchange,
      book: none,
      trades: none,
      quotes: none,
      candles: none,
      ticker: none,
      tally: () => undefined,
      table: (account) => exchange.account(account).pipe(map(tastytradeTable)),
    }),
  }),
  simulate: ({ seed, faults }) => simulatedTastytrade({ seed, activity: 1.5, faults: parseFaults(faults) }),
  recorded,
  demonstration: {
    faults: 'corruptJson@8s/20s,closeCleanly@16s/20s,refuseConnections@16s+3s/20s',
    note: 'Simulated: every 20 s a frame is garbled; 8 s later the wire is lost for 3 s.',
  },
};

const none = (): Observable<never> => throwError(() => new RangeError('tastytrade has accounts only; see dxlink'));

/** A simulated server of ours, at any address, takes the simulated login. */
function loginOf(url: string | undefined): TastytradeLogin {
  const { [SECRET]: clientSecret, [REFRESH]: refreshToken } = process.env;
  if (clientSecret !== undefined && refreshToken !== undefined) return { clientSecret, refreshToken };
  if (url !== undefined) return SIMULATED;
  throw new UsageError(`tastytrade wants a login: set ${SECRET} and ${REFRESH}, or watch it --simulated`);
}
