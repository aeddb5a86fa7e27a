import { of } from 'rxjs';
import * as nats from '../../lib/nats/index.js';
import * as relay from '../../lib/relay/index.js';
import * as testing from '../../lib/testing/index.js';
import { webSocketTransport } from '../../lib/venues/tradestation/index.js';
import { refusesCall } from '../support/untyped.js';

const all = { ...relay, natsRelay: nats.relay, natsRelayed: nats.relayed, webSocketTransport, ...testing };
const book$ = of({ status: 'syncing' });
const test = (): void => undefined;

it.each<readonly [string, readonly unknown[], string]>([
  ['bookStates', [], 'create'],
  ['bookStates', [test, 'a'], 'steps'],
  ['fakeNetwork', [null], 'config'],
  ['fakeNetwork', [{ onOpned: test }], 'onOpned'],
  ['fakeNetwork', [{ onSent: 5 }], 'onSent'],
  ['marbleNetwork', [], 'helpers'],
  ['marbleNetwork', [{}], 'helpers'],
  ['marbles', [], 'test'],
  ['marbles', [test, null], 'config'],
  ['marbles', [test, { untill: 5 }], 'untill'],
  ['marbles', [test, { until: -5 }], 'until'],
  ['venueInMarbles', [], 'venue'],
  ['paperTrading', [], 'config'],
  ['paperTrading', [{}], 'book$'],
  ['paperTrading', [{ book$, latncy: 5 }], 'latncy'],
  ['paperTrading', [{ book$, latency: -5 }], 'latency'],
  ['paperTrading', [{ book$, queue: 'middle' }], 'queue'],
  ['paperTrading', [{ book$, fees: { maker: '0' } }], 'taker'],
  ['paperTrading', [{ book$, fees: { maker: 0, taker: 0 } }], 'maker'],
  ['memoryBus', [null], 'options'],
  ['memoryBus', [{ latency: 5 }], 'latency'],
  ['natsRelay', [{}], 'config'],
  ['natsRelayed', [], 'options'],
  ['natsRelayed', ['x'], 'options'],
  ['relayed', [{ venue: 'x', url: 'wss://[::' }], 'url'],
  ['relayed', [{ venue: 'x', url: 'wss://me:very-secret@x.example' }], 'url'],
  ['webSocketTransport', [], 'config'],
  ['webSocketTransport', [{ url: 'x', codec: {} }], 'url'],
  ['webSocketTransport', [{ url: 'wss://x.example', codec: {} }], 'subscribe'],
])('%s(%j) is refused, and %s named', async (name, args, field) => {
  await refusesCall(all, name, args, field);
});
