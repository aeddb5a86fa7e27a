import { SubscriptionRefusedError } from '../../../lib/errors/subscriptionRefusedError.js';
import type { Fault } from '../../../lib/model/fault.js';
import type { HubConfig } from '../../../lib/socket/hub.js';
import { heartbeat } from '../../../lib/socket/heartbeat.js';
import type { Dialect, Link } from '../../../lib/socket/plan.js';
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
} from '../../support/fakeVenue.js';

const start = (venueConfig: FakeVenueConfig = {}, planConfig: FakePlanConfig = {}, config: Partial<HubConfig> = {}) => {
  const clock = new Clock();
  const venue = new FakeVenue(clock, venueConfig);
  const links: Link[] = [];
  const plan = fakePlan({
    ...planConfig,
    dialect: (link) => {
      links.push(link);
      return planConfig.dialect?.(link) ?? {};
    },
  });
  const hub = fakeHub(venue, { plan, ...config });
  const states = new Seen(hub.connection$);
  const faults = new Seen(hub.faults$);
  const channel = (key: string) => new Seen(hub.channel(fakeChannel(key)));
  return { clock, venue, hub, states, faults, channel, links, steps: () => states.values.map(step) };
};
const words = (seen: Seen<Parameters<typeof told>[0]>): readonly string[] => seen.values.map(told);
const kinds = (faults: Seen<Fault>): readonly string[] => faults.values.map(({ type }) => type);
const beating = (link: Link, clock: () => Clock): Partial<Dialect> => ({
  alongside: () => heartbeat(link, 1_000, () => '{"op":"ping"}', clock()),
});
const probing = { dialect: () => ({ probe: () => '{"op":"ping"}' }) };

describe('silence', () => {
  it('replaces a wire that delivers nothing, within the bound', () => {
    const { clock, venue, channel, steps } = start(
      { greets: false, answers: () => 'lost' },
      { limits: { silence: 5_000 } },
    );
    channel('a');

    clock.advanceTo(5_001);

    expect(steps()).toEqual(['connecting 1', 'ready', 'lost silent', 'waiting 0', 'connecting 2']);
    expect(venue.wires[0]?.closed).toMatchObject({ at: 5_001, code: 1000 });
  });

  it('counts from the last sign of life, frames or below', () => {
    const { clock, venue, channel, steps } = start({ greets: false }, { limits: { silence: 5_000 } });
    channel('a');
    clock.advanceTo(4_000);
    venue.publish('a', 1);
    clock.advanceTo(8_000);
    venue.wires[0]?.pulse();

    clock.advanceTo(12_999);
    expect(steps().at(-1)).toBe('ready');
    clock.advance(1);

    expect(steps()).toContain('lost silent');
  });

  it('is told from idleness by a ping where the venue has one', () => {
    const { clock, venue, channel, steps } = start(
      { greets: false },
      { ...probing, limits: { silence: 5_000, probeWithin: 1_000 } },
    );
    channel('a');

    clock.advanceTo(60_000);

    expect(steps()).toEqual(['connecting 1', 'ready']);
    expect(venue.said.filter((text) => text === 'ping').length).toBeGreaterThanOrEqual(9);
  });

  it.each([
    ['at once', 10_002],
    ['after it has answered pings for a while', 17_000],
    ['just after an answer', 5_100],
  ])('finds a half-open wire within silence and probe, dead %s', (_, deadAt) => {
    const clock = new Clock();
    const venue = new FakeVenue(clock, { greets: false });
    let isDead = false;
    const plan = fakePlan({
      limits: { silence: 5_000, probeWithin: 1_000 },
      dialect: () => ({ probe: () => (isDead ? 'nothing comes of it' : '{"op":"ping"}') }),
    });
    const hub = fakeHub(venue, { plan });
    const states = new Seen(hub.connection$);
    new Seen(hub.channel(fakeChannel('a')));
    clock.advanceTo(deadAt);
    isDead = true;

    clock.advanceTo(deadAt + 6_002);

    expect(states.values.map(step)).toContain('lost silent');
  });

  it('holds a ready wire to a ping when something wakes us', () => {
    const { clock, venue, channel, hub, steps } = start(
      { pongs: false },
      { ...probing, limits: { probeWithin: 1_000 } },
    );
    channel('a');
    clock.advance(100);

    hub.wake();
    hub.wake();
    clock.advance(999);
    expect(steps().at(-1)).toBe('ready');
    clock.advance(1);

    expect(venue.said).toEqual(['sub a', 'ping']);
    expect(steps().slice(2, 4)).toEqual(['lost silent', 'waiting 0']);
  });

  it('keeps a wire that answers after waking up', () => {
    const { clock, channel, hub, steps } = start({}, probing);
    channel('a');
    clock.advance(100);
    hub.wake();
    clock.advance(15_000);

    expect(steps()).toEqual(['connecting 1', 'ready']);
  });

  it('is nobody’s business where the venue sets no bound', () => {
    const { clock, channel, steps, hub } = start({ greets: false }, { limits: { silence: Infinity } });
    const seen = channel('a');
    clock.advance(3_600_000);
    expect(steps()).toEqual(['connecting 1', 'ready']);

    seen.leave();
    clock.advance(1_000);
    hub.close();
    expect(clock.timers).toBe(0);
  });

  it('does not let a ping wait behind a backlog', () => {
    const { clock, venue, channel, hub, steps } = start(
      {},
      { ...probing, limits: { messages: { limit: 2, window: 1_000 }, probeWithin: 2_000 } },
    );
    channel('a');
    clock.advance(100);
    for (let i = 0; i < 50; i += 1) hub.socket.next({ data: `text ${i}` });
    hub.wake();
    clock.advance(3_000);

    expect(venue.said.indexOf('ping')).toBeLessThanOrEqual(2);
    expect(steps()).toEqual(['connecting 1', 'ready']);
  });

  it('sends a heartbeat every so often, whatever else is said, and none after the session', () => {
    const { clock, venue, channel } = start({}, { dialect: (link) => beating(link, () => clock) });
    const seen = channel('a');
    clock.advance(5_500);
    expect(venue.said.filter((text) => text === 'ping')).toHaveLength(5);

    seen.leave();
    clock.advance(60_000);

    expect(venue.said.filter((text) => text === 'ping')).toHaveLength(6);
    expect(clock.timers).toBe(0);
  });
});

