import { ownFaultNames } from '../faults/faultNames.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
import { topicVenue } from '../topics/topicVenue.js';
import { checkSimulatedCoinbaseConfig, type SimulatedCoinbaseConfig } from './config.js';
import { coinbaseLimits } from './limits.js';
import { rest } from './rest.js';
import { type CoinbaseHost, CoinbaseSession } from './session.js';
import { streamOf } from './streams.js';

/**
 * A Coinbase that exists only here, the market data of Advanced Trade: snapshots in the stream, frames counted over the whole
 * connection, answers that list all there is. Its products are the instruments by base and quote: `BTC-USDT`. It runs while a
 * client is connected. Everything is decided by the seed and the scheduler's clock.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedCoinbase(config: SimulatedCoinbaseConfig = {}): SimulatedVenue {
  checkSimulatedCoinbaseConfig(config);
  const limits = { ...coinbaseLimits, ...config.limits };
  return topicVenue<CoinbaseSession>(
    {
      name: 'coinbase',
      ownFaults: ownFaultNames.coinbase,
      nameOf: (base, quote) => `${base}-${quote}`,
      path: /^\/$/,
      attempts: { limit: 'connectionsPerSecond', most: limits.connectionsPerSecond, within: 1_000 },
      http: ({ instruments, now }) => rest(instruments, now),
      sessions: (venue) => {
        const { instruments, now } = venue;
        const host: CoinbaseHost = {
          ...venue,
          limits,
          pace: new SlidingWindow(limits.messagesPerSecond, 1_000),
          streamOf: (channel, product) => {
            const instrument = instruments.get(product);
            return instrument && streamOf(channel, product, instrument, now());
          },
        };
        return (seat, connection) => new CoinbaseSession(seat, host, connection);
      },
    },
    config,
  );
}
