import fc from 'fast-check';
import { Subscription } from 'rxjs';
import { makeAllowance } from '../../../lib/network/allowance.js';
import { Outbox, type OutboxConfig } from '../../../lib/socket/session/outbox.js';
import { Clock } from '../../support/fakeVenue.js';

function rig(
  limits: OutboxConfig['limits'],
  nextRequest: OutboxConfig['nextRequest'] = () => undefined,
  { clock = new Clock(), shared }: { readonly clock?: Clock; readonly shared?: OutboxConfig['shared'] } = {},
) {
  const timers = new Subscription();
  const sent: { readonly text: string; readonly at: number }[] = [];
  const dropped: string[] = [];
  const out = new Outbox({
    limits,
    shared,
    scheduler: clock,
    timers,
    transmit: (text) => sent.push({ text, at: clock.now() }),
    nextRequest,
    discarded: (what, count) => dropped.push(`${count} ${what}`),
  });
  return { clock, timers, sent, dropped, out };
}

/** Requests one after the other, as long as there are any. */
const requests =
  (...texts: string[]): OutboxConfig['nextRequest'] =>
  () => {
    const text = texts.shift();
    return text === undefined ? undefined : { text };
  };

describe('Outbox', () => {
  it('has requests wait for the rate of their own, and no other text with them', () => {
    const limits = { requestBytes: 100, requests: { limit: 2, window: 3_600_000 } };
    const { clock, sent, out } = rig(limits, requests('a', 'b', 'c'));
    out.flushSoon();
    clock.advance(1_000);
    out.send('ping');
    out.flushSoon();

    clock.advance(10);
    expect(sent.map(({ text }) => text)).toEqual(['a', 'b', 'ping']);
    clock.advance(3_600_000);
    expect(sent.slice(2)).toEqual([
      { text: 'ping', at: 1_000 },
      { text: 'c', at: 3_600_000 },
    ]);
  });

  it('has a text that waits for the rate of messages go out as soon as that allows, while requests wait for longer', () => {
    const limits = { requestBytes: 100, messages: { limit: 1, window: 100 }, requests: { limit: 1, window: 60_000 } };
    const { clock, sent, out } = rig(limits, requests('a', 'b'));
    out.flushSoon();
    clock.advance(200);
    out.send('x');
    out.send('y');

    clock.advance(200);
    expect(sent).toEqual([
      { text: 'a', at: 0 },
      { text: 'x', at: 200 },
      { text: 'y', at: 300 },
    ]);
    clock.advance(60_000);
    expect(sent.at(-1)).toEqual({ text: 'b', at: 60_000 });
  });

  it('counts each text of a request by the rate of requests', () => {
    const limits = { requestBytes: 100, requests: { limit: 3, window: 60_000 } };
    const parts = [{ text: 'end', more: ['begin', 'again'] }, { text: 'b' }];
    const { clock, sent, out } = rig(limits, () => parts.shift());
    out.flushSoon();

    clock.advance(59_999);
    expect(sent.map(({ text }) => text)).toEqual(['end', 'begin', 'again']);
    clock.advance(1);
    expect(sent.at(-1)).toEqual({ text: 'b', at: 60_000 });
  });

  it('spends of what all wires may send together, and leaves no wire out', () => {
    const shared = {
      messages: makeAllowance({ limit: 3, window: 1_000 }),
      requests: makeAllowance({ limit: 1, window: 1_000 }),
    };
    const limits = { requestBytes: 100, messages: { limit: 2, window: 1_000 } };
    const clock = new Clock();
    const [one, other] = [
      rig(limits, requests('a', 'b'), { clock, shared }),
      rig(limits, requests('c'), { clock, shared }),
    ];
    one.out.send('x');
    other.out.send('y');
    one.out.flushSoon();
    other.out.flushSoon();

    clock.advance(10_000);

    const all = [...one.sent, ...other.sent].sort((a, b) => a.at - b.at);
    expect(all.filter(({ at }) => at < 1_000).map(({ text }) => text)).toHaveLength(3);
    expect(all.map(({ text }) => text).sort()).toEqual(['a', 'b', 'c', 'x', 'y']);
    expect(all.filter(({ text }) => /[abc]/.test(text)).map(({ at }) => at)).toEqual([0, 1_000, 2_000]);
  });

  it('lets everything through at once where there is no rate', () => {
    const { sent, out } = rig({ requestBytes: 100 });
    for (let i = 0; i < 900; i += 1) out.send('x');

    expect(sent).toHaveLength(900);
  });

  it('has the one over the limit wait until the first leaves the window', () => {
    const { clock, sent, out } = rig({ requestBytes: 100, messages: { limit: 2, window: 1_000 } });
    out.send('a');
    clock.advance(300);
    out.send('b');
    clock.advance(300);
    out.send('c');
    out.sendFirst('d');

    clock.advance(399);
    expect(sent.map(({ text }) => text)).toEqual(['a', 'b']);
    clock.advance(301);
    expect(sent).toEqual([
      { text: 'a', at: 0 },
      { text: 'b', at: 300 },
      { text: 'd', at: 1_000 },
      { text: 'c', at: 1_300 },
    ]);
  });

  it('never lets more through than the rate, in any window, and never waits longer than it must', () => {
    const rate = fc.record({ limit: fc.integer({ min: 1, max: 6 }), window: fc.integer({ min: 1, max: 1_000 }) });
    fc.assert(
      fc.property(rate, fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }), (messages, pauses) => {
        const { clock, sent, out } = rig({ requestBytes: 100, messages });
        const asked: number[] = [];
        for (const pause of pauses) {
          clock.advance(pause);
          asked.push(clock.now());
          out.send('x');
        }
        clock.advance((messages.window + 1) * pauses.length);

        expect(sent).toHaveLength(pauses.length);
        sent.forEach(({ at }, i) => {
          const before = sent[i - messages.limit]?.at ?? -Infinity;
          // As early as the window, the asking and the one before it allow, and not a moment earlier.
          expect(at).toBe(Math.max(before + messages.window, asked[i] ?? NaN, sent[i - 1]?.at ?? 0));
        });
      }),
    );
  });

  it('drops what is over the frame limit, and tells what the wire took with it', () => {
    const { timers, sent, dropped, out } = rig({ requestBytes: 4, messages: { limit: 1, window: 1_000 } });
    out.send('äöü');
    out.send('fits');
    out.send('late');

    timers.unsubscribe();

    expect(sent.map(({ text }) => text)).toEqual(['fits']);
    expect(dropped).toEqual(['1 over 4 bytes', '1 the wire ended']);
  });
});
