import { NEVER, Observable, Subject, throwError } from 'rxjs';
import { success } from 'io-ts';
import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { ConnectionState } from '../../lib/model/connection.js';
import type { Fault } from '../../lib/model/fault.js';
import type { Endpoint } from '../../lib/network/network.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import type { ChannelSpec } from '../../lib/socket/channel.js';
import { Hub } from '../../lib/socket/hub.js';
import type { Attempt, Dialect, WireLimits, WirePlan } from '../../lib/socket/plan.js';
import { fakeNetwork, type FakeNetwork } from '../../lib/testing/index.js';
import { Clock } from '../support/fakeVenue.js';

// A venue where each channel has a wire of its own and opening it is the subscription.

interface Rig {
  readonly hub: Hub;
  readonly network: FakeNetwork;
  readonly connection: ConnectionState[];
  readonly faults: Fault[];
  pass(ms: number): void;
}

interface RigConfig {
  readonly endpoint?: (attempt: Attempt) => readonly Endpoint[];
  readonly alongside?: Dialect['alongside'];
  readonly limits?: Partial<WireLimits>;
  readonly isAwaited?: boolean;
}

function rig({
  endpoint = () => [{ url: 'wss://acme.example/x' }],
  alongside,
  limits,
  isAwaited,
}: RigConfig = {}): Rig {
  const scheduler = new Clock();
  const network = fakeNetwork({ onOpening: (wire) => scheduler.schedule(() => wire.open()) });
  const wireOf = (group: string): WirePlan => ({
    endpoint,
    limits: {
      channels: 1,
      topicsPerRequest: 1,
      requestBytes: 1_000,
      silence: 60_000,
      probeWithin: 1_000,
      ...limits,
    },
    dialect: (link) => ({
      implicit: true,
      alongside,
      receive: (text) => {
        if (text === 'lost count') link.interrupted(group);
        else if (text === 'alive') link.confirmed(group);
        else link.deliver(group, text);
      },
      subscribe: () => ({ isAwaited }),
      unsubscribe: () => ({}),
    }),
  });
  const hub = new Hub({
    plan: { venue: 'acme', wires: {}, wireOf },
    network,
    scheduler,
    random: () => 0.5,
    backoff: defaultBackoff,
    wireLinger: 0,
    confirmWithin: 10_000,
    handshakeWithin: 10_000,
    maxLag: 2_000,
  });
  const connection: ConnectionState[] = [];
  const faults: Fault[] = [];
  hub.connection$.subscribe((state) => connection.push(state));
  hub.faults$.subscribe((fault) => faults.push(fault));
  return {
    hub,
    network,
    connection,
    faults,
    pass: (ms) => {
      scheduler.advance(ms);
    },
  };
}

const channel = (key: string): ChannelSpec<string> => ({
  topic: { key, group: key },
  decode: (payload) => success(String(payload)),
});

function observed({ hub }: Rig, key: string): string[] {
  const seen: string[] = [];
  hub.channel(channel(key)).subscribe({
    next: (event) => seen.push(event.type === 'message' ? event.value : event.type),
    error: (error: unknown) => seen.push(String(error)),
  });
  return seen;
}

describe('a wire whose opening is the subscription', () => {
  it('is confirmed by what comes, where that is awaited, and never asked for anew', () => {
    const stage = rig({ isAwaited: true });
    const [alive, data] = ['a', 'b'].map((key) => observed(stage, key));
    stage.pass(50_000);
    expect([alive, data, stage.faults]).toEqual([['begun'], ['begun'], []]);
    stage.network.wires[0]?.receive('alive');
    stage.network.wires[1]?.receive('data');
    expect([alive, data]).toEqual([
      ['begun', 'confirmed'],
      ['begun', 'confirmed', 'data'],
    ]);
  });

  it('is confirmed at once, says nothing, and loses no frame that comes with the opening', () => {
    const stage = rig();
    const seen = observed(stage, 'a');
    stage.pass(0);

    stage.network.wires[0]?.receive('first');
    stage.pass(30_000);

    expect(seen).toEqual(['begun', 'confirmed', 'first']);
    expect(stage.network.wires[0]?.sent).toEqual([]);
    expect(stage.faults).toEqual([]);
  });

  it('is opened once for each channel, and again to be subscribed anew', () => {
    const stage = rig();
    const seen = [observed(stage, 'a'), observed(stage, 'a'), observed(stage, 'b')];
    stage.pass(1);

    stage.network.wires[0]?.receive('lost count');
    stage.pass(1);
    stage.hub.resubscribe('b');
    stage.pass(1);

    const twice = ['begun', 'confirmed', 'lost', 'begun', 'confirmed'];
    expect(seen).toEqual([twice, twice, twice]);
    expect(stage.network.wires.map(({ status }) => status)).toEqual(['ended', 'ended', 'open', 'open']);
  });

  it('is not opened for nobody in particular', () => {
    const stage = rig();
    const frames: string[] = [];
    const subscription = stage.hub.socket.subscribe(({ data }) => frames.push(data));
    stage.pass(10);
    expect(stage.network.wires).toEqual([]);

    const leaving = stage.hub.channel(channel('a')).subscribe();
    stage.pass(1);
    stage.network.wires[0]?.receive('x');
    leaving.unsubscribe();

    expect(frames).toEqual(['x']);
    // The socket's observer is still there, and holds no wire.
    expect(stage.network.wires.map(({ status }) => status)).toEqual(['ended']);
    subscription.unsubscribe();
  });

  it('ends its channel where the venue has no such address, and retries nothing', () => {
    const refusal = new SubscriptionRefusedError('acme', 'a', 'no such market');
    const stage = rig({
      endpoint: ({ lost }) => {
        if (lost instanceof WireLostError && lost.code === 404) throw refusal;
        return [{ url: 'wss://acme.example/a' }];
      },
    });
    const seen = observed(stage, 'a');
    stage.network.wires[0]?.lose(new WireLostError('failed', 'refused', 404));
    stage.pass(60_000);

    expect(seen).toEqual([String(refusal)]);
    expect(stage.network.wires).toHaveLength(1);
    expect(stage.connection.at(-1)?.status).toBe('closed');
    expect(stage.faults).toMatchObject([{ type: 'refused', channel: 'a', message: refusal.message }]);
  });
});

