import { success } from 'io-ts';
import { VirtualTimeScheduler } from 'rxjs';
import type { ConnectionState } from '../../lib/model/connection.js';
import type { Fault } from '../../lib/model/fault.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { Hub } from '../../lib/socket/hub.js';
import type { Dialect } from '../../lib/socket/plan.js';
import { fakeNetwork } from '../../lib/testing/index.js';

// What a venue's dialect may settle by itself: how long silence is no loss, how long a question may go unanswered.

function rig(dialect: Partial<Dialect>) {
  const scheduler = new VirtualTimeScheduler();
  const network = fakeNetwork({ onOpening: (wire) => scheduler.schedule(() => wire.open()) });
  const said: { readonly at: number; readonly text: string }[] = [];
  const hub = new Hub({
    plan: {
      venue: 'acme',
      wires: {
        main: {
          endpoint: () => [{ url: 'wss://acme.example/x' }],
          limits: { channels: 10, topicsPerRequest: 10, requestBytes: 1_000, silence: 600_000, probeWithin: 1_000 },
          dialect: (link) => ({
            receive: (text) => {
              link.deliver('a', text);
            },
            subscribe: (topics) => {
              const text = `+${topics.map(({ key }) => key).join()}`;
              said.push({ at: scheduler.now(), text });
              return { text };
            },
            unsubscribe: (topics) => ({ text: `-${topics.map(({ key }) => key).join()}` }),
            ...dialect,
          }),
        },
      },
    },
    network,
    scheduler,
    random: () => 0,
    backoff: defaultBackoff,
    wireLinger: 0,
    confirmWithin: 1_000,
    handshakeWithin: 10_000,
    maxLag: 2_000,
  });
  const connection: ConnectionState[] = [];
  const faults: Fault[] = [];
  hub.connection$.subscribe((state) => connection.push(state));
  hub.faults$.subscribe((fault) => faults.push(fault));
  hub
    .channel({ topic: { key: 'a', group: 'main' }, decode: (payload) => success(payload) })
    .subscribe({ error: () => undefined });
  const passTo = (ms: number): void => {
    scheduler.maxFrames = ms;
    scheduler.flush();
  };
  return { hub, said, connection, faults, passTo };
}

describe('patience', () => {
  it('asks again each time after the same bound where a dialect says nothing of it', () => {
    const { said, passTo } = rig({});

    passTo(4_500);

    expect(said.map(({ at }) => at)).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
  });

  it('waits as many times the bound as the dialect has patience for', () => {
    const { said, faults, passTo } = rig({ patience: (asks) => 2 ** (asks - 1) });

    passTo(15_500);

    expect(said.map(({ at }) => at)).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
    expect(faults.map((fault) => fault.type)).toEqual(Array(4).fill('unconfirmed'));
    expect(faults.at(-1)?.message).toContain('8000 ms');
  });
});

describe('silence', () => {
  it('is bound by what the dialect settled with its venue', () => {
    const { connection, passTo } = rig({ silence: () => 30_000, patience: () => 1_000 });

    passTo(30_500);

    const lost = connection.find((state) => state.status === 'lost');
    expect(lost).toMatchObject({ reason: 'silent', at: 30_000 });
  });

  it('is bound by the limits of the wire where the dialect says nothing', () => {
    const { connection, passTo } = rig({ patience: () => 1_000 });

    passTo(599_000);

    expect(connection.map(({ status }) => status)).toEqual(['connecting', 'ready']);
  });
});
