import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import type { Dialect, Link, Topic } from '../../lib/socket/plan.js';
import { Clock, FakeVenue, Seen, fakeChannel, fakeHub, fakePlan, told } from '../support/fakeVenue.js';

/** A hub whose venue answers nothing by itself: the test does. */
function start(keys: readonly string[] = ['a'], dialect: Partial<Dialect> = {}) {
  const clock = new Clock();
  const venue = new FakeVenue(clock, { greets: false, answers: () => 'lost' });
  const links: Link[] = [];
  const plan = fakePlan({
    limits: { silence: Infinity },
    dialect: (link) => {
      links.push(link);
      return dialect;
    },
  });
  const hub = fakeHub(venue, { plan });
  const faults = new Seen(hub.faults$);
  const watch = (key: string) => new Seen(hub.channel(fakeChannel(key)));
  const seen = keys.map(watch);
  clock.advance(2);
  const wire = venue.wires[0];
  if (wire === undefined) throw new Error('no wire');
  const words = (one: Seen<Parameters<typeof told>[0]>) => one.values.map(told);
  return { clock, venue, hub, watch, seen, wire, words, links, faults };
}

const textOf = (op: string, topics: readonly Topic[]): string =>
  JSON.stringify({ op, topics: topics.map(({ key }) => key) });

/** A channel that was live, was left and is wanted again; its requests are 1, 2 (the end) and 3. */
function again() {
  const rig = start(['a', 'other']);
  rig.wire.send({ ack: '1' });
  rig.seen[0]?.leave();
  rig.clock.advance(2);
  const seen = rig.watch('a');
  rig.clock.advance(2);
  expect(rig.venue.said).toEqual(['sub a other', 'unsub a', 'sub a']);
  return { ...rig, seen };
}

