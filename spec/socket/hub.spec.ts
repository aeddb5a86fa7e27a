import * as t from 'io-ts';
import { type Observable, type Subject, asyncScheduler, config as rxjsConfig, map, merge } from 'rxjs';
import type { ChannelSpec } from '../../lib/socket/channel.js';
import type { ChannelEvent } from '../../lib/socket/channelEvent.js';
import { heartbeat } from '../../lib/socket/heartbeat.js';
import { Hub, type HubConfig } from '../../lib/socket/hub.js';
import type { SocketMessage } from '../../lib/socket/multiplexedSocket.js';
import { SharedStreams } from '../../lib/socket/sharedStreams.js';
import {
  Clock,
  type FakePlanConfig,
  FakeVenue,
  type FakeVenueConfig,
  Seen,
  fakeChannel,
  fakeHub,
  fakePlan,
  step,
  told,
} from '../support/fakeVenue.js';

const PING = '{"op":"ping"}';

const start = (venueConfig: FakeVenueConfig = {}, planConfig: FakePlanConfig = {}, config: Partial<HubConfig> = {}) => {
  const clock = new Clock();
  const venue = new FakeVenue(clock, venueConfig);
  const hub = fakeHub(venue, { plan: fakePlan(planConfig), ...config });
  const states = new Seen(hub.connection$);
  const faults = new Seen(hub.faults$);
  const channel = (key: string) => new Seen(hub.channel(fakeChannel(key)));
  return { clock, venue, hub, states, faults, channel, steps: () => states.values.map(step) };
};

/** Channels shared with a linger, as the venues offer them. */
const lingering = (linger: number, ...rest: Parameters<typeof start>) => {
  const it = start(...rest);
  const streams = new SharedStreams({ linger, scheduler: it.clock });
  const get = (key: string): Observable<ChannelEvent<unknown>> =>
    streams.events(key, () => it.hub.channel(fakeChannel(key)));
  return { ...it, get, watch: (key: string) => new Seen(get(key)) };
};
const messages = (seen: Seen<ChannelEvent<unknown>>): readonly unknown[] =>
  seen.values.flatMap((event) => (event.type === 'message' ? [event.value] : []));

describe('channels that linger', () => {
  it('are subscribed once for many observers, and unsubscribed once, a linger after the last has left', () => {
    const { clock, venue, watch } = lingering(1_000);
    watch('other');
    const seen = Array.from({ length: 20 }, () => watch('a'));
    clock.advance(100);
    for (const one of seen) {
      one.leave();
      clock.advance(10);
    }
    clock.advance(989);
    expect(venue.said).toEqual(['sub other a']);

    clock.advance(2);

    expect(venue.said).toEqual(['sub other a', 'unsub a']);
    clock.advance(60_000);
    expect(venue.said).toHaveLength(2);
  });

  it('are not unsubscribed when an observer returns', () => {
    const { clock, venue, watch } = lingering(1_000);
    watch('other');
    for (let i = 0; i < 10; i += 1) {
      const seen = watch('a');
      clock.advance(500);
      seen.leave();
      clock.advance(900);
    }

    expect(venue.said).toEqual(['sub other a']);
  });

  it('have nothing sent for A on the way from A to B to A', () => {
    const { clock, venue, watch } = lingering(1_000);
    const a = watch('a');
    clock.advance(100);
    a.leave();
    const b = watch('b');
    clock.advance(100);
    b.leave();
    const again = watch('a');
    clock.advance(5_000);
    venue.publish('a', 'x');

    expect(venue.said).toEqual(['sub a', 'sub b', 'unsub b']);
    expect(messages(again)).toEqual(['x']);
  });

  it('deliver each message once after subscribing, unsubscribing and subscribing again', () => {
    for (const linger of [0, 1_000]) {
      const { clock, venue, watch } = lingering(linger);
      watch('other');
      const first = watch('a');
      clock.advance(100);
      first.leave();
      clock.advance(2_000);
      const second = watch('a');
      clock.advance(100);
      venue.publish('a', 'x');

      expect(venue.said).toEqual(['sub other a', 'unsub a', 'sub a']);
      expect(messages(second)).toEqual([0, 'x']);
      expect(messages(first)).toEqual([0]);
    }
  });

  it('are unsubscribed at once where the linger is 0', () => {
    const { clock, venue, watch } = lingering(0);
    watch('other');
    const seen = watch('a');
    clock.advance(100);
    seen.leave();
    clock.advance(0);

    expect(venue.said).toEqual(['sub other a', 'unsub a']);
  });

  it('leave no word behind where they are left while disconnected', () => {
    const { clock, venue, watch } = lingering(1_000, {
      accept: (attempt) => (attempt === 1 || attempt > 5 ? 'open' : 'refuse'),
    });
    watch('other');
    const seen = watch('a');
    clock.advance(100);
    venue.wires[0]?.break();
    seen.leave();
    clock.advance(20_000);

    expect(venue.said).toEqual(['sub other a', 'sub other']);
  });
});