describe('subscribing', () => {
  it('asks once for each channel and session, all of one tick together', () => {
    const { clock, venue, channel } = start();
    channel('a');
    channel('b');
    clock.advance(100);
    channel('c');
    channel('d');
    clock.advance(100);
    venue.wires[0]?.break();
    clock.advance(100);

    expect(venue.said).toEqual(['sub a b', 'sub c d', 'sub a b c d']);
    expect(venue.violations).toEqual([]);
  });

  it('tells begun, confirmed and data in the order in which they come', () => {
    const { clock, venue, channel } = start({ greets: false });
    const seen = channel('a');
    clock.advance(100);
    venue.publish('a', 'x');
    venue.wires[0]?.break();
    clock.advance(100);
    venue.publish('a', 'y');

    expect(words(seen)).toEqual(['begun', 'confirmed', 'x', 'lost failed', 'begun', 'confirmed', 'y']);
  });

  it('takes data for a confirmation, told once and before the data', () => {
    const { clock, channel } = start({}, { ids: false });
    const seen = channel('a');
    clock.advance(60_000);

    expect(words(seen)).toEqual(['begun', 'confirmed', '0']);
  });

  it.each(['lost', 'ignored'] as const)('asks again after 10 s without ack or data, and says so (%s)', (first) => {
    let asked = 0;
    const { clock, venue, channel, faults } = start({
      greets: false,
      answers: () => ((asked += 1) <= 2 ? first : 'answered'),
    });
    const seen = channel('a');

    clock.advanceTo(10_000);
    expect(faults.values).toEqual([]);
    clock.advanceTo(60_000);

    expect(venue.said).toEqual(['sub a', 'sub a', 'sub a']);
    expect(faults.values).toMatchObject([
      { type: 'unconfirmed', channel: 'a', attempt: 1, at: 10_001 },
      { type: 'unconfirmed', channel: 'a', attempt: 2, at: 20_001 },
    ]);
    expect(words(seen).at(-1)).toBe('confirmed');
  });

  it('does not take the fault of an old request for one of a new', () => {
    const { clock, venue, hub, faults } = start({
      greets: false,
      answers: ({ id }) => (id === '1' ? 'lost' : 'answered'),
    });
    const first = new Seen(hub.channel(fakeChannel('a')));
    new Seen(hub.channel(fakeChannel('b')));
    clock.advance(5_000);
    first.leave();
    clock.advance(4_999);
    new Seen(hub.channel(fakeChannel('a')));
    clock.advance(2);

    // The request of the beginning is overdue for b only; a has been asked for a moment ago.
    expect(faults.values).toMatchObject([{ type: 'unconfirmed', channel: 'b' }]);
    expect(venue.said).toEqual(['sub a b', 'unsub a', 'sub a', 'sub b']);
  });

  it('errors a channel that the venue refuses, with its text, and no other', () => {
    const { clock, venue, channel, faults } = start({
      refuses: (topic) => (topic === 'bad' ? 'no such topic' : undefined),
    });
    const good = Array.from({ length: 30 }, (_, i) => channel(`good${i}`));
    const bad = channel('bad');
    const more = Array.from({ length: 30 }, (_, i) => channel(`more${i}`));

    clock.advance(1_000);

    expect(bad.end).toEqual({ error: new SubscriptionRefusedError('fake', 'bad', 'no such topic') });
    for (const seen of [...good, ...more]) {
      expect(seen.end).toBeUndefined();
      expect(words(seen).slice(-2)).toEqual(['confirmed', '0']);
    }
    expect(faults.values).toMatchObject([{ type: 'refused', channel: 'bad' }]);
    expect(venue.subscribed).toHaveLength(60);
    // Halving: not one request for each of the innocent.
    expect(venue.said.length).toBeLessThanOrEqual(14);
    expect(venue.violations).toEqual([]);
  });

  it('asks for all together again on the next session, once the one at fault is gone', () => {
    const { clock, venue, channel } = start({ refuses: (topic) => (topic === 'bad' ? 'no' : undefined) });
    for (const key of ['a', 'b', 'c', 'bad', 'd']) channel(key);
    clock.advance(1_000);
    const before = venue.said.length;

    venue.wires[0]?.break();
    clock.advance(1_000);

    expect(venue.said.slice(before)).toEqual([expect.stringMatching(/^sub( [a-d]){4}$/)]);
  });

  it('finds several at fault', () => {
    const { clock, venue, channel } = start({
      refuses: (topic) => (topic.startsWith('bad') ? `not ${topic}` : undefined),
    });
    const keys = Array.from({ length: 40 }, (_, i) => (i % 7 === 0 ? `bad${i}` : `good${i}`));
    const seen = keys.map(channel);
    clock.advance(5_000);

    keys.forEach((key, i) => {
      const refused = key.startsWith('bad')
        ? { error: new SubscriptionRefusedError('fake', key, `not ${key}`) }
        : undefined;
      expect(seen[i]?.end).toEqual(refused);
    });
    expect(venue.subscribed).toHaveLength(34);
  });

  it('asks anew for a refused channel when somebody wants it again', () => {
    let server: string | undefined = 'not yet';
    const { clock, venue, channel } = start({ refuses: () => server });
    channel('a');
    clock.advance(100);
    server = undefined;

    const seen = channel('a');
    clock.advance(100);

    expect(words(seen)).toEqual(['begun', 'confirmed', '0']);
    expect(venue.subscribed).toEqual(['a']);
  });

  it('ends a channel that the venue ends by name, also after it was live', () => {
    const { clock, channel, links } = start();
    const seen = [channel('a'), channel('b')];
    clock.advance(100);

    links[0]?.rejected('a', 'delisted');
    links[0]?.rejected('nobody', 'delisted');

    expect(seen.map(({ end }) => end)).toEqual([
      { error: new SubscriptionRefusedError('fake', 'a', 'delisted') },
      undefined,
    ]);
  });

  it('is confirmed by name as well', () => {
    const { clock, channel, links } = start({ greets: false, answers: () => 'lost' }, { ids: false });
    const seen = channel('a');
    clock.advance(100);
    links[0]?.confirmed('a');
    links[0]?.confirmed('a');
    links[0]?.confirmed('nobody');
    clock.advance(20_000);

    expect(words(seen)).toEqual(['begun', 'confirmed']);
  });

  it('waits for what the dialect does not admit yet, and sends it when that changes', () => {
    const admitted = new Set(['a']);
    const { clock, venue, channel, links } = start({}, { dialect: () => ({ admits: ({ key }) => admitted.has(key) }) });
    channel('a');
    channel('b');
    clock.advance(100);
    expect(venue.said).toEqual(['sub a']);

    admitted.add('b');
    links[0]?.changed();
    clock.advance(100);

    expect(venue.said).toEqual(['sub a', 'sub b']);
  });

  it('keeps to topics per request and bytes per frame', () => {
    const { clock, venue, channel } = start(
      { rules: { bytes: 200 } },
      { limits: { topicsPerRequest: 20, requestBytes: 200 } },
    );
    for (let i = 0; i < 100; i += 1) channel(`${'é'.repeat(i % 12)}${i}`);
    clock.advance(1_000);

    expect(venue.subscribed).toHaveLength(100);
    expect(venue.violations).toEqual([]);
    for (const { said } of venue.wires)
      for (const { message } of said) expect(message.topics?.length).toBeLessThanOrEqual(20);
  });

  it('says so where a single request is over the limit, and sends nothing', () => {
    const { clock, venue, channel, faults } = start({}, { limits: { requestBytes: 50 } });
    channel('x'.repeat(100));
    clock.advance(100);

    expect(venue.said).toEqual([]);
    expect(faults.values).toMatchObject([{ type: 'dropped', count: 1 }]);
  });
});

