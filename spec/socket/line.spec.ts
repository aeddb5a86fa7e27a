import { EMPTY, NEVER, type ObservableInput, Subject, merge, of, takeUntil, throwError, timer } from 'rxjs';
import { AuthenticationRefusedError } from '../../lib/errors/authenticationRefusedError.js';
import { PlatformError } from '../../lib/errors/platformError.js';
import { RetriesExhaustedError } from '../../lib/errors/retriesExhaustedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import type { HubConfig } from '../../lib/socket/hub.js';
import {
  Clock,
  FakeVenue,
  type FakeVenueConfig,
  Seen,
  fakeChannel,
  fakeHub,
  fakePlan,
  step,
  told,
} from '../support/fakeVenue.js';

const start = (venueConfig: FakeVenueConfig = {}, config: Partial<HubConfig> = {}) => {
  const clock = new Clock();
  const venue = new FakeVenue(clock, venueConfig);
  const hub = fakeHub(venue, config);
  const states = new Seen(hub.connection$);
  const faults = new Seen(hub.faults$);
  return { clock, venue, hub, states, faults, steps: () => states.values.map(step) };
};
const HOURS = 3_600_000;

describe('reconnecting', () => {
  it('is live again within 30 s and a handshake after a refusal of two hours', () => {
    const { clock, venue, hub, states } = start(
      { accept: (_, at) => (at < 2 * HOURS ? 'refuse' : 'open') },
      { random: () => 0.999 },
    );
    const seen = new Seen(hub.channel(fakeChannel('a')));

    clock.advanceTo(2 * HOURS);
    expect(seen.values).toEqual([]);
    clock.advance(30_000 + 10);

    expect(seen.values.map(told)).toEqual(['begun', 'confirmed', '0']);
    expect(venue.violations).toEqual([]);
    const waits = states.values.flatMap((state) => (state.status === 'waiting' ? [state.ms] : []));
    expect(waits[0]).toBe(0);
    waits.forEach((ms, n) => expect(ms).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** n)));
  });

  it('waits differently with other random numbers', () => {
    const waits = (value: number): readonly string[] => {
      const { clock, hub, steps } = start({ accept: () => 'refuse' }, { random: () => value });
      new Seen(hub.channel(fakeChannel('a')));
      clock.advance(60_000);
      return steps().filter((text) => text.startsWith('waiting'));
    };

    expect(waits(0.3)).not.toEqual(waits(0.7));
    expect(waits(0.3)).toEqual(waits(0.3));
  });

  it('does not begin anew at a server that takes the wire and closes it', () => {
    const { clock, venue, hub, states } = start();
    new Seen(hub.channel(fakeChannel('a')));
    for (let i = 0; i < 8; i += 1) {
      clock.advance(40_000);
      venue.wires.at(-1)?.end(1000);
    }
    // Each uptime was long: each loss is the first.
    const calm = states.values.flatMap((state) => (state.status === 'waiting' ? [state.ms] : []));
    expect(calm).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);

    for (let i = 0; i < 5; i += 1) {
      while (venue.openWires === 0) clock.advance(1);
      clock.advance(4_900);
      venue.wires.at(-1)?.end(1000);
    }

    const waits = states.values.flatMap((state) => (state.status === 'waiting' ? [state.ms] : []));
    expect(waits.slice(8)).toEqual([250, 500, 1_000, 2_000, 4_000]);
  });

  it.each([
    ['closed cleanly', 1000, 'lost closed'],
    ['closed because the server goes away', 1001, 'lost closed'],
    ['broken', undefined, 'lost failed'],
  ])('comes back from a wire that was %s, and tells each step once and in order', (_, code, lost) => {
    const { clock, venue, hub, steps } = start();
    const seen = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(6_000);

    if (code === undefined) venue.wires[0]?.break();
    else venue.wires[0]?.end(code);
    clock.advance(10);
    seen.leave();
    clock.advance(2_000);

    expect(steps()).toEqual(['connecting 1', 'ready', lost, 'waiting 0', 'connecting 2', 'ready', 'idle']);
    expect(venue.said).toEqual(['sub a', 'sub a', 'unsub a']);
    expect(seen.end).toBeUndefined();
    expect(clock.timers).toBe(0);
  });

  it('tells a late listener the present state of the wire', () => {
    const { clock, venue, hub } = start();
    new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);
    expect(new Seen(hub.connection$).values).toEqual([{ wire: 'main#1', at: 1, status: 'ready' }]);

    venue.wires[0]?.end(4000);

    expect(new Seen(hub.connection$).values).toEqual([
      { wire: 'main#1', at: 10, status: 'waiting', ms: 0, attempt: 2 },
    ]);
  });

  it('gives up past a limit with a typed error that knows the last cause', () => {
    const { clock, hub, venue, steps } = start(
      { accept: () => 'refuse' },
      { backoff: { ...defaultBackoff, limit: 2 } },
    );
    const seen = new Seen(hub.channel(fakeChannel('a')));

    clock.advance(60_000);

    expect(venue.wires).toHaveLength(3);
    expect(seen.end).toMatchObject({ error: { name: 'RetriesExhaustedError', attempts: 2 } });
    expect(seen.end).toEqual({ error: expect.any(RetriesExhaustedError) });
    expect(seen.end).toMatchObject({ error: { cause: new WireLostError('failed', 'refused', 503) } });
    expect(steps().at(-1)).toBe('closed');
    expect(clock.timers).toBe(0);
  });

  it('has a channel that was given up begin anew when it is asked for again', () => {
    let server: 'refuse' | 'open' = 'refuse';
    const { clock, hub } = start({ accept: () => server }, { backoff: { ...defaultBackoff, limit: 0 } });
    const first = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);
    expect(first.end).toBeDefined();

    server = 'open';
    const second = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);

    expect(second.values.map(told)).toEqual(['begun', 'confirmed', '0']);
  });
});

