import { Clock, FakeVenue, Seen, fakeChannel, fakeHub, fakePlan, told } from '../support/fakeVenue.js';

const isSilent = (key: string): boolean => key.startsWith('quiet');

const start = () => {
  const clock = new Clock();
  const venue = new FakeVenue(clock);
  const plan = fakePlan({
    limits: { topicsPerRequest: 1 },
    dialect: () => ({
      subscribe: ([topic]) => (topic === undefined || isSilent(topic.key) ? {} : { text: `begin ${topic.key}` }),
      unsubscribe: ([topic]) => (topic === undefined || isSilent(topic.key) ? {} : { text: `end ${topic.key}` }),
    }),
  });
  const hub = fakeHub(venue, { plan });
  const channel = (key: string) => new Seen(hub.channel(fakeChannel(key)));
  return { clock, venue, channel };
};

describe('a request without a text', () => {
  it('is confirmed at once, on each session, and is never asked for again', () => {
    const { clock, venue, channel } = start();
    const quiet = channel('quiet a');
    clock.advance(60_000);
    expect(quiet.values.map(told)).toEqual(['begun', 'confirmed']);

    venue.wires[0]?.end();
    clock.advance(60_000);

    expect(quiet.values.map(told)).toEqual(['begun', 'confirmed', 'lost closed', 'begun', 'confirmed']);
    expect(venue.wires.flatMap((wire) => wire.said)).toEqual([]);
  });

  it('leaves those beside it to be asked for and confirmed as ever', () => {
    const { clock, venue, channel } = start();
    const quiet = channel('quiet a');
    const loud = channel('loud');
    clock.advance(100);

    expect(venue.wires.flatMap((wire) => wire.said).map(({ message }) => message.text)).toEqual(['begin loud']);
    expect(quiet.values.map(told)).toEqual(['begun', 'confirmed']);
    expect(loud.values.map(told)).toEqual(['begun']);
    quiet.leave();
    clock.advance(5_000);

    expect(venue.wires.flatMap((wire) => wire.said)).toHaveLength(1);
  });
});