describe('leaving', () => {
  it('unsubscribes once, before what comes in its place', () => {
    const { clock, venue, channel } = start({ rules: { topics: 2 } }, { limits: { channels: 2 } });
    channel('a');
    const b = channel('b');
    clock.advance(100);

    b.leave();
    channel('c');
    clock.advance(100);

    expect(venue.wires).toHaveLength(1);
    expect(venue.said).toEqual(['sub a b', 'unsub b', 'sub c']);
    expect(venue.violations).toEqual([]);
  });

  it('says nothing about a channel that came and left before it could be asked for', () => {
    const { clock, venue, channel } = start();
    channel('a');
    clock.advance(100);
    channel('b').leave();
    clock.advance(100);

    expect(venue.said).toEqual(['sub a']);
  });

  it('sends neither message on the next session when it happens while disconnected', () => {
    const { clock, venue, channel } = start({ accept: (attempt) => (attempt === 2 ? 'refuse' : 'open') });
    channel('a');
    const b = channel('b');
    clock.advance(100);
    venue.wires[0]?.break();
    clock.advance(10);
    b.leave();
    clock.advance(1_000);

    expect(venue.said).toEqual(['sub a b', 'sub a']);
  });

  it('sends nothing when the channel is wanted again before its unsubscribe went out', () => {
    const { clock, venue, hub, channel } = start({ greets: false });
    channel('a');
    const first = channel('b');
    clock.advance(100);

    first.leave();
    const second = channel('b');
    clock.advance(100);
    venue.publish('b', 'x');

    expect(venue.said).toEqual(['sub a b']);
    expect(words(second)).toEqual(['begun', 'confirmed', 'x']);
    expect(words(first)).toEqual(['begun', 'confirmed']);
    expect(hub.plan()[0]?.channels).toEqual(['a', 'b']);
  });

  it('does not take such a channel for confirmed before it was', () => {
    const { clock, venue, channel, faults } = start({ greets: false, answers: () => 'ignored' });
    channel('a');
    const first = channel('b');
    clock.advance(2);
    first.leave();
    const second = channel('b');
    expect(words(second)).toEqual(['begun']);
    clock.advanceTo(10_100);

    expect(faults.values.map((fault) => ('channel' in fault ? fault.channel : ''))).toEqual(['a', 'b']);
    expect(venue.said).toEqual(['sub a b', 'sub a b']);
  });

  it('errors such a channel when the answer that was under way refuses it', () => {
    const { clock, channel } = start({ latency: 50, refuses: (topic) => (topic === 'b' ? 'no' : undefined) });
    channel('a');
    clock.advanceTo(100);
    const first = channel('b');
    clock.advance(10);
    first.leave();
    const second = channel('b');

    clock.advance(1_000);

    expect(second.end).toEqual({ error: new SubscriptionRefusedError('fake', 'b', 'no') });
    expect(first.end).toBeUndefined();
  });

  it('has nothing to unsubscribe when the venue refused it while it was leaving', () => {
    const { clock, venue, channel } = start(
      { latency: 50, refuses: (topic) => (topic === 'b' ? 'no' : undefined) },
      { limits: { messages: { limit: 2, window: 1_000 } } },
    );
    channel('a');
    clock.advanceTo(100);
    const b = channel('b');
    clock.advance(10);
    b.leave();
    clock.advance(5_000);

    expect(venue.said).toEqual(['sub a', 'sub b']);
  });
});

