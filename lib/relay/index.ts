/**
 * One process holds a venue, any number of others have its streams: `relay` on one side, `relayed` on the other, and a bus
 * between them. Over NATS: `millrace/nats`.
 */
export type { Bus, BusConnection, BusMessage } from './bus/bus.js';
export { type MemoryBus, type MemoryBusOptions, memoryBus } from './bus/memoryBus.js';
export type { GatewayReport } from './consumer/status.js';
export { type Relayed, type RelayedOptions, relayed } from './consumer/relayed.js';
export { type RelayConfig, relay } from './gateway/relay.js';
export type { NoOwnStreams, OwnStreamKind, OwnStreams } from '../feed/ownStreams.js';
export type { OwnCall, OwnMethod, RelayOffer, RelayedCall, RelayedMethod, RelayedValues } from './wire/kinds.js';
