import fc from 'fast-check';
import type { ChannelEvent } from '../../lib/socket/channelEvent.js';
import { SharedStreams } from '../../lib/socket/sharedStreams.js';
import { Clock, FakeVenue, Seen, fakeChannel, fakeHub, fakePlan } from '../support/fakeVenue.js';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'bad1', 'bad2'];
const RULES = {
  messages: { limit: 3, window: 1_000 },
  topics: 4,
  bytes: 120,
  connections: { limit: 8, window: 20_000 },
};
const CONFIRM = 10_000;

const key = fc.constantFrom(...KEYS);
const wire = fc.nat({ max: 3 });
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('want'), key }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('leave'), key }) },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('wait'), ms: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 15_000 })) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('break', 'end', 'mute'), wire }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('resubscribe'), key }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('server'), up: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('answers'), answers: fc.constantFrom('answered', 'lost', 'ignored') }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('wake', 'text') }) },
);

describe('whatever is wanted, left, lost and kept quiet', () => {
  it('the venue ends up with exactly what is wanted, once, and is never asked too much', () => {
    fc.assert(
      fc.property(
        fc.array(action, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0, 1_000),
        fc.integer({ min: 0, max: 300 }),
        fc.integer(),
        (actions, linger, latency, seed) => {
          const clock = new Clock();
          let isUp = true;
          let answers: 'answered' | 'lost' | 'ignored' = 'answered';
          const venue = new FakeVenue(clock, {
            latency,
            rules: RULES,
            accept: () => (isUp ? 'open' : 'refuse'),
            // Only what is asked for: an ending that was sent has ended.
            answers: ({ op }) => (op === 'sub' ? answers : 'answered'),
            refuses: (topic) => (topic.startsWith('bad') ? 'no such topic' : undefined),
          });
          let random = seed;
          const hub = fakeHub(venue, {
            plan: fakePlan({
              connections: RULES.connections,
              limits: {
                channels: RULES.topics,
                messages: RULES.messages,
                topicsPerRequest: 3,
                requestBytes: RULES.bytes,
                silence: 20_000,
                probeWithin: 5_000,
              },
              dialect: () => ({ probe: () => '{"op":"ping"}' }),
            }),
            confirmWithin: CONFIRM,
            random: () => (random = (random * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x80000000,
          });
          const faults = new Seen(hub.faults$);
          const streams = new SharedStreams({ linger, scheduler: clock });
          const wanted = new Map<string, Seen<ChannelEvent<unknown>>>();
          const want = (topic: string): void => {
            if (wanted.get(topic)?.end === undefined && wanted.has(topic)) return;
            wanted.set(topic, new Seen(streams.events(topic, () => hub.channel(fakeChannel(topic)))));
          };

          for (const one of actions) {
            switch (one.type) {
              case 'want':
                want(one.key);
                break;
              case 'leave':
                wanted.get(one.key)?.leave();
                wanted.delete(one.key);
                break;
              case 'wait':
                clock.advance(one.ms);
                break;
              case 'break':
              case 'end': {
                const open = venue.wires.filter(({ ended, openedAt }) => !ended && openedAt !== undefined);
                if (one.type === 'break') open[one.wire]?.break();
                else open[one.wire]?.end(1000);
                break;
              }
              case 'mute': {
                const open = venue.wires.filter(({ ended, openedAt }) => !ended && openedAt !== undefined)[one.wire];
                if (open !== undefined) open.isMute = true;
                break;
              }
              case 'resubscribe':
                hub.resubscribe(one.key);
                break;
              case 'server':
                isUp = one.up;
                break;
              case 'answers':
                answers = one.answers;
                break;
              case 'wake':
                hub.wake();
                break;
              case 'text':
                hub.socket.next({ data: 'text' });
                break;
            }
          }
          isUp = true;
          answers = 'answered';
          clock.advance(200_000);

          const good = [...wanted].filter(([topic]) => !topic.startsWith('bad'));
          expect(venue.subscribed).toEqual(good.map(([topic]) => topic).sort());
          expect(venue.violations).toEqual([]);
          for (const [topic, seen] of wanted) {
            if (topic.startsWith('bad')) expect(seen.end).toMatchObject({ error: { channel: topic } });
            else expect(seen.end).toBeUndefined();
          }

          // Live: each message once, and only to whom it is for.
          for (const [topic] of good) venue.publish(topic, `to ${topic}`);
          for (const [topic, seen] of good) {
            expect(seen.values.filter((event) => event.type === 'message' && event.value !== 0)).toEqual([
              { type: 'message', value: `to ${topic}` },
            ]);
            // Who returns within the linger comes into the middle.
            if (linger === 0) expectOrder(seen.values);
          }
          expectPatience(venue);
          expect(faults.values.every(({ type }) => ['refused', 'unconfirmed', 'dropped', 'venue'].includes(type))).toBe(
            true,
          );

          for (const [, seen] of wanted) seen.leave();
          clock.advance(2_000);
          expect(venue.openWires).toBe(0);
          expect(hub.plan()).toEqual([]);
          expect(clock.timers).toBe(0);
        },
      ),
      { numRuns: 400 },
    );
  });
});

/**
 * `begun → (confirmed | message)* → lost → begun → …`, confirmed once each time and before messages. What is requested again
 * since its request went unanswered begins again without a loss, whatever was heard meanwhile.
 */
function expectOrder(events: readonly ChannelEvent<unknown>[]): void {
  let phase: 'over' | 'begun' | 'confirmed' = 'over';
  for (const { type } of events) {
    if (type === 'confirmed') expect(phase).toBe('begun');
    else if (type === 'message') expect(phase).toBe('confirmed');
    else if (type === 'lost') expect(phase).not.toBe('over');
    phase = type === 'lost' ? 'over' : type === 'begun' || type === 'confirmed' ? type : phase;
  }
}

/** On one wire nothing is asked for a second time before the first had its time to be answered. */
function expectPatience(venue: FakeVenue): void {
  for (const { said } of venue.wires) {
    const asked = new Map<string, { readonly at: number; readonly company: readonly string[] }>();
    for (const { at, message } of said) {
      for (const topic of message.topics ?? []) {
        if (message.op !== 'sub') {
          asked.delete(topic);
          continue;
        }
        const before = asked.get(topic);
        // A request that named something bad was refused as a whole.
        const wasRefused = before?.company.some((one) => one.startsWith('bad')) === true;
        if (before !== undefined && !wasRefused) expect(at - before.at).toBeGreaterThanOrEqual(CONFIRM);
        asked.set(topic, { at, company: message.topics ?? [] });
      }
    }
  }
}