describe('updates that were lost', () => {
  it('has one channel subscribed anew, and only that one', () => {
    const { clock, venue, hub, channel } = start();
    const a = channel('a');
    const b = channel('b');
    clock.advance(100);

    hub.resubscribe('a');
    hub.resubscribe('nobody');
    clock.advance(100);

    expect(venue.said).toEqual(['sub a b', 'unsub a', 'sub a']);
    expect(words(a)).toEqual(['begun', 'confirmed', '0', 'lost gap', 'begun', 'confirmed', '0']);
    expect(words(b)).toEqual(['begun', 'confirmed', '0']);
    expect(venue.violations).toEqual([]);
  });

  it('has all of a wire subscribed anew where its count does not go on', () => {
    const { clock, venue, channel, links } = start();
    const seen = [channel('a'), channel('b')];
    clock.advance(100);

    links[0]?.interrupted();
    clock.advance(100);

    expect(venue.said).toEqual(['sub a b', 'unsub a b', 'sub a b']);
    for (const one of seen)
      expect(words(one)).toEqual(['begun', 'confirmed', '0', 'lost gap', 'begun', 'confirmed', '0']);
  });

  it('has what goes on being interrupted subscribed anew ever more seldom, and at once again once it held', () => {
    const { clock, venue, channel, links } = start();
    channel('a');
    channel('b');
    const asked = (): number => venue.said.filter((text) => text === 'sub a').length;
    const interruptFor = (ms: number): void => {
      for (let passed = 0; passed < ms; passed += 20) {
        links[0]?.interrupted('a');
        clock.advance(20);
      }
    };

    interruptFor(20_000);
    expect(asked()).toBe(7); // at once, then after 0.25 s, 0.5 s, 1 s, 2 s, 4 s, 8 s
    clock.advance(20_000);
    const before = asked();
    interruptFor(100);

    expect(asked()).toBe(before + 1);
    expect(venue.said.filter((text) => text.includes(' b'))).toEqual(['sub a b']);
    expect(venue.violations).toEqual([]);
  });

  it('does not ask for what was left while it waited to be asked for again', () => {
    const { clock, venue, channel, links } = start();
    const a = channel('a');
    channel('b');
    clock.advance(100);
    links[0]?.interrupted('a');
    clock.advance(100);
    links[0]?.interrupted('a');
    a.leave();
    clock.advance(5_000);

    expect(venue.subscribed).toEqual(['b']);
  });

  it('asks once however often it is said before there is room to ask', () => {
    const { clock, venue, hub, channel } = start();
    const a = channel('a');
    clock.advance(100);
    hub.resubscribe('a');
    hub.resubscribe('a');
    clock.advance(100);

    expect(venue.said).toEqual(['sub a', 'unsub a', 'sub a']);
    expect(words(a).filter((word) => word === 'lost gap')).toHaveLength(1);
  });

  it('does not ask for what left on hearing of it', () => {
    const { clock, venue, hub, links } = start();
    const seen: Seen<unknown>[] = [];
    hub.channel(fakeChannel('a')).subscribe((event) => {
      if (event.type === 'lost') for (const one of seen) one.leave();
    });
    seen.push(new Seen(hub.channel(fakeChannel('b'))));
    clock.advance(100);

    links[0]?.interrupted();
    clock.advance(100);

    expect(venue.subscribed).toEqual(['a']);
    expect(venue.violations).toEqual([]);
  });

  it('ends it for good where it is left before it was asked for again', () => {
    const { clock, venue, hub, channel } = start({}, { limits: { messages: { limit: 1, window: 1_000 } } });
    channel('a');
    const b = channel('b');
    clock.advance(10);
    hub.resubscribe('b');
    b.leave();
    clock.advance(5_000);

    expect(venue.said).toEqual(['sub a b', 'unsub b']);
  });

  it('still begins anew where the one that left is wanted again', () => {
    const { clock, venue, hub, channel } = start({}, { limits: { messages: { limit: 1, window: 1_000 } } });
    channel('a');
    const b = channel('b');
    clock.advance(10);
    hub.resubscribe('b');
    b.leave();
    const again = channel('b');
    clock.advance(5_000);

    expect(venue.said).toEqual(['sub a b', 'unsub b', 'sub b']);
    expect(words(again)).toEqual(['begun', 'confirmed', '0']);
  });
});