describe('waking up', () => {
  it.each(['by hand', 'by the network'])('cuts a wait short %s', (how) => {
    const { clock, venue, hub } = start(
      { accept: (attempt) => (attempt < 6 ? 'refuse' : 'open') },
      { random: () => 0.999 },
    );
    new Seen(hub.channel(fakeChannel('a')));
    clock.advanceTo(5_000);
    expect(venue.wires).toHaveLength(5);

    if (how === 'by hand') hub.wake();
    else venue.wake.next();
    clock.advance(2);

    expect(venue.openWires).toBe(1);
  });

  it('outlives a network whose wake-up calls end or break', () => {
    const { clock, venue, hub } = start({ accept: (attempt) => (attempt < 3 ? 'refuse' : 'open') });
    venue.wake.error(new Error('broken'));
    const seen = new Seen(hub.channel(fakeChannel('a')));

    clock.advance(1_000);

    expect(venue.openWires).toBe(1);
    expect(seen.end).toBeUndefined();
  });
});

describe('opening a wire', () => {
  const withEndpoint = (
    endpoint: NonNullable<Parameters<typeof fakePlan>[0]>['endpoint'],
    config: FakeVenueConfig = {},
  ) => start(config, { plan: fakePlan(endpoint && { endpoint }) });

  it('asks for the endpoint anew for each attempt', () => {
    let token = 0;
    const { clock, venue, hub } = withEndpoint(() => of({ url: `ws://fake/${(token += 1)}` }));
    new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);
    venue.wires[0]?.end(1000);
    clock.advance(10);

    expect(venue.wires.map(({ endpoint }) => endpoint.url)).toEqual(['ws://fake/1', 'ws://fake/2']);
  });

  it('takes the endpoint of a promise', async () => {
    const { clock, venue, hub } = withEndpoint(() => Promise.resolve({ url: 'ws://promised' }));
    new Seen(hub.channel(fakeChannel('a')));
    await Promise.resolve();
    await Promise.resolve();
    clock.advance(10);

    expect(venue.wires.map(({ endpoint }) => endpoint.url)).toEqual(['ws://promised']);
  });

  it('takes the first value of an observable, and leaves it then', () => {
    const { clock, venue, hub } = withEndpoint(() => of({ url: 'ws://first' }, { url: 'ws://second' }));
    new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);

    expect(venue.wires.map(({ endpoint }) => endpoint.url)).toEqual(['ws://first']);
  });

  it.each([
    ['errors', () => throwError(() => new Error('token=secret'))],
    [
      'throws',
      () => {
        throw new Error('token=secret');
      },
    ],
    ['ends without one', () => EMPTY],
  ])('is lost for lack of credentials where the provider %s, and tried again', (_, fail) => {
    let asked = 0;
    const { clock, hub, states, steps } = withEndpoint(() => ((asked += 1) < 3 ? fail() : [{ url: 'ws://fake' }]));
    const seen = new Seen(hub.channel(fakeChannel('a')));

    clock.advance(1_000);

    expect(steps()).toEqual([
      'connecting 1',
      'lost auth',
      'waiting 0',
      'connecting 2',
      'lost auth',
      'waiting 250',
      'connecting 3',
      'ready',
    ]);
    expect(seen.values.map(told)).toEqual(['begun', 'confirmed', '0']);
    expect(JSON.stringify(states.values)).not.toContain('secret');
  });

  it('is lost in the handshake where the provider never answers', () => {
    const { clock, hub, steps } = withEndpoint(() => NEVER);
    new Seen(hub.channel(fakeChannel('a')));

    clock.advance(10_000);

    expect(steps()).toEqual(['connecting 1', 'lost handshake', 'waiting 0', 'connecting 2']);
  });

  it('errors the channels when the credentials were refused for good', () => {
    const refused = new AuthenticationRefusedError('fake', 'no such key');
    const { clock, hub, venue, steps } = withEndpoint(() => throwError(() => refused));
    const seen = new Seen(hub.channel(fakeChannel('a')));

    clock.advance(60_000);

    expect(seen.end).toEqual({ error: refused });
    expect(steps()).toEqual(['connecting 1', 'lost auth', 'closed']);
    expect(venue.wires).toHaveLength(0);
    expect(clock.timers).toBe(0);
  });

  it('errors the channels when the platform can not do what is asked', () => {
    const error = new PlatformError('headers', 'no headers');
    const { clock, hub } = withEndpoint(() => throwError(() => error));
    const seen = new Seen(hub.channel(fakeChannel('a')));

    clock.advance(60_000);

    expect(seen.end).toEqual({ error });
  });

  it('gives up an attempt that takes too long', () => {
    const { clock, venue, hub, steps } = start({ accept: (attempt) => (attempt === 1 ? 'hang' : 'open') });
    new Seen(hub.channel(fakeChannel('a')));

    clock.advance(10_002);

    expect(steps()).toEqual(['connecting 1', 'lost handshake', 'waiting 0', 'connecting 2', 'ready']);
    expect(venue.wires[0]?.closed).toMatchObject({ at: 10_000, code: 1000 });
  });

  it('survives a network that throws', () => {
    const { clock, venue, hub, steps } = start({
      accept: (attempt) => {
        if (attempt === 1) throw new Error('boom, key=secret');
        return 'open';
      },
    });
    new Seen(hub.channel(fakeChannel('a')));

    clock.advance(10);

    expect(steps()).toEqual(['connecting 1', 'lost failed', 'waiting 0', 'connecting 2', 'ready']);
    expect(venue.openWires).toBe(1);
  });
});