describe('the last one out', () => {
  it('closes the wire with 1000 after its own linger, and nothing is left', () => {
    const { clock, venue, watch, steps, hub } = lingering(1_000, {}, {}, { wireLinger: 2_000 });
    const seen = watch('a');
    clock.advanceTo(10_000);
    seen.leave();
    clock.advanceTo(12_999);
    expect(venue.openWires).toBe(1);

    clock.advanceTo(13_000);

    expect(venue.wires.map(({ closed }) => closed)).toEqual([{ at: 13_000, code: 1000, reason: '' }]);
    expect(steps()).toEqual(['connecting 1', 'ready', 'idle']);
    expect(hub.plan()).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('closes it at once where neither lingers', () => {
    const { clock, venue, watch } = lingering(0, {}, {}, { wireLinger: 0 });
    const seen = watch('a');
    clock.advance(100);

    seen.leave();

    expect(venue.openWires).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it('leaves no wire behind while it is still connecting', () => {
    const { clock, venue, watch } = lingering(0, { accept: () => 'hang' }, {}, { wireLinger: 0 });
    const seen = watch('a');
    clock.advance(100);

    seen.leave();

    expect(venue.wires.map(({ closed }) => closed?.code)).toEqual([1000]);
    expect(venue.said).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('stops the attempts as well', () => {
    const { clock, venue, watch } = lingering(1_000, { accept: () => 'refuse' });
    const seen = watch('a');
    clock.advance(5_000);
    seen.leave();
    clock.advance(3_000);
    const attempts = venue.wires.length;

    clock.advance(600_000);

    expect(venue.wires).toHaveLength(attempts);
    expect(clock.timers).toBe(0);
  });

  it('keeps the wire where somebody comes back within its linger', () => {
    const { clock, venue, watch } = lingering(0);
    watch('a').leave();
    clock.advance(100);
    const a = watch('a');
    clock.advance(100);
    a.leave();
    clock.advance(900);
    watch('b');
    clock.advance(10_000);

    expect(venue.wires).toHaveLength(1);
    expect(venue.said).toEqual(['sub a', 'unsub a', 'sub b']);
  });

  it('opens a new wire, never one that is closing, for who comes too late', () => {
    const { clock, venue, watch } = lingering(0, {}, {}, { wireLinger: 0 });
    const a = watch('a');
    clock.advance(100);
    a.leave();
    const b = watch('a');
    clock.advance(100);

    expect(venue.wires).toHaveLength(2);
    expect(messages(b)).toEqual([0]);
    expect(venue.violations).toEqual([]);
  });

  it('lets the process exit', async () => {
    const active = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const clock = new Clock();
    const venue = new FakeVenue(clock);
    const before = active();
    const hub = new Hub({
      plan: fakePlan({ dialect: (link) => ({ alongside: () => heartbeat(link, 1_000, () => PING, asyncScheduler) }) }),
      network: venue.network,
      scheduler: asyncScheduler,
      random: () => 0,
      backoff: { base: 1, factor: 1, cap: 1, stableAfter: 1, limit: Infinity },
      wireLinger: 0,
      confirmWithin: 10_000,
      handshakeWithin: 10_000,
      maxLag: 2_000,
    });
    const seen = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);
    expect(active()).toBeGreaterThan(before);

    seen.leave();
    await Promise.resolve();

    expect(active()).toBe(before);
  });
});

describe('a venue’s limits', () => {
  const rules = {
    messages: { limit: 5, window: 1_000 },
    topics: 200,
    bytes: 65_536,
    connections: { limit: 300, window: 300_000 },
  };
  const limits = { channels: 200, messages: rules.messages, requestBytes: rules.bytes };

  it.each([
    ['as many topics in a request as there are', 1_000],
    ['ten topics in a request', 10],
    ['a request for each topic', 1],
  ])('spread 1,000 channels over exactly five wires, with %s', (_, topicsPerRequest) => {
    const { clock, venue, hub } = start(
      { rules },
      { connections: rules.connections, limits: { ...limits, topicsPerRequest } },
    );
    const seen = Array.from({ length: 1_000 }, (_, i) => new Seen(hub.channel(fakeChannel(`topic-${i}`))));

    const perWire = Math.ceil(200 / topicsPerRequest);
    clock.advance(Math.ceil(perWire / 5) * 1_000);

    expect(venue.wires.map(({ topics }) => topics.size)).toEqual([200, 200, 200, 200, 200]);
    expect(seen.every((one) => messages(one).length === 1)).toBe(true);
    expect(hub.plan().map(({ wire, channels }) => [wire, channels.length])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [`main#${number}`, 200]),
    );
    clock.advance(600_000);
    expect(venue.violations).toEqual([]);
  });

  it('count pings, heartbeats and the user’s own messages', () => {
    const { clock, venue, hub, states } = start(
      { rules },
      {
        limits: { ...limits, topicsPerRequest: 1 },
        dialect: (link) => ({ alongside: () => heartbeat(link, 1_000, () => PING, clock), probe: () => PING }),
      },
    );
    for (let i = 0; i < 40; i += 1) new Seen(hub.channel(fakeChannel(`topic-${i}`)));
    for (let i = 0; i < 100; i += 1) {
      clock.advance(200);
      if (i % 7 === 0) hub.wake();
      if (i % 10 === 0) hub.socket.next({ data: 'text' });
    }

    expect(venue.subscribed).toHaveLength(40);
    expect(venue.violations).toEqual([]);
    expect(states.values.map(step)).toEqual(['connecting 1', 'ready']);
  });

  it('hold for new connections over all wires and attempts', () => {
    const connections = { limit: 10, window: 60_000 };
    const { clock, venue, hub } = start(
      { rules: { connections }, accept: (attempt) => (attempt < 100 ? 'refuse' : 'open') },
      { connections, limits: { channels: 1, silence: Infinity }, groups: ['main', 'other'] },
    );
    for (let i = 0; i < 6; i += 1) {
      new Seen(hub.channel(fakeChannel(`a${i}`)));
      new Seen(hub.channel(fakeChannel(`b${i}`, 'other')));
    }

    clock.advance(1_200_000);

    expect(venue.wires).toHaveLength(99 + 12);
    expect(venue.subscribed).toHaveLength(12);
    expect(venue.violations).toEqual([]);
  });

  it('fill the room on a wire that others have left before a further one is opened', () => {
    const { clock, venue, hub, channel } = start({ rules: { topics: 2 } }, { limits: { channels: 2 } });
    const seen = ['a', 'b', 'c'].map(channel);
    clock.advance(100);
    seen[0]?.leave();
    channel('d');
    channel('e');
    clock.advance(100);

    expect(hub.plan().map(({ channels }) => channels)).toEqual([
      ['b', 'd'],
      ['c', 'e'],
    ]);
    expect(venue.violations).toEqual([]);
  });

  it('leave the channels of one group to its own wires', () => {
    const { clock, venue, hub } = start({}, { groups: ['main', 'other'] });
    new Seen(hub.channel(fakeChannel('a')));
    new Seen(hub.channel(fakeChannel('b', 'other')));
    const nowhere = new Seen(hub.channel(fakeChannel('c', 'nowhere')));
    clock.advance(100);

    expect(hub.plan().map(({ wire, channels }) => [wire, ...channels])).toEqual([
      ['main#1', 'a'],
      ['other#1', 'b'],
    ]);
    expect(venue.wires).toHaveLength(2);
    expect(nowhere.end).toEqual({ error: expect.any(RangeError) });
  });
});

describe('one that goes wrong', () => {
  const unhandled: unknown[] = [];
  beforeEach(() => {
    unhandled.length = 0;
    rxjsConfig.onUnhandledError = (error) => unhandled.push(error);
  });
  afterEach(() => {
    rxjsConfig.onUnhandledError = null;
  });

  it.each([
    ['a clean close', (venue: FakeVenue) => venue.wires[0]?.end(1000)],
    ['a close for going away', (venue: FakeVenue) => venue.wires[0]?.end(1001)],
    ['a broken wire', (venue: FakeVenue) => venue.wires[0]?.break()],
    ['a frame that can not be read', (venue: FakeVenue) => venue.wires[0]?.send('{')],
  ])('ends no observer by %s', (_, harm) => {
    const { clock, venue, hub, channel } = start();
    const seen = [channel('a'), channel('b'), new Seen(hub.socket), new Seen(hub.faults$), new Seen(hub.connection$)];
    clock.advance(100);
    harm(venue);
    clock.advance(100);
    venue.publish('a', 'after');
    venue.publish('b', 'after');

    expect(seen.map(({ end }) => end)).toEqual(Array(5).fill(undefined));
    for (const one of seen.slice(0, 2)) expect(one.values.at(-1)).toEqual({ type: 'message', value: 'after' });
  });

  it.each([
    [
      'throws',
      (): never => {
        throw new Error('broken decoder');
      },
      'broken decoder',
    ],
    ['refuses', (payload: unknown) => t.type({ price: t.number }, 'fake.Trade').decode(payload), 'fake.Trade/price'],
  ])('does not disturb its siblings with a decoder that %s', (_, decode, path) => {
    const { clock, venue, hub, channel, faults } = start({ greets: false });
    const bad = new Seen(hub.channel({ topic: { key: 'bad', group: 'main' }, decode } satisfies ChannelSpec<unknown>));
    const good = channel('good');
    clock.advance(100);
    venue.publish('bad', { price: 'x' });
    venue.publish('good', 1);

    expect(messages(good)).toEqual([1]);
    expect(messages(bad)).toEqual([]);
    expect(bad.end).toBeUndefined();
    expect(faults.values).toMatchObject([
      { type: 'decode', channel: 'bad', path: expect.stringContaining(path), raw: '{"price":"x"}' },
    ]);
  });

  it('does not disturb its siblings with ten thousand lists in one another', () => {
    const { clock, venue, hub, channel, faults } = start({ greets: false });
    const decode = t.type({ price: t.number }, 'fake.Trade').decode;
    const bad = new Seen(hub.channel({ topic: { key: 'bad', group: 'main' }, decode } satisfies ChannelSpec<unknown>));
    const good = channel('good');
    clock.advance(100);
    // As text: the venue's JSON.stringify has no stack for it either.
    venue.wires[0]?.send(`{"key":"bad","payload":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
    venue.publish('good', 1);

    expect(good.values.filter((event) => (event as { readonly type: string }).type === 'missed')).toEqual([]);
    expect(messages(good)).toEqual([1]);
    expect(bad.end).toBeUndefined();
    expect(faults.values).toMatchObject([{ type: 'decode', channel: 'bad', raw: '['.repeat(200) }]);
  });

  it('does not disturb the others as an observer that throws', () => {
    jest.useFakeTimers();
    const { clock, venue, hub, channel } = start({ greets: false });
    const boom = (): void => {
      throw new Error('boom');
    };
    const good = [channel('a')];
    hub.channel(fakeChannel('a')).subscribe(boom);
    hub.socket.subscribe(boom);
    hub.connection$.subscribe(boom);
    hub.channel(fakeChannel('a')).pipe(map(boom)).subscribe({ error: boom });
    good.push(channel('a'), channel('b'));
    clock.advance(100);
    venue.publish('a', 1);
    venue.publish('b', 2);
    jest.runAllTimers();
    jest.useRealTimers();

    expect(good.map(messages)).toEqual([[1], [1], [2]]);
    expect(unhandled.length).toBeGreaterThan(4);
    expect(venue.said).toEqual(['sub a b']);
  });

  it('lets observers come and go from within what they are told', () => {
    const { clock, venue, hub, channel } = start({ greets: false });
    channel('keep');
    let runs = 0;
    const chain = (): void => {
      const one = new Seen(hub.channel(fakeChannel('a')), ({ type }) => {
        if (type !== 'message') return;
        one.leave();
        runs += 1;
        chain();
      });
    };
    chain();
    clock.advance(100);
    for (let i = 0; i < 5; i += 1) {
      venue.publish('a', i);
      clock.advance(10);
    }

    expect(runs).toBe(5);
    expect(venue.subscribed).toEqual(['a', 'keep']);
    expect(venue.violations).toEqual([]);
  });

  it.each(['begun', 'confirmed', 'message', 'lost'] as const)('may be closed from within "%s"', (type) => {
    const { clock, venue, hub, channel, steps } = start();
    const before = channel('a');
    new Seen(hub.channel(fakeChannel('b')), (event) => {
      if (event.type === type) hub.close(4000, 'done');
    });
    const after = channel('c');
    clock.advance(100);
    venue.wires[0]?.break();
    clock.advance(60_000);

    expect([before.end, after.end]).toEqual(['complete', 'complete']);
    expect(steps().at(-1)).toBe('closed');
    expect(venue.openWires).toBe(0);
    expect(venue.violations).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('may subscribe again at once when it was refused, without end but without recursion', () => {
    const { clock, venue, hub } = start({ refuses: () => 'no' }, { limits: { messages: { limit: 5, window: 1_000 } } });
    let refusals = 0;
    const again = (): void => {
      hub.channel(fakeChannel('a')).subscribe({
        error: () => {
          refusals += 1;
          again();
        },
      });
    };
    again();
    clock.advance(10_000);

    expect(refusals).toBeGreaterThan(10);
    expect(refusals).toBeLessThanOrEqual(51);
    expect(venue.wires).toHaveLength(1);
  });
});

describe('several observers of one topic', () => {
  it('ride on one subscription; a late one is told how far it has come', () => {
    const { clock, venue, channel } = start({ greets: false });
    channel('other');
    const first = channel('a');
    clock.advance(100);
    const second = channel('a');
    venue.publish('a', 1);
    first.leave();
    venue.publish('a', 2);
    clock.advance(100);
    expect(second.values.map(told)).toEqual(['begun', 'confirmed', '1', '2']);
    second.leave();
    clock.advance(100);

    expect(venue.said).toEqual(['sub other a', 'unsub a']);
  });

  it('are told of a loss alike, and late ones nothing of what is over', () => {
    const { clock, venue, channel } = start({ greets: false });
    const first = channel('a');
    clock.advance(100);
    venue.wires[0]?.break();
    const second = channel('a');
    clock.advance(100);

    expect(first.values.map(told)).toEqual(['begun', 'confirmed', 'lost failed', 'begun', 'confirmed']);
    expect(second.values.map(told)).toEqual(['begun', 'confirmed']);
  });
});

describe('the socket', () => {
  it('is held open by an observer of its own, who sees every frame', () => {
    const { clock, venue, hub, channel } = start({ greets: false });
    const socket = new Seen(hub.socket);
    clock.advance(100);
    expect(venue.openWires).toBe(1);
    const a = channel('a');
    clock.advance(100);
    venue.publish('a', 1);
    venue.wires[0]?.send('of no channel');
    a.leave();
    clock.advance(60_000);
    expect(venue.openWires).toBe(1);

    socket.leave();
    clock.advance(1_000);

    expect(socket.values).toEqual([
      { wire: 'main#1', data: '{"ack":"1"}' },
      { wire: 'main#1', data: '{"key":"a","payload":1}' },
      { wire: 'main#1', data: 'of no channel' },
      { wire: 'main#1', data: '{"ack":"2"}' },
    ]);
    expect(venue.openWires).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it('composes like any subject', () => {
    const { clock, venue, hub } = start();
    const seen = new Seen(
      merge(hub.socket.pipe(map(({ data }) => data)), hub.socket.asObservable().pipe(map(() => '!'))),
    );
    clock.advance(100);
    venue.wires[0]?.send('x');
    seen.leave();
    clock.advance(1_000);

    expect(seen.values).toEqual(['x', '!']);
    expect(venue.openWires).toBe(0);
  });

  it('comes back after a loss for its observers alone', () => {
    const { clock, venue, hub } = start();
    const socket = new Seen(hub.socket);
    clock.advance(100);
    venue.wires[0]?.end(1000);
    clock.advance(100);
    venue.wires[1]?.send('again');

    expect(socket.values).toEqual([{ wire: 'main#1', data: 'again' }]);
    expect(socket.end).toBeUndefined();
  });

  it('sends within the budget when a wire is ready', () => {
    const messagesRate = { limit: 5, window: 1_000 };
    const { clock, venue, hub } = start({ rules: { messages: messagesRate } }, { limits: { messages: messagesRate } });
    new Seen(hub.socket);
    clock.advance(100);
    for (let i = 0; i < 12; i += 1) hub.socket.next({ data: `text ${i}` });
    clock.advance(2_001);

    expect(venue.wires[0]?.said.map(({ message }) => message.text)).toEqual(
      Array.from({ length: 12 }, (_, i) => `text ${i}`),
    );
    expect(venue.violations).toEqual([]);
  });

  it('drops what is sent while it is down, says so, and sends none of it later', () => {
    const { clock, venue, hub, faults } = start();
    hub.socket.next({ data: 'too early' });
    new Seen(hub.socket);
    hub.socket.next({ data: 'not open' });
    clock.advance(100);
    venue.wires[0]?.break();
    hub.socket.next({ data: 'lost' });
    hub.socket.next({ wire: 'main#7', data: 'no such wire' });
    clock.advance(100);

    expect(faults.values.map(({ type }) => type)).toEqual(['dropped', 'dropped', 'dropped', 'dropped']);
    expect(venue.said).toEqual([]);
  });

  it('sends on the wire that is named', () => {
    const { clock, venue, hub, channel } = start({}, { limits: { channels: 1 } });
    channel('a');
    channel('b');
    clock.advance(100);

    hub.socket.next({ wire: 'main#2', data: 'for the second' });
    hub.socket.next({ data: 'for the first ready' });

    expect(venue.wires.map(({ said }) => said.at(-1)?.message.text)).toEqual(['for the first ready', 'for the second']);
  });

  it.each(['complete', 'error'] as const)('closes everything by %s', (how) => {
    const { clock, venue, hub, channel } = start();
    const seen = [channel('a'), new Seen(hub.socket)];
    clock.advance(100);

    const socket: Subject<SocketMessage> = hub.socket;
    if (how === 'complete') socket.complete();
    else socket.error(new Error('whatever'));
    clock.advance(60_000);

    expect(seen.map(({ end }) => end)).toEqual(['complete', 'complete']);
    expect(venue.wires.map(({ closed }) => closed?.code)).toEqual([1000]);
    expect(clock.timers).toBe(0);
  });

  it('answers a frame from within its handler', () => {
    const { clock, venue, hub } = start();
    new Seen(hub.socket, ({ data }) => {
      if (data === 'ping?') hub.socket.next({ data: 'pong!' });
    });
    clock.advance(100);

    venue.wires[0]?.send('ping?');

    expect(venue.wires[0]?.said.map(({ message }) => message.text)).toEqual(['pong!']);
  });
});