describe('what goes wrong on one frame', () => {
  it('is reported where it could not be read, and ends nothing', () => {
    const { clock, venue, channel, faults } = start();
    const seen = [channel('a'), channel('b')];
    clock.advance(100);

    venue.wires[0]?.send('{not json');
    venue.wires[0]?.send('x'.repeat(10_000).replace(/^/, '{'));
    venue.publish('a', 'still');
    clock.advance(10);

    expect(faults.values).toMatchObject([
      { type: 'decode', raw: '{not json', path: expect.stringContaining('JSON') },
      { type: 'decode', raw: expect.stringMatching(/^.{200}$/) },
    ]);
    expect(words(seen[0] ?? channel('a')).at(-1)).toBe('still');
    expect(seen.map(({ end }) => end)).toEqual([undefined, undefined]);
  });

  it('is reported as the venue’s where it answers what we never asked', () => {
    const { clock, venue, channel, faults } = start();
    channel('a');
    clock.advance(100);

    venue.wires[0]?.send({ err: '77', text: 'what?' });
    venue.wires[0]?.send({ ack: '78' });
    venue.wires[0]?.send({ key: 'nobody', payload: 1 });

    expect(faults.values).toMatchObject([{ type: 'venue', message: 'fake: what?' }]);
  });

  it('loses the wire where the dialect says so', () => {
    const { clock, channel, links, steps } = start();
    channel('a');
    clock.advance(100);

    links[0]?.lose('auth', 'token expired');
    links[0]?.deliver('a', 'late');
    links[0]?.send('late');
    links[0]?.rejected('a', 'late');
    clock.advance(100);

    expect(steps()).toEqual(['connecting 1', 'ready', 'lost auth', 'waiting 0', 'connecting 2', 'ready']);
  });

  it('says what was still to be sent when the wire went', () => {
    const { clock, venue, hub, channel, faults } = start({}, { limits: { messages: { limit: 2, window: 1_000 } } });
    channel('a');
    clock.advance(100);
    for (let i = 0; i < 5; i += 1) hub.socket.next({ data: `text ${i}` });

    venue.wires[0]?.break();
    clock.advance(3_000);

    expect(faults.values).toMatchObject([{ type: 'dropped', count: 4 }]);
    expect(venue.said).toEqual(['sub a', 'text', 'sub a']);
  });

  it('bounds what waits to be sent', () => {
    const { clock, hub, channel, faults } = start({}, { limits: { messages: { limit: 1, window: 1_000 } } });
    channel('a');
    clock.advance(100);
    for (let i = 0; i < 1_003; i += 1) hub.socket.next({ data: 'text' });

    expect(kinds(faults)).toEqual(['dropped', 'dropped', 'dropped']);
  });
});