describe('what runs alongside a session', () => {
  it('begins when it is ready, and ends with it', () => {
    const running = new Subject<void>();
    const stage = rig({ alongside: () => running });
    observed(stage, 'a');
    expect(running.observed).toBe(false);
    stage.pass(1);
    expect(running.observed).toBe(true);

    running.complete();
    stage.pass(1);
    expect(stage.network.wires[0]?.status).toBe('open');
    stage.network.wires[0]?.lose();

    expect(running.observed).toBe(false);
  });

  it.each([
    ['as it is', new WireLostError('auth', 'the token ran out'), { reason: 'auth', text: 'the token ran out' }],
    ['by its kind', new TypeError('x'), { reason: 'failed', text: 'alongside: TypeError' }],
  ])('loses the session with its error, told %s', (_, error, expected) => {
    const failing = new Subject<void>();
    const stage = rig({ alongside: () => failing });
    observed(stage, 'a');
    stage.pass(1);

    failing.error(error);

    expect(stage.connection.find(({ status }) => status === 'lost')).toMatchObject(expected);
    expect(stage.network.wires[0]?.closed).toEqual({ code: 1000, reason: '' });
  });

  it('may fail at once', () => {
    let fails = true;
    const stage = rig({ alongside: () => (fails ? throwError(() => new WireLostError('auth', 'no')) : NEVER) });
    const seen = observed(stage, 'a');
    stage.pass(0);
    fails = false;
    stage.pass(1_000);

    expect(seen.at(-1)).toBe('confirmed');
    expect(stage.connection.at(-1)?.status).toBe('ready');
  });
});

it('takes silence for a loss later where the platform shows no life below the frames', () => {
  const stage = rig({ limits: { silence: 1_000, blindSilence: Infinity } });
  observed(stage, 'a');
  stage.pass(900);
  stage.network.wires[0]?.pulse();
  stage.pass(900);
  expect(stage.connection.map(({ status }) => status)).not.toContain('lost');
  stage.pass(200);

  // This network shows it, so the shorter bound holds.
  expect(stage.connection.find(({ status }) => status === 'lost')).toMatchObject({ reason: 'silent' });
});

it('begins an attempt when it is admitted, however long that takes, and holds its place until the session is over', () => {
  const scheduler = new Clock();
  const network = fakeNetwork({ onOpening: (wire) => scheduler.schedule(() => wire.open()) });
  let places = 1;
  let held = 0;
  const waiting: (() => void)[] = [];
  const admission = (): Observable<true> =>
    new Observable((subscriber) => {
      const enter = (): void => {
        places -= 1;
        held += 1;
        subscriber.add(() => {
          places += 1;
          held -= 1;
          waiting.shift()?.();
        });
        subscriber.next(true);
      };
      if (places > 0) enter();
      else waiting.push(enter);
    });
  const wireOf = (group: string): WirePlan => ({
    admission,
    endpoint: () => [{ url: `wss://acme.example/${group}` }],
    limits: { channels: 1, topicsPerRequest: 1, requestBytes: 1_000, silence: Infinity, probeWithin: 1_000 },
    dialect: () => ({ implicit: true, receive: () => undefined, subscribe: () => ({}), unsubscribe: () => ({}) }),
  });
  const hub = new Hub({
    plan: { venue: 'acme', wires: {}, wireOf },
    network,
    scheduler,
    random: () => 0.5,
    backoff: defaultBackoff,
    wireLinger: 0,
    confirmWithin: 1_000,
    handshakeWithin: 1_000,
    maxLag: 2_000,
  });
  const spec = (key: string): ChannelSpec<unknown> => ({ topic: { key, group: key }, decode: success });
  const states: string[] = [];
  hub.connection$.subscribe(({ wire, status }) => states.push(`${wire} ${status}`));
  const first = hub.channel(spec('a')).subscribe();
  hub.channel(spec('b')).subscribe();
  scheduler.maxFrames = 60_000;
  scheduler.flush();

  expect(states).toEqual(['a#1 connecting', 'b#1 connecting', 'a#1 ready']);
  first.unsubscribe();
  scheduler.flush();

  expect(states.slice(3)).toEqual(['a#1 idle', 'b#1 ready']);
  hub.close();
  expect(held).toBe(0);
});
