import type { Observable } from 'rxjs';
import { aText, anObject, checkKind } from '../errors/optionRules.js';
import type { Exchange } from '../feed/exchange.js';
import type { NoOwnStreams, OwnStreams } from '../feed/ownStreams.js';
import type { ConnectionStatus } from '../model/connection.js';
import {
  type Relayed,
  type RelayConfig,
  type RelayedOptions,
  relay as relayOn,
  relayed as relayedBy,
} from '../relay/index.js';
import { type NatsOptions, natsBus } from './natsBus.js';

export { type NatsOptions, natsBus } from './natsBus.js';
export type {
  Bus,
  BusConnection,
  BusMessage,
  GatewayReport,
  NoOwnStreams,
  OwnCall,
  OwnMethod,
  OwnStreamKind,
  OwnStreams,
  RelayConfig,
  RelayOffer,
  Relayed,
  RelayedCall,
  RelayedMethod,
  RelayedOptions,
  RelayedValues,
} from '../relay/index.js';

/** How a gateway relays an exchange over NATS. */
export interface NatsRelayConfig<E extends Exchange, S extends OwnStreams = NoOwnStreams>
  extends NatsOptions, Omit<RelayConfig<E, S>, 'bus'> {}

/** What is relayed over NATS, by whom, and how patient we are. */
export interface NatsRelayedOptions<S extends OwnStreams = NoOwnStreams>
  extends NatsOptions, Omit<RelayedOptions<S>, 'bus' | 'url' | 'network'> {}

/**
 * Relays streams of an exchange over NATS, for {@link relayed} in any number of processes. Cold: subscribing holds the streams
 * and connects, unsubscribing says good-bye and ends both; the exchange stays open.
 *
 * @returns Each step of the connection to the server. Reconnects by itself.
 * @throws InvalidArgumentError (at the call) for a name, a server or an offer that can't be meant.
 */
export function relay<E extends Exchange, S extends OwnStreams = NoOwnStreams>(
  exchange: E,
  config: NatsRelayConfig<E, S>,
): Observable<ConnectionStatus> {
  checkKind('config', anObject, config);
  const { as } = config;
  checkKind('as', aText, as);
  const { servers, connectionName = `millrace ${as}`, connection, ...rest } = config;
  return relayOn<E, S>(exchange, {
    ...rest,
    bus: busOf({ servers, connectionName, connection }),
  });
}

/**
 * An exchange that another process holds, over NATS: the same methods, types and promises. Cold: opens nothing until something
 * is subscribed.
 *
 *     const exchange = relayed<BinanceExchange>({ servers: 'nats://127.0.0.1:4222', venue: 'binance-spot' });
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function relayed<E extends Exchange, S extends OwnStreams = NoOwnStreams>(
  options: NatsRelayedOptions<S>,
): Relayed<E, S> {
  checkKind('options', anObject, options);
  const { servers, connectionName, connection, ...rest } = options;
  return relayedBy<E, S>({ ...rest, bus: busOf({ servers, connectionName, connection }) });
}

const busOf = ({
  servers,
  connectionName,
  connection,
}: {
  readonly [K in keyof NatsOptions]: NatsOptions[K] | undefined;
} & Pick<NatsOptions, 'servers'>): ReturnType<typeof natsBus> =>
  natsBus({
    servers,
    ...(connectionName !== undefined && { connectionName }),
    ...(connection !== undefined && { connection }),
  });