describe('a channel that was left and is wanted again', () => {
  it('is not confirmed by a late frame of the subscription before, nor is it told', () => {
    const { seen, wire, words } = again();
    wire.send({ key: 'a', payload: 'late' });
    expect(words(seen)).toEqual(['begun']);
    wire.send({ ack: '2' });
    wire.send({ ack: '3' });
    wire.send({ key: 'a', payload: 'new' });
    expect(words(seen)).toEqual(['begun', 'confirmed', 'new']);
  });

  it('is told nothing late by a venue that confirms subscriptions by their keys, and ends by their ids', () => {
    const {
      clock,
      venue,
      links,
      seen: [left],
      wire,
      watch,
      words,
    } = start(['a', 'other']);
    links[0]?.confirmed('a');
    left?.leave();
    clock.advance(2);
    const seen = watch('a');
    clock.advance(2);
    expect(venue.said).toEqual(['sub a other', 'unsub a', 'sub a']);

    wire.send({ key: 'a', payload: 'late' });
    wire.send({ ack: '2' });
    links[0]?.confirmed('a');
    wire.send({ key: 'a', payload: 'new' });

    expect(words(seen)).toEqual(['begun', 'confirmed', 'new']);
  });

  it.each([
    ['before', ['late', 'ack 2', 'err 3']],
    ['behind', ['ack 2', 'late', 'err 3']],
    ['whatever became of', ['late', 'err 3']],
  ])('is ended by a refusal, a late frame having come %s the answer to its end', (_, frames) => {
    const { seen, wire, faults } = again();
    for (const frame of frames) {
      const [kind = '', id] = frame.split(' ');
      if (kind === 'late') wire.send({ key: 'a', payload: kind });
      else wire.send({ [kind]: id, text: 'no such topic' });
    }
    expect(seen.end).toEqual({ error: expect.any(SubscriptionRefusedError) as unknown });
    expect(faults.values).toMatchObject([{ type: 'refused', channel: 'a' }]);
  });

  it.each([
    ['before', ['late', 'ack 2']],
    ['behind', ['ack 2', 'late']],
  ])('is requested again where its request was lost and a late frame came %s the answer to its end', (_, frames) => {
    const { clock, venue, wire, faults, seen, words } = again();
    for (const frame of frames) {
      if (frame === 'late') wire.send({ key: 'a', payload: frame });
      else wire.send({ ack: '2' });
    }
    clock.advance(10_000);
    expect(faults.values).toMatchObject([{ type: 'unconfirmed', channel: 'a' }]);
    expect(venue.said.slice(3)).toEqual(['sub a']);
    wire.send({ ack: '4' });
    expect(words(seen).at(-1)).toBe('confirmed');
  });

  it('is told that it lacks something where it is requested again although it was heard', () => {
    const { clock, wire, seen, words } = again();
    wire.send({ ack: '2' });
    wire.send({ key: 'a', payload: 'new' });
    clock.advance(10_000);
    expect(words(seen)).toEqual(['begun', 'confirmed', 'new', 'lost gap', 'begun']);
  });

  it('is requested again where what confirms it may be of the subscription before, though no end was ever answered', () => {
    const { clock, venue, links, seen, watch, words } = start(['a', 'other']);
    for (const key of ['a', 'other']) links[0]?.confirmed(key);
    seen[0]?.leave();
    clock.advance(2);
    const anew = watch('a');
    clock.advance(2);

    links[0]?.confirmed('a');
    clock.advance(10_000);
    expect(venue.said.slice(1)).toEqual(['unsub a', 'sub a', 'sub a']);
    links[0]?.confirmed('a');
    clock.advance(60_000);

    expect(venue.said).toHaveLength(4);
    expect(words(anew).at(-1)).toBe('confirmed');
  });

  it.each([
    ['requests', {}],
    ['ends alone', { subscribe: (topics: readonly Topic[]) => ({ text: textOf('sub', topics) }) }],
  ])('is requested again, once, where data may be late and no answer was ever heard, with ids of %s', (_, dialect) => {
    const { clock, venue, wire, faults, seen, watch, words } = start(['a', 'other'], dialect);
    for (const key of ['a', 'other']) wire.send({ key, payload: 'old' });
    clock.advance(20_000);
    expect(venue.said).toEqual(['sub a other']);
    seen[0]?.leave();
    clock.advance(2);
    const anew = watch('a');
    clock.advance(2);

    // Its request was lost, and nothing else comes.
    wire.send({ key: 'a', payload: 'late' });
    clock.advance(10_000);
    expect(venue.said.slice(1)).toEqual(['unsub a', 'sub a', 'sub a']);
    expect(faults.values).toMatchObject([{ type: 'unconfirmed', channel: 'a' }]);
    wire.send({ key: 'a', payload: 'new' });
    clock.advance(60_000);

    expect(words(anew)).toEqual(['begun', 'confirmed', 'late', 'lost gap', 'begun', 'confirmed', 'new']);
    expect(venue.said).toHaveLength(4);
  });

  it('is requested again, once, where it was subscribed anew and no answer was ever heard', () => {
    const { clock, venue, wire, links } = start(['a', 'other']);
    for (const key of ['a', 'other']) wire.send({ key, payload: 'old' });
    clock.advance(20_000);
    links[0]?.interrupted('a');
    clock.advance(2);
    expect(venue.said.slice(1)).toEqual(['unsub a', 'sub a']);

    wire.send({ key: 'a', payload: 'late' });
    clock.advance(10_000);
    expect(venue.said.slice(3)).toEqual(['sub a']);
    wire.send({ key: 'a', payload: 'new' });
    clock.advance(60_000);
    expect(venue.said).toHaveLength(4);
  });

  it('is requested again once where the answer to its end is lost, at a venue whose answers name the channel', () => {
    const { clock, venue, links, faults, seen, wire, words } = again();
    const confirm = () => {
      links[0]?.confirmed('a');
    };
    confirm();
    clock.advance(10_000);
    expect(faults.values).toMatchObject([{ type: 'unconfirmed', channel: 'a' }]);
    confirm();
    wire.send({ key: 'a', payload: 'new' });
    clock.advance(60_000);
    expect(venue.said.slice(3)).toEqual(['sub a']);
    expect(words(seen).slice(-2)).toEqual(['confirmed', 'new']);
  });

  it('is what a refusal of many has it be: halves are requested, and only the one at fault is ended', () => {
    const { clock, watch, wire, venue, words } = start(['a', 'b']);
    wire.send({ key: 'b', payload: 1 });
    wire.send({ err: '1', text: 'one of these' });
    clock.advance(1);
    expect(venue.said.slice(1)).toEqual(['sub a', 'sub b']);
    const late = watch('b');
    wire.send({ err: '2', text: 'no such topic' });
    wire.send({ ack: '3' });
    expect(words(late).at(-1)).toBe('confirmed');
    clock.advance(60_000);
    expect(venue.said).toHaveLength(3);
  });
});

