import { ownFaultNames } from '../faults/faultNames.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { topicVenue } from '../topics/topicVenue.js';
import { checkSimulatedKrakenConfig, type SimulatedKrakenConfig } from './config.js';
import { krakenLimits } from './limits.js';
import { rest } from './rest.js';
import { type KrakenHost, KrakenSession } from './session.js';
import { streamOf } from './streams.js';

/**
 * A Kraken that exists only here, spot by v2 of its API: snapshots in the stream, a checksum with each message of a book,
 * levels that are pushed out and not told. Its pairs are the instruments by base and quote: `BTC/USDT`. It runs while a client
 * is connected. Everything is decided by the seed and the scheduler's clock.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedKraken(config: SimulatedKrakenConfig = {}): SimulatedVenue {
  checkSimulatedKrakenConfig(config);
  const limits = { ...krakenLimits, ...config.limits };
  return topicVenue<KrakenSession>(
    {
      name: 'kraken',
      ownFaults: ownFaultNames.kraken,
      nameOf: (base, quote) => `${base}/${quote}`,
      path: /^\/v2$/,
      attempts: { limit: 'connections', most: limits.connections, within: limits.connectionWindow },
      http: ({ instruments, now }) => rest(instruments, now),
      sessions: (venue) => {
        const { instruments, faults, now } = venue;
        const host: KrakenHost = {
          ...venue,
          limits,
          knows: (symbol) => instruments.has(symbol),
          streamOf: (topic) => {
            const instrument = instruments.get(topic.symbol);
            return instrument && streamOf(topic, instrument, faults, now());
          },
        };
        return (seat, connection) => new KrakenSession(seat, host, connection);
      },
    },
    config,
  );
}
