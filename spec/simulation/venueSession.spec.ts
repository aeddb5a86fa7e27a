import { smallVenue, type SmallSession, type SmallVenue } from './smallVenue.js';

const one = (place: SmallVenue = smallVenue()): { readonly session: SmallSession; readonly met: string[] } => {
  const { session, met } = place.connect();
  if (session === undefined) throw new Error('it was refused');
  met.length = 0;
  return { session, met };
};

describe('a session of a simulated venue', () => {
  it('hears and answers, and counts both', () => {
    const { session, met } = one();

    session.receive('a');
    session.receive('b');

    expect(met).toEqual(['echo a', 'echo b']);
    expect(session.stats).toEqual({
      id: 1,
      url: '/open',
      open: true,
      received: 2,
      sent: 3,
      texts: ['a', 'b'],
      subscriptions: ['steps'],
    });
  });

  it('remembers the last 200 messages', () => {
    const { session } = one();

    for (let count = 1; count <= 201; count += 1) session.receive(String(count));

    expect(session.stats.received).toBe(201);
    expect(session.stats.texts).toHaveLength(200);
    expect(session.stats.texts[0]).toBe('2');
  });

  it('answers a ping, and nothing else below the messages', () => {
    const { session, met } = one();

    session.control('ping');
    session.control('pong');

    expect(met).toEqual(['pong']);
  });

  it('says nothing until its silence is over, not even a pong, but hears', () => {
    const place = smallVenue();
    const { session, met } = one(place);

    session.silence(150);
    session.silence(50);
    session.receive('a');
    session.control('ping');
    place.until(200);

    expect(met).toEqual(['{"step":1}']);
    expect(session.stats).toMatchObject({ received: 1, sent: 2 });
  });

  it.each(['close', 'terminate'] as const)('can neither hear nor be told of its end once half open: %s', (end) => {
    const place = smallVenue();
    const { session, met } = one(place);

    session.freeze();
    session.receive('a');
    session.control('ping');
    if (end === 'close') session.close(1000, '');
    else session.terminate();

    expect(met).toEqual(['freeze']);
    expect(session.stats).toMatchObject({ open: false, received: 0 });
    expect(place.venue.stats().open).toBe(0);
  });

  it('ends once, whoever ends it', () => {
    const place = smallVenue();
    const { session, met } = one(place);

    session.close(1000, '');
    session.terminate();
    session.closed();
    session.receive('a');

    expect(met).toEqual(['close 1000']);
    expect(session.log).toEqual(['left']);
    expect(place.venue.stats().connections).toHaveLength(1);
  });

  it('is closed for going over a limit, and the venue notes it', () => {
    const place = smallVenue();
    const { session, met } = one(place);

    session.receive('too much');

    expect(met).toEqual(['close 1008']);
    expect(place.venue.stats().violations).toEqual([{ limit: 'words', connection: 1, at: 0 }]);
  });

  it('lets faults have its frames', () => {
    const place = smallVenue([{ fault: 'duplicate', at: 0 }]);
    const { met } = one(place);

    place.until(200);

    expect(met).toEqual(['{"step":1}', '{"step":1}', '{"step":1}']);
  });
});