describe('the handshake', () => {
  const authenticated = (result: 'never' | 'fails' | 'throws' | 'fatal') =>
    fakePlan({
      dialect: (link) => ({
        handshake: () => {
          link.send(JSON.stringify({ op: 'auth' }));
          switch (result) {
            case 'never':
              return NEVER;
            case 'fails':
              return throwError(() => new WireLostError('handshake', 'refused'));
            case 'throws':
              throw new Error('token=secret');
            case 'fatal':
              return throwError(() => new AuthenticationRefusedError('fake', 'no such key'));
          }
        },
      }),
    });

  it('is over before anything is subscribed', () => {
    const clock = new Clock();
    const venue = new FakeVenue(clock);
    const plan = fakePlan({
      dialect: (link) => ({
        handshake: () => {
          link.send(JSON.stringify({ op: 'auth' }));
          return timer(1_000, clock);
        },
      }),
    });
    const hub = fakeHub(venue, { plan });
    new Seen(hub.channel(fakeChannel('a')));

    clock.advance(500);
    expect(venue.said).toEqual(['auth']);
    clock.advance(510);

    expect(venue.said).toEqual(['auth', 'sub a']);
  });

  it.each([
    ['is never finished', 'never', 'lost handshake'],
    ['is refused', 'fails', 'lost handshake'],
    ['throws', 'throws', 'lost handshake'],
  ] as const)('that %s loses the wire, which is tried again', (_, result, lost) => {
    const { clock, hub, venue, steps, states } = start({}, { plan: authenticated(result) });
    const seen = new Seen(hub.channel(fakeChannel('a')));

    clock.advance(10_100);

    expect(steps().slice(0, 4)).toEqual(['connecting 1', lost, 'waiting 0', 'connecting 2']);
    expect(venue.said).not.toContain('sub a');
    expect(venue.wires[0]?.closed?.code).toBe(1000);
    expect(seen.values).toEqual([]);
    expect(JSON.stringify(states.values)).not.toContain('secret');
  });

  it('that is refused for good ends the channels', () => {
    const { clock, hub, venue, steps } = start({}, { plan: authenticated('fatal') });
    const seen = new Seen(hub.channel(fakeChannel('a')));

    clock.advance(60_000);

    expect(seen.end).toEqual({ error: new AuthenticationRefusedError('fake', 'no such key') });
    expect(steps()).toEqual(['connecting 1', 'lost auth', 'closed']);
    expect(venue.openWires).toBe(0);
  });
});

