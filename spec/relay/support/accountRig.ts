import type { VirtualTimeScheduler } from 'rxjs';
import { ed25519Signer } from '../../../lib/node/index.js';
import {
  type SimulatedVenue,
  simulatedAccountId,
  simulatedO2,
  simulatedTastytrade,
  simulatedTplus,
  simulatedTradestation,
} from '../../../lib/simulation/index.js';
import { type O2Exchange, o2, o2Streams } from '../../../lib/venues/o2/index.js';
import { type TastytradeExchange, tastytrade, tastytradeStreams } from '../../../lib/venues/tastytrade/index.js';
import { type TplusAccountExchange, tplus, tplusStreams } from '../../../lib/venues/tplus/index.js';
import {
  type TradestationExchange,
  tradestation,
  tradestationStreams,
} from '../../../lib/venues/tradestation/index.js';

/** When and by what chance a venue and its client run. */
export interface Around {
  readonly scheduler?: VirtualTimeScheduler;
  readonly random?: () => number;
}

/** A simulated venue with an account that trades by itself, and its exchange. */
interface Rig<E> {
  readonly venue: SimulatedVenue;
  readonly exchange: E;
}

export const TASTYTRADE_ACCOUNT = '5WT00000';
export const TRADESTATION_ACCOUNT = 'SIM0000001M';
export const O2_ACCOUNT = simulatedAccountId(1);

export function tastytradeRig(around: Around = {}): Rig<TastytradeExchange> {
  const venue = simulatedTastytrade({ seed: 4, activity: 3, latency: 5, ...scheduled(around) });
  const exchange = tastytrade({
    network: venue.network,
    accounts: [TASTYTRADE_ACCOUNT],
    login: { clientSecret: 'simulated-client-secret', refreshToken: 'simulated-refresh-token' },
    ...around,
  });
  return { venue, exchange };
}

export function tradestationRig(around: Around = {}): Rig<TradestationExchange> {
  const venue = simulatedTradestation({ seed: 4, accountActivity: 1, activity: 3, latency: 5, ...scheduled(around) });
  const exchange = tradestation({
    network: venue.network,
    login: { clientId: 'me', refreshToken: 'simulated-refresh-token' },
    ...around,
  });
  return { venue, exchange };
}

export function tplusRig(around: Around = {}): Rig<TplusAccountExchange> {
  const { publicKey: userId, sign } = ed25519Signer('00'.repeat(32));
  const venue = simulatedTplus({ seed: 4, users: [userId], userActivity: 1, latency: 5, ...scheduled(around) });
  return { venue, exchange: tplus({ network: venue.network, account: { userId, sign }, ...around }) };
}

export function o2Rig(around: Around = {}): Rig<O2Exchange> {
  const venue = simulatedO2({ seed: 4, accountActivity: 1, latency: 5, ...scheduled(around) });
  return { venue, exchange: o2({ network: venue.network, ...around }) };
}

const scheduled = ({ scheduler }: Around): Pick<Around, 'scheduler'> => (scheduler === undefined ? {} : { scheduler });

export { o2Streams, tastytradeStreams, tplusStreams, tradestationStreams };
