import { filter, map, merge, retry } from 'rxjs';
import type { Fault } from '../../lib/model/fault.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { Clock, FakeVenue, type FakeVenueConfig, Seen, fakeChannel, fakeHub, fakePlan } from '../support/fakeVenue.js';

const start = (config: FakeVenueConfig = {}, limits: NonNullable<Parameters<typeof fakePlan>[0]>['limits'] = {}) => {
  const clock = new Clock();
  const venue = new FakeVenue(clock, config);
  const backoff = { ...defaultBackoff, base: 0, limit: 1 };
  const hub = fakeHub(venue, { plan: fakePlan({ limits: { silence: Infinity, ...limits } }), backoff, wireLinger: 0 });
  const watch = (key: string): Seen<unknown> => new Seen(hub.channel(fakeChannel(key)));
  return { clock, venue, hub, watch };
};

describe('a request of several that was refused', () => {
  it('does not keep later ones small once the one at fault has left', () => {
    const { clock, venue, watch } = start({ refuses: (topic) => (topic === 'bad' ? 'no such topic' : undefined) });
    watch('good');
    const bad = watch('bad');
    clock.advance(2);
    bad.leave();
    clock.advance(100);
    for (let i = 0; i < 5; i += 1) watch(`c${i}`);
    clock.advance(100);

    expect(venue.said.at(-1)).toBe('sub c0 c1 c2 c3 c4');
    expect(venue.violations).toEqual([]);
  });

  it('does not keep later ones small once the venue takes them again', () => {
    let asked = 0;
    const { clock, venue, watch } = start({ refuses: () => ((asked += 1) === 1 ? 'busy' : undefined) });
    watch('a');
    watch('b');
    clock.advance(100);
    for (let i = 0; i < 5; i += 1) watch(`c${i}`);
    clock.advance(100);

    expect(venue.subscribed).toEqual(['a', 'b', 'c0', 'c1', 'c2', 'c3', 'c4']);
    expect(venue.said.at(-1)).toBe('sub c0 c1 c2 c3 c4');
  });
});

describe('a channel that was asked for in vain', () => {
  it('is ended at the venue when it is left before it is asked for again', () => {
    const { clock, venue, hub } = start({ greets: false, answers: ({ op }) => (op === 'sub' ? 'lost' : 'answered') });
    const other = new Seen(hub.channel(fakeChannel('other')));
    const seen = new Seen(hub.channel(fakeChannel('a')));
    hub.faults$.pipe(filter(({ type }) => type === 'unconfirmed')).subscribe(() => {
      seen.leave();
    });
    clock.advance(10_500);

    expect(venue.said).toContain('unsub a');
    expect(venue.subscribed).toEqual(['other']);
    other.leave();
  });
});

describe('channels that end together', () => {
  it('give way to those that are wanted while they end', () => {
    const { clock, venue, hub } = start({ accept: (attempt) => (attempt <= 2 ? 'refuse' : 'open') });
    const both = new Seen(merge(hub.channel(fakeChannel('a')), hub.channel(fakeChannel('b'))).pipe(retry(3)));
    clock.advance(1_000);
    expect(venue.subscribed).toEqual(['a', 'b']);

    hub.resubscribe('b');
    clock.advance(100);
    expect(venue.said.slice(-2)).toEqual(['unsub b', 'sub b']);

    both.leave();
    clock.advance(1_000);
    expect(hub.plan()).toEqual([]);
    expect(venue.openWires).toBe(0);
    expect(venue.violations).toEqual([]);
  });
});

describe('a line that ends with texts unsent', () => {
  it('takes nobody who comes on hearing of them', () => {
    const { clock, venue, hub, watch } = start({}, { messages: { limit: 1, window: 60_000 } });
    const first = watch('a');
    clock.advance(10);
    hub.socket.next({ data: 'text' });
    const late: Seen<unknown>[] = [];
    const dropped = new Seen(
      hub.faults$.pipe(
        filter((fault): fault is Extract<Fault, { type: 'dropped' }> => fault.type === 'dropped'),
        map(({ count }) => count),
      ),
      () => late.push(watch('b')),
    );
    first.leave();
    clock.advance(100);

    expect(dropped.values).toEqual([1]);
    expect(hub.plan().map(({ channels }) => channels)).toEqual([['b']]);
    expect(venue.openWires).toBe(1);
    hub.close();
    expect([venue.openWires, clock.timers]).toEqual([0, 0]);
  });
});

describe('a frame that could not be read', () => {
  it('is told in words of a bounded length', () => {
    const { clock, venue, hub } = start();
    const faults = new Seen(hub.faults$);
    const decode = (): never => {
      throw new Error('x'.repeat(100_000));
    };
    new Seen(hub.channel({ topic: { key: 'a', group: 'main' }, decode }));
    clock.advance(100);
    venue.publish('a', 1);

    expect(faults.values.at(-1)).toMatchObject({ type: 'decode', channel: 'a' });
    expect(faults.values.at(-1)?.message.length).toBeLessThan(300);
  });
});
