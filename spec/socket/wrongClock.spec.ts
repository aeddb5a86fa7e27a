import { NEVER, of } from 'rxjs';
import { Credentials } from '../../lib/feed/credentials.js';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { BudgetedRequests } from '../../lib/feed/requests.js';
import { Budget } from '../../lib/network/budget.js';
import type { Network } from '../../lib/network/network.js';
import { SharedStreams } from '../../lib/socket/sharedStreams.js';
import { Silence } from '../../lib/socket/silence.js';
import { Clock, FakeVenue, Seen, fakeChannel, fakeHub, fakePlan, step } from '../support/fakeVenue.js';

const HOUR = 3_600_000;
const JUMPS = [-HOUR, -20_000, -4_000, 4_000, 20_000, HOUR];

/** A hub with one channel live, and what became of its wire. */
function rig(limits: Parameters<typeof fakePlan>[0] = {}) {
  const clock = new Clock();
  const venue = new FakeVenue(clock);
  const hub = fakeHub(venue, { plan: fakePlan(limits) });
  const events = new Seen(hub.connection$);
  const channel = new Seen(hub.channel(fakeChannel('a')));
  clock.advance(100);
  return { clock, venue, hub, channel, steps: () => events.values.map(step) };
}

describe.each(JUMPS)('where the clock is set by %d ms', (by) => {
  it.each([1, 20_000, 39_000])('a wire that fell mute is noticed in time, the clock set %d ms later', (after) => {
    const { clock, venue, steps } = rig({
      limits: { silence: 40_000, probeWithin: 10_000 },
      dialect: () => ({ probe: () => '{"op":"ping"}' }),
    });
    venue.wires[0]?.send({ key: 'a', payload: 1 });
    for (const wire of venue.wires) wire.isMute = true;
    clock.advance(after);
    clock.adjust(by);
    clock.advance(50_001 - after);
    expect(steps()).toContain('lost silent');
  });

  it.each([100, 14_000])(
    'a wire that speaks every 14 s is not lost and needs no ping, the clock set %d ms behind',
    (after) => {
      const { clock, venue, steps } = rig({ limits: { silence: 20_000, probeWithin: 1_000 } });
      for (let count = 0; count < 20; count += 1) {
        clock.advance(7_000);
        if (count === 7) {
          clock.advance(after % 7_000);
          clock.adjust(by);
        }
        if (count % 2 === 1) venue.wires[0]?.send({ key: 'a', payload: count });
      }
      expect(steps()).not.toContain('lost silent');
      expect(venue.said.filter((said) => said === 'ping')).toEqual([]);
    },
  );

  it('silence is noticed after what it lasts, whenever it is', () => {
    for (let at = 100; at < 3_000; at += 100) {
      const clock = new Clock();
      const told: number[] = [];
      const silence = new Silence({
        bound: () => 1_000,
        scheduler: clock,
        broken: () => {
          told.push(clock.frame);
        },
      });
      silence.watch();
      // Heard every 90 ms up to 1,980.
      for (let heard = 90; heard <= 1_980; heard += 90) clock.schedule(() => silence.hear(), heard);
      clock.schedule(() => {
        clock.adjust(by);
      }, at);
      clock.advance(10_000);
      expect(told).toHaveLength(1);
      expect(Math.abs((told[0] ?? 0) - 2_980)).toBeLessThanOrEqual(125);
    }
  });

  it('a pause of ten seconds that the venue asked for is ten seconds', () => {
    const clock = new Clock();
    const asked: number[] = [];
    const network: Network = {
      open: () => NEVER,
      request: () => {
        asked.push(clock.frame);
        return of({ status: asked.length === 1 ? 429 : 200, headers: { 'retry-after': '10' }, body: '' });
      },
    };
    const requests = new BudgetedRequests({ network, limits: [{ limit: 100, window: 60_000 }], scheduler: clock });
    const request = { method: 'GET', url: 'https://a/' } as const;
    const first = new Seen(requests.send(request));
    expect(first.end).toMatchObject({ error: expect.any(RequestFailedError) as unknown });
    new Seen(requests.send(request));
    clock.advance(5_000);
    clock.adjust(by);
    new Seen(requests.send(request));
    clock.advance(4_999);
    expect(asked).toEqual([0]);
    clock.advance(1);
    expect(asked).toEqual([0, 10_000, 10_000]);
  });

  it('a budget lets through what it lets through, no more and no later', () => {
    const clock = new Clock();
    const budget = new Budget([{ limit: 2, window: 10_000 }], clock);
    const started: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      new Seen(budget.run(of(true)), () => {
        started.push(clock.frame);
      });
    }
    clock.advance(6_000);
    clock.adjust(by);
    clock.advance(60_000);
    expect(started).toEqual([0, 0, 10_000, 10_000, 20_000, 20_000]);
  });

  it('a token is renewed when it is due', () => {
    const clock = new Clock();
    const asked: number[] = [];
    const credentials = new Credentials({
      name: 'token',
      scheduler: clock,
      random: () => 0.5,
      report: () => undefined,
      obtain: () => {
        asked.push(clock.frame);
        return [{ value: String(asked.length), expiresAt: clock.now() + 15 * 60_000 }];
      },
    });
    new Seen(credentials.kept$);
    clock.advance(60_000);
    clock.adjust(by);
    clock.advance(13 * 60_000);
    expect(asked).toEqual([0, 14 * 60_000]);
  });

  it('the next attempt, an idle wire and a stream nobody observes wait as long as they are told to', () => {
    const { clock, venue, hub, channel } = rig();
    venue.wires[0]?.break();
    clock.advance(2);
    venue.wires[1]?.break();
    clock.adjust(by);
    clock.advance(252);
    expect(venue.wires).toHaveLength(3);

    channel.leave();
    clock.adjust(by);
    clock.advance(1_000);
    expect(hub.plan()).toEqual([]);

    const shared = new SharedStreams({ linger: 1_000, scheduler: clock });
    const stream = shared.states('a', () => NEVER);
    new Seen(stream).leave();
    expect(clock.timers).toBe(1);
    clock.adjust(by);
    clock.advance(1_000);
    expect(clock.timers).toBe(0);
  });
});