describe('a channel that is refused as it is requested again', () => {
  it('is ended at the venue, which may have it by the request before', () => {
    const { clock, wire, seen, venue, watch, words } = start(['a', 'other']);
    wire.send({ key: 'other', payload: 1 });
    clock.advance(10_000);
    expect(venue.said).toEqual(['sub a other', 'sub a']);
    wire.send({ err: '2', text: 'busy' });
    expect(seen[0]?.end).toMatchObject({ error: expect.any(SubscriptionRefusedError) as unknown });
    const late = watch('a');
    clock.advance(1);
    expect(venue.said.slice(2)).toEqual(['unsub a', 'sub a']);
    wire.send({ ack: '3' });
    wire.send({ ack: '4' });
    expect(words(late)).toEqual(['begun', 'confirmed']);
  });

  it('is ended where its name alone is refused, too, and halves of a refused request are', () => {
    const { clock, links, wire, seen, venue } = start(['a', 'b', 'c']);
    wire.send({ key: 'c', payload: 1 });
    clock.advance(10_000);
    expect(venue.said).toEqual(['sub a b c', 'sub a b']);
    wire.send({ err: '2', text: 'one of these' });
    clock.advance(1);
    expect(venue.said.slice(2)).toEqual(['sub a', 'sub b']);
    links[0]?.rejected('a', 'no such topic');
    wire.send({ err: '4', text: 'no such topic' });
    clock.advance(10);
    expect(seen.map(({ end }) => end !== undefined)).toEqual([true, true, false]);
    expect(venue.said.slice(4)).toEqual(['unsub a b']);
  });

  it('is not ended where the venue answered whatever it was requested by', () => {
    const { clock, wire, venue } = start(['a', 'b']);
    wire.send({ err: '1', text: 'one of these' });
    clock.advance(1);
    wire.send({ err: '2', text: 'no such topic' });
    wire.send({ ack: '3' });
    clock.advance(60_000);
    expect(venue.said).toEqual(['sub a b', 'sub a', 'sub b']);
  });
});

describe('answers that come late', () => {
  it('of a request that was put again are not taken for those of the new one', () => {
    const { clock, wire, seen, words, venue } = start();
    clock.advance(10_000);
    expect(venue.said).toEqual(['sub a', 'sub a']);
    wire.send({ ack: '1' });
    expect(words(seen[0] as Seen<never>)).toEqual(['begun', 'begun']);
    wire.send({ ack: '2' });
    expect(words(seen[0] as Seen<never>)).toEqual(['begun', 'begun', 'confirmed']);
  });

  it('of an end change nothing of what is wanted again', () => {
    const { clock, wire, seen, words, faults } = again();
    wire.send({ ack: '3' });
    clock.advance(30_000);
    wire.send({ err: '2', text: 'not subscribed' });
    expect(words(seen)).toEqual(['begun', 'confirmed']);
    expect(faults.values).toMatchObject([{ type: 'venue' }]);
  });
});