describe('whoever hears of a transition may act on it', () => {
  it.each([
    ['connecting', []],
    ['ready', []],
    ['lost', ['sub a']],
    ['waiting', ['sub a']],
  ] as const)('by closing at "%s"', (status, said) => {
    const { clock, venue, hub, states } = start();
    const steps: string[] = [];
    new Seen(hub.connection$, (state) => {
      steps.push(step(state));
      if (state.status === status) hub.close();
    });
    const seen = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);
    venue.wires[0]?.break();
    clock.advance(60_000);

    expect(venue.said).toEqual(said);
    expect(venue.openWires).toBe(0);
    expect(steps.slice(-2)).toEqual([expect.stringContaining(status), 'closed']);
    expect(states.values.map(step)).toEqual(steps);
    expect(seen.end).toBe('complete');
    expect(clock.timers).toBe(0);
  });

  it.each(['connecting', 'ready', 'lost', 'waiting'] as const)('by leaving at "%s"', (status) => {
    const { clock, venue, hub } = start({}, { wireLinger: 0 });
    const leaving: Seen<unknown>[] = [];
    const steps: string[] = [];
    new Seen(hub.connection$, (state) => {
      steps.push(state.status);
      if (state.status === status) for (const seen of leaving) seen.leave();
    });
    const seen = new Seen(hub.channel(fakeChannel('b')));
    leaving.push(seen);
    seen.leave();
    leaving.push(new Seen(hub.channel(fakeChannel('a'))));
    clock.advance(10);
    venue.wires.at(-1)?.break();
    clock.advance(60_000);

    for (const one of leaving) one.leave();
    clock.advance(60_000);
    expect(steps.at(-1)).toBe('idle');
    expect(hub.plan()).toEqual([]);
    expect(venue.openWires).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it('by leaving within the very subscribing, all of them', () => {
    const { clock, venue, hub } = start({}, { wireLinger: 0 });
    const channel$ = hub.channel(fakeChannel('a'));
    const left = new Subject<void>();
    hub.connection$.subscribe(({ status }) => {
      if (status !== 'connecting') return;
      left.next();
      channel$.subscribe().unsubscribe();
    });

    new Seen(channel$.pipe(takeUntil(left)));
    clock.advance(10);

    expect(hub.plan()).toEqual([]);
    expect(venue.openWires).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it('by wanting a channel when the wire falls idle', () => {
    const { clock, venue, hub } = start({}, { wireLinger: 0 });
    const second: Seen<unknown>[] = [];
    hub.connection$.subscribe(({ status }) => {
      if (status === 'idle' && second.length === 0) second.push(new Seen(hub.channel(fakeChannel('b'))));
    });
    const first = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);

    first.leave();
    clock.advance(10);
    venue.publish('b', 7);

    expect(second[0]?.values).toContainEqual({ type: 'message', value: 7 });
    expect(hub.plan()).toEqual([{ wire: 'main#1', status: 'ready', channels: ['b'] }]);
  });
});

describe('admission', () => {
  const words = (seen: Seen<Parameters<typeof told>[0]>) =>
    seen.values.filter(({ type }) => type !== 'message').map(told);
  const admitted = (admission: () => ObservableInput<unknown>) => {
    const plan = fakePlan();
    const wires = Object.fromEntries(Object.entries(plan.wires).map(([name, wire]) => [name, { ...wire, admission }]));
    return start({}, { plan: { ...plan, wires } });
  };

  it('counts by its first value: a further one takes no session away', () => {
    const more = new Subject<unknown>();
    const { clock, venue, hub, steps } = admitted(() => merge(of(1), more));
    const seen = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(1_000);
    more.next(2);
    clock.advance(1_000);
    expect(steps()).toEqual(['connecting 1', 'ready']);
    expect(venue.wires).toHaveLength(1);
    expect(words(seen)).toEqual(['begun', 'confirmed']);
  });

  it.each<readonly [string, () => ObservableInput<unknown>]>([
    ['comes to nothing', () => EMPTY],
    ['errors', () => throwError(() => new Error('no'))],
    ['is rejected by what is no error', () => throwError(() => undefined)],
    [
      'throws',
      () => {
        throw new TypeError('no');
      },
    ],
    ['is no stream', () => 5 as never],
  ])('that %s is asked for again', (_, odd) => {
    let asked = 0;
    const { clock, hub, states } = admitted(() => {
      asked += 1;
      return asked < 3 ? odd() : of(1);
    });
    const seen = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10_000);
    expect(asked).toBe(3);
    expect(states.values.filter(({ status }) => status === 'lost')).toHaveLength(2);
    expect(words(seen)).toEqual(['begun', 'confirmed']);
  });
});

describe('close', () => {
  it('hands code and reason to the wire, completes everything, and nothing reconnects', () => {
    const { clock, venue, hub, steps, faults, states } = start();
    const seen = [new Seen(hub.channel(fakeChannel('a'))), new Seen(hub.channel(fakeChannel('b')))];
    const socket = new Seen(hub.socket);
    clock.advance(10);

    hub.close(4001, 'enough');
    clock.advance(60_000);

    expect(venue.wires.map(({ closed }) => closed)).toEqual([{ at: 10, code: 4001, reason: 'enough' }]);
    expect(steps()).toEqual(['connecting 1', 'ready', 'closed']);
    expect(seen.map(({ values }) => values.map(told))).toEqual([
      ['begun', 'confirmed', '0'],
      ['begun', 'confirmed', '0'],
    ]);
    expect([...seen, socket, faults, states].map(({ end }) => end)).toEqual(Array(5).fill('complete'));
    expect(clock.timers).toBe(0);
  });

  it('is 1000 by default', () => {
    const { clock, venue, hub } = start();
    new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);

    hub.close();

    expect(venue.wires[0]?.closed?.code).toBe(1000);
  });

  it('completes what is asked for afterwards, and opens nothing', () => {
    const { venue, hub } = start();
    hub.close();

    expect(new Seen(hub.channel(fakeChannel('a'))).end).toBe('complete');
    expect(new Seen(hub.socket).end).toBe('complete');
    expect(venue.wires).toEqual([]);
  });

  it.each([
    ['connecting', 0],
    ['waiting', 1_000],
  ])('leaves no wire behind while %s', (_, at) => {
    const { clock, venue, hub, steps } = start({ accept: () => (at === 0 ? 'hang' : 'refuse') });
    const seen = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(at);

    hub.close();
    clock.advance(60_000);

    expect(seen.end).toBe('complete');
    expect(steps().at(-1)).toBe('closed');
    expect(venue.wires.every(({ ended }) => ended)).toBe(true);
    expect(clock.timers).toBe(0);
  });
});
