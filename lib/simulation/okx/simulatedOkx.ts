import { ownFaultNames } from '../faults/faultNames.js';
import type { SimulatedVenue } from '../simulatedVenue.js';
import { topicVenue } from '../topics/topicVenue.js';
import { checkSimulatedOkxConfig, type SimulatedOkxConfig } from './config.js';
import { okxLimits } from './limits.js';
import { rest } from './rest.js';
import { type OkxHost, OkxSession } from './session.js';
import { streamOf } from './streams.js';

/**
 * An OKX that exists only here: v5, spot. Snapshots in the stream, each update linked to the one before, checksums where they
 * are wanted. Its instruments go by base and quote: `BTC-USDT`. It runs while a client is connected. Everything is decided by
 * the seed and the scheduler's clock.
 *
 * @throws InvalidArgumentError at once for a config that can't be meant, a fault that the venue does not have among it.
 */
export function simulatedOkx(config: SimulatedOkxConfig = {}): SimulatedVenue {
  checkSimulatedOkxConfig(config);
  const hasChecksums = config.checksums === 'true';
  const limits = { ...okxLimits, ...config.limits };
  return topicVenue<OkxSession>(
    {
      name: 'okx',
      ownFaults: ownFaultNames.okx,
      nameOf: (base, quote) => `${base}-${quote}`,
      path: /^\/ws\/v5\/(public|business)$/,
      attempts: { limit: 'connectionsPerSecond', most: limits.connectionsPerSecond, within: 1_000 },
      http: ({ instruments, now }) => rest(instruments, now),
      sessions: (venue) => {
        const { instruments, faults, now } = venue;
        const host: OkxHost = {
          ...venue,
          limits,
          streamOf: (arg, isBusiness) => {
            const instrument = instruments.get(arg.instId);
            return instrument && streamOf(arg, isBusiness, { instrument, faults, hasChecksums, now: now() });
          },
        };
        return (seat, connection) => new OkxSession(seat, host, connection);
      },
    },
    config,
  );
}