describe('the link of a session that is over', () => {
  it('does nothing at all, whatever a dialect kept of it', () => {
    const { clock, wire, links, seen, words, venue, faults } = start();
    wire.send({ ack: '1' });
    wire.break();
    clock.advance(10);
    const [dead, living] = links;
    expect(living).toBeDefined();
    const before = venue.said.length;
    const heard = words(seen[0] as Seen<never>).length;
    dead?.deliver('a', 'stale');
    dead?.accepted('2');
    dead?.refused('2', 'no');
    dead?.confirmed('a');
    dead?.rejected('a', 'no');
    dead?.interrupted('a');
    dead?.interrupted();
    dead?.send('{"op":"ping"}');
    dead?.lose('failed', 'late');
    dead?.report('late');
    dead?.changed();
    clock.advance(100);

    expect(words(seen[0] as Seen<never>)).toHaveLength(heard);
    expect(seen[0]?.end).toBeUndefined();
    expect(venue.said).toHaveLength(before);
    expect(venue.wires).toHaveLength(2);
    expect(faults.values).toEqual([]);
  });

  it('is dead for the rest of a frame within which it was lost', () => {
    const clock = new Clock();
    const venue = new FakeVenue(clock);
    const plan = fakePlan({
      dialect: (link) => ({
        receive: (text) => {
          if (!text.includes('both')) {
            const { key, ack } = JSON.parse(text) as { key?: string; ack?: string };
            if (key !== undefined) link.deliver(key, 0);
            else if (ack !== undefined) link.accepted(ack);
            return;
          }
          link.deliver('a', 1);
          link.lose('failed', 'half way');
          link.deliver('a', 2);
        },
      }),
    });
    const hub = fakeHub(venue, { plan });
    const seen = new Seen(hub.channel(fakeChannel('a')));
    clock.advance(10);
    venue.wires[0]?.send('both');
    expect(seen.values.map(told)).toEqual(['begun', 'confirmed', '0', '1', 'lost failed']);
  });

  it('is dead where the dialect throws while it makes up a request: the session is lost', () => {
    const clock = new Clock();
    const venue = new FakeVenue(clock);
    let isBroken = true;
    const plan = fakePlan({
      dialect: () => ({
        admits: () => {
          if (!isBroken) return true;
          isBroken = false;
          throw new Error('broken');
        },
      }),
    });
    const seen = new Seen(fakeHub(venue, { plan }).channel(fakeChannel('a')));
    clock.advance(1_000);
    expect(venue.wires).toHaveLength(2);
    expect(seen.values.map(told)).toEqual(['begun', 'confirmed', '0']);
  });
});

describe('an observer who leaves on hearing how far a channel has come', () => {
  it('takes it away under nobody who just came', () => {
    const { clock, hub, wire, venue } = start();
    wire.send({ ack: '1' });
    const channel = hub.channel(fakeChannel('a'));
    const first = new Seen(channel);
    let second: Seen<unknown> | undefined;
    channel.subscribe((event) => {
      if (event.type !== 'begun' || second !== undefined) return;
      second = new Seen(channel);
      first.leave();
    });
    clock.advance(100);
    wire.send({ key: 'a', payload: 1 });
    expect(second?.values).toContainEqual({ type: 'message', value: 1 });
    expect(venue.said).toEqual(['sub a']);
  });

  it('neither where it was the only other one', () => {
    const { clock, hub, wire, venue, seen } = start();
    wire.send({ ack: '1' });
    const heard: unknown[] = [];
    hub.channel(fakeChannel('a')).subscribe((event) => {
      heard.push(event);
      // The one that had it all along.
      if (event.type === 'begun') seen[0]?.leave();
    });
    clock.advance(100);
    wire.send({ key: 'a', payload: 1 });
    expect(heard.at(-1)).toEqual({ type: 'message', value: 1 });
    expect(venue.said).toEqual(['sub a']);
  });
});

describe('what is told of wires', () => {
  it('keeps nothing of those that are gone', () => {
    const clock = new Clock();
    const venue = new FakeVenue(clock);
    const plan = fakePlan();
    const main = plan.wires['main'];
    const hub = fakeHub(venue, { plan: { ...plan, wires: {}, wireOf: () => main }, wireLinger: 0 });
    for (let count = 0; count < 50; count += 1) {
      const seen = new Seen(hub.channel(fakeChannel('a', `group${count}`)));
      clock.advance(10);
      seen.leave();
    }
    const last = new Seen(hub.channel(fakeChannel('b', 'here')));
    clock.advance(10);
    expect(new Seen(hub.connection$).values).toMatchObject([{ wire: 'here#1', status: 'ready' }]);
    last.leave();
    expect(new Seen(hub.connection$).values).toEqual([]);
  });
});
