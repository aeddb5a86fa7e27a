import { Clock, FakeVenue, Seen, fakeHub, fakePlan } from '../support/fakeVenue.js';
import { fakeChannel, told } from '../support/fakeVenue.js';

const start = (...[plan]: Parameters<typeof fakePlan>) => {
  const clock = new Clock();
  const venue = new FakeVenue(clock);
  const hub = fakeHub(venue, { plan: fakePlan(plan) });
  const channel = (key: string, slot?: string) => {
    const spec = fakeChannel(key);
    return new Seen(hub.channel({ ...spec, topic: { ...spec.topic, slot } }));
  };
  return { clock, venue, hub, channel };
};

describe('a slot', () => {
  it('is had once on a wire: the next topic of it takes another wire, all others stay', () => {
    const { clock, hub, channel } = start();
    channel('book 10', 'book');
    channel('book 100', 'book');
    channel('trades', 'trades');
    channel('plain');
    clock.advance(100);

    expect(hub.plan().map(({ channels }) => channels)).toEqual([['book 10', 'trades', 'plain'], ['book 100']]);
  });

  it('is free again when its topic leaves; what ends is said before what begins', () => {
    const { clock, hub, venue, channel } = start();
    channel('plain');
    const first = channel('book 10', 'book');
    clock.advance(100);

    first.leave();
    channel('book 100', 'book');
    clock.advance(100);

    expect(hub.plan().map(({ channels }) => channels)).toEqual([['plain', 'book 100']]);
    expect(venue.said).toEqual(['sub plain book 10', 'unsub book 10', 'sub book 100']);
  });
});

describe('a channel that means nothing without its beginning', () => {
  it.each([
    [true, ['sub plain book', 'unsub book', 'sub book'], ['begun', 'confirmed', '0']],
    [false, ['sub plain book'], ['begun', 'confirmed']],
  ])('begins anew for who comes back before it was ended: %s', (fromStart, said, told$) => {
    const clock = new Clock();
    const venue = new FakeVenue(clock);
    const hub = fakeHub(venue);
    const book = { ...fakeChannel('book'), topic: { key: 'book', group: 'main', fromStart } };
    new Seen(hub.channel(fakeChannel('plain')));
    const first = new Seen(hub.channel(book));
    clock.advance(100);

    first.leave();
    const again = new Seen(hub.channel(book));
    clock.advance(100);

    expect(venue.said).toEqual(said);
    expect(again.values.map(told)).toEqual(told$);
  });
});

describe('a request of several texts', () => {
  it('goes out in order, ahead of all else, within the rate', () => {
    const { clock, venue, channel } = start({
      limits: { topicsPerRequest: 1, messages: { limit: 2, window: 1_000 } },
      dialect: () => ({
        subscribe: ([topic]) => ({ text: `end ${topic?.key ?? ''}`, more: [`begin ${topic?.key ?? ''}`, 'ping'] }),
      }),
    });
    channel('a');
    channel('b');
    clock.advance(10_000);

    const said = venue.wires.flatMap((wire) => wire.said);
    expect(said.map(({ message }) => message.text)).toEqual(['end a', 'begin a', 'ping', 'end b', 'begin b', 'ping']);
    expect(said.map(({ at }) => Math.floor(at / 1_000))).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('a frame that could not be read', () => {
  it('may have been any channel’s: all are told that they missed something', () => {
    const { clock, venue, channel } = start();
    const seen = [channel('a'), channel('b')];
    clock.advance(100);

    venue.wires[0]?.send('{not json');

    expect(seen.map(({ values }) => values.map(told).at(-1))).toEqual(['missed', 'missed']);
  });

  it('is told to its own channel only where it is known whose it was', () => {
    const clock = new Clock();
    const venue = new FakeVenue(clock);
    const hub = fakeHub(venue);
    const decode = () => {
      throw new TypeError('no');
    };
    const spoilt = new Seen(hub.channel({ ...fakeChannel('a'), decode }));
    const sound = new Seen(hub.channel(fakeChannel('b')));
    clock.advance(100);

    expect(spoilt.values.map(told)).toEqual(['begun', 'confirmed', 'missed']);
    expect(sound.values.map(told)).not.toContain('missed');
  });
});
