import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Subscription } from 'rxjs';
import type { Exchange } from '../../../lib/feed/exchange.js';
import { SubscriptionRefusedError } from '../../../lib/index.js';
import type { Rate } from '../../../lib/socket/plan.js';
import type { FakeWire } from '../../../lib/testing/index.js';
import { isSoonDone } from '../../support/linear.js';
import { PROTOCOLS } from '../../support/recordings.js';
import { oddIn, rubbishIn } from '../../support/rubbish.js';
import { type VenueRig, venueRig } from '../../support/venueRig.js';
import type { ChannelUnderTest, Said, VenueUnderTest } from './venueUnderTest.js';

interface SaidOn extends Said {
  readonly wire: FakeWire;
}

/** Longer than a channel lingers. */
const LINGER = 1_100;
const MANY = 700;

/** What every venue holds to whose channels are subscribed on shared wires. A venue is listed once, in `contract.spec.ts`. */
export function holdsTheContract<E extends Exchange>(venue: VenueUnderTest<E, never>): void {
  const rig = (): VenueRig<E> => venueRig(venue.make, venue.greeting);
  const said = ({ network }: VenueRig<E>, op: Said['op']): readonly SaidOn[] =>
    network.wires
      .flatMap((wire) => wire.sent.map((text) => ({ ...venue.read(text), wire })))
      .filter((one) => one.op === op);
  const namedIn = (one: VenueRig<E>, op: Said['op'], key: string): readonly SaidOn[] =>
    said(one, op).filter(({ keys, kept }) => keys.includes(key) || kept === key);
  const wireOf = (one: VenueRig<E>, key: string): FakeWire => {
    const found = namedIn(one, 'subscribe', key).at(-1);
    if (found === undefined) throw new Error(`${key} was not subscribed`);
    return found.wire;
  };

  const channelHolds = ({
    open,
    key,
    good,
    bad,
    path,
    isKept = false,
    isPeriodic = false,
  }: ChannelUnderTest<E>): void => {
    const unlessKept = isKept ? it.skip : it;
    /** Time passes at a venue that tells what it tells again and again. */
    const pass = (one: VenueRig<E>, seconds: number): void => {
      for (let second = 0; second < seconds; second += 1) {
        one.pass(1_000);
        const wire = isPeriodic ? wireOf(one, key) : undefined;
        if (wire?.status === 'open') wire.receive(...good.split('\n'));
      }
    };
    unlessKept('is subscribed once, however many observe it, and ended once, after the last has left', () => {
      const one = rig();
      const observers = [1, 2, 3].map(() => open(one.exchange).subscribe());
      one.pass(100);
      expect(namedIn(one, 'subscribe', key)).toHaveLength(1);
      wireOf(one, key).receive(...good.split('\n'));

      observers.slice(1).forEach((observer) => observer.unsubscribe());
      one.pass(LINGER);
      expect(namedIn(one, 'unsubscribe', key)).toEqual([]);
      // Somebody else on the wire, so that it is not simply closed.
      venue.nth(one.exchange, 1).subscribe();
      open(one.exchange).subscribe().unsubscribe();
      observers[0]?.unsubscribe();
      one.pass(LINGER / 2);
      expect(namedIn(one, 'unsubscribe', key)).toEqual([]);
      one.pass(2 * LINGER);

      const { wire } = namedIn(one, 'subscribe', key)[0] as SaidOn;
      const ends = namedIn(one, 'unsubscribe', key).length;
      // Where nobody else is on the wire it may be closed instead.
      expect(ends === 0 && wire.closed !== undefined ? 1 : ends).toBe(1);
      expect(namedIn(one, 'subscribe', key)).toHaveLength(1);
    });

    it('is subscribed anew on a new session', () => {
      const one = rig();
      open(one.exchange).subscribe();
      one.pass(100);
      const first = wireOf(one, key);

      first.lose();
      pass(one, 9);

      const wires = namedIn(one, 'subscribe', key).map(({ wire }) => wire);
      expect(wires).toHaveLength(2);
      expect(wires[1]).not.toBe(first);
    });

    it('tells a frame that can’t be read by its path, and goes on', () => {
      const one = rig();
      const errors: unknown[] = [];
      open(one.exchange).subscribe({ error: (error: unknown) => errors.push(error) });
      one.pass(100);

      wireOf(one, key).receive(...bad.split('\n'));
      wireOf(one, key).receive(...good.split('\n'));

      expect(one.faults.filter(({ type }) => type === 'decode')).toMatchObject([{ channel: key, path }]);
      expect(errors).toEqual([]);
    });

    it('takes no frame for whole that was cut off, wherever that was', () => {
      const one = rig();
      const told: unknown[] = [];
      open(one.exchange).subscribe({ next: (value) => told.push(value), error: (error: unknown) => told.push(error) });
      one.pass(100);
      const lines = good.split('\n');
      wireOf(one, key).receive(...lines);
      const cuts = lines.flatMap((line) => Array.from({ length: line.length - 1 }, (_, i) => line.slice(0, i + 1)));
      // What looks like the frame before is read by its shape.
      const taken = cuts.filter((cut) => {
        const before = told.length;
        const faults = one.faults.length;
        wireOf(one, key).receive(cut);
        const isTaken = told.slice(before).some((value) => !/"(?:stale|reset|lost)"/.test(JSON.stringify(value)));
        return isTaken || one.faults.length === faults;
      });
      expect(taken).toEqual([]);
    });

    it('drops no frame without a word, whatever in it can’t be read', () => {
      /** How much is told, beside and on the stream, when the last of the frames that can be read is this one. */
      const toldOf = (last?: string): number => {
        const one = rig();
        let told = 0;
        open(one.exchange).subscribe({ next: () => (told += 1), error: () => undefined });
        one.pass(100);
        const frames = good.split('\n');
        const wire = wireOf(one, key);
        wire.receive(...frames.slice(0, -1));
        const before = told + one.faults.length;
        wire.receive(last ?? frames.at(-1));
        return told + one.faults.length - before;
      };
      // Diffs that wait for a snapshot tell nothing.
      if (toldOf() === 0) return;
      const dropped = [...oddIn(good.split('\n').at(-1) ?? '')].filter((odd) => toldOf(odd) === 0);
      expect(dropped).toEqual([]);
    });

    it('takes no work for 64 KiB of rubbish', () => {
      const opened = (): FakeWire => {
        const one = rig();
        open(one.exchange).subscribe({ error: () => undefined });
        one.pass(100);
        const wire = wireOf(one, key);
        wire.receive(...good.split('\n'));
        return wire;
      };
      let wire = opened();
      const slow = good.split('\n').flatMap((frame) =>
        [...rubbishIn(frame)].filter(
          (text) =>
            !isSoonDone(() => {
              if (wire.status !== 'open') wire = opened();
              return () => {
                wire.receive(text);
              };
            }),
        ),
      );
      expect(slow.map((text) => text.slice(0, 200))).toEqual([]);
    });

    const { ended } = venue;
    (ended === undefined ? it.skip : it)('is not asked for again once it is answered, left before or not', () => {
      const one = rig();
      one.network.events$.subscribe((event) => {
        if (event.type !== 'sent') return;
        const request = venue.read(event.text);
        one.clock.schedule(() => {
          const wire = one.wire(event.wire);
          if (wire.status !== 'open') return;
          if (request.op === 'subscribe') wire.receive(...venue.accept(request));
          else if (request.op === 'unsubscribe') wire.receive(...(ended?.(request, event.text) ?? []));
          else wire.receive(...(venue.pong?.(event.text) ?? []));
        }, 20);
      });
      // Somebody else on the wire, so that it stays open.
      venue.nth(one.exchange, 1).subscribe();
      const first = open(one.exchange).subscribe();
      pass(one, 1);
      first.unsubscribe();
      pass(one, 3);
      open(one.exchange).subscribe();
      pass(one, 1);
      const asked = namedIn(one, 'subscribe', key).length;
      pass(one, 11);

      expect(one.faults.filter(({ type }) => type === 'unconfirmed')).toEqual([]);
      expect(namedIn(one, 'subscribe', key)).toHaveLength(asked);
    });

    unlessKept('ends alone where the venue refuses it', () => {
      const one = rig();
      const [errors, others]: [unknown[], unknown[]] = [[], []];
      open(one.exchange).subscribe({ error: (error: unknown) => errors.push(error) });
      const answered = new Set<string>();
      for (const n of [1, 2, 3])
        venue.nth(one.exchange, n).subscribe({ error: (error: unknown) => others.push(error) });
      // Until all that was asked for is answered: what a refusal took with it is asked for again.
      for (let turn = 0; turn < 20; turn += 1) {
        one.pass(100);
        for (const request of said(one, 'subscribe')) {
          if (request.id === undefined || answered.has(`${request.wire.index} ${request.id}`)) continue;
          answered.add(`${request.wire.index} ${request.id}`);
          const isRefused = request.keys.includes(key);
          for (const answer of isRefused ? [venue.refuse(request, key)] : venue.accept(request))
            request.wire.receive(answer);
        }
      }

      expect(errors).toHaveLength(1);
      expect(errors[0]).toBeInstanceOf(SubscriptionRefusedError);
      expect(errors).toMatchObject([{ channel: key }]);
      expect(others).toEqual([]);
      expect(one.faults.filter(({ type }) => type === 'unconfirmed')).toEqual([]);
    });
  };

  const channels: Readonly<Record<string, ChannelUnderTest<E>>> = venue.channels;
  const { book } = channels;
  // The same subscription, told otherwise.
  const depth = book !== undefined && { depth: { ...book, open: venue.depth } };
  for (const [kind, channel] of Object.entries({ ...channels, ...depth })) {
    describe(`${kind} of ${venue.name}`, () => {
      channelHolds(channel);
    });
  }

  describe(venue.name, () => {
    it('stays within all that the venue allows, and subscribes each of many once', () => {
      const one = rig();
      const { limits } = venue;
      const { many = MANY } = limits;
      const opened: number[] = [];
      const sent: { readonly at: number; readonly wire: number; readonly text: string; readonly said: Said }[] = [];
      /** What was subscribed on each wire. */
      const there = new Map<number, Set<string>>();
      one.network.events$.subscribe((event) => {
        const at = one.clock.now();
        if (event.type === 'opening') opened.push(at);
        if (event.type !== 'sent') return;
        const request = venue.read(event.text);
        sent.push({ at, wire: event.wire, text: event.text, said: request });
        one.clock.schedule(() => {
          const listed = there.get(event.wire) ?? new Set();
          there.set(event.wire, listed);
          for (const key of request.keys) if (request.op === 'subscribe') listed.add(key);
          if (request.op === 'subscribe') one.wire(event.wire).receive(...venue.accept(request, [...listed]));
          else if (request.op === 'other') one.wire(event.wire).receive(...(venue.pong?.(event.text) ?? []));
        });
      });

      const all = new Subscription();
      for (let n = 0; n < many; n += 1) all.add(venue.nth(one.exchange, n).subscribe());
      const pass = (): void => {
        for (let second = 0; second < 15; second += 1) {
          one.pass(1_000);
          if (venue.heartbeat === undefined) continue;
          for (const wire of one.network.wires) if (wire.status === 'open') wire.receive(venue.heartbeat);
        }
      };
      pass();
      all.unsubscribe();
      pass();

      for (const op of ['subscribe', 'unsubscribe'] as const) {
        const keys = sent.flatMap(({ said: { op: done, keys: some } }) => (done === op ? some : []));
        expect([op, new Set(keys).size]).toEqual([op, keys.length]);
        if (op === 'subscribe') expect(keys).toHaveLength(many);
      }
      for (const { text, said: request } of sent) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limits.requestBytes);
        expect(request.keys.length).toBeLessThanOrEqual(limits.topicsPerRequest);
      }
      expect(isWithin(sent, squeezed(limits, 'together'))).toBe(true);
      for (const { index } of one.network.wires) {
        const here = sent.filter(({ wire }) => wire === index);
        const requests = here.filter(({ said: { op } }) => op !== 'other');
        const channels = here.reduce((sum, { said: { op, keys } }) => sum + (op === 'subscribe' ? keys.length : 0), 0);
        expect(channels).toBeLessThanOrEqual(limits.channelsPerWire);
        expect(isWithin(here, squeezed(limits, 'messages'))).toBe(true);
        expect(isWithin(requests, squeezed(limits, 'requests'))).toBe(true);
      }
      expect(
        isWithin(
          opened.map((at) => ({ at })),
          squeezed(limits, 'connections'),
        ),
      ).toBe(true);
    });

    it('notices a wire on which nothing comes any more', () => {
      const one = rig();
      venue.nth(one.exchange, 1).subscribe();
      one.pass(100);
      for (const request of said(one, 'subscribe'))
        for (const answer of venue.accept(request)) request.wire.receive(answer);

      one.pass(venue.silentWithin);

      expect(one.connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'silent' }));
    });

    it('opens nothing by itself, and leaves nothing open', () => {
      const one = rig();
      one.pass(10_000);
      expect(one.network.wires).toEqual([]);

      const observers = [1, 2].map((n) => venue.nth(one.exchange, n).subscribe());
      one.pass(100);
      observers.forEach((observer) => observer.unsubscribe());
      one.pass(10_000);

      expect(one.network.wires.map(({ status }) => status)).toEqual(one.network.wires.map(() => 'ended'));
    });
  });

  const { file, opens, least, told = (frame: string) => frame } = venue.page;
  const path = join(PROTOCOLS, file);
  if (!existsSync(path)) {
    it.skip(`${venue.name} reads the frames of its page (skipped: no protocol pages, see MILLRACE_RECORDINGS)`, () =>
      undefined);
    return;
  }
  it(`${venue.name} reads every frame of its page`, () => {
    let read = 0;
    for (const frame of framesOf(readFileSync(path, 'utf8')).map(told)) {
      const one = rig();
      const opened = opens(one.exchange, frame);
      if (opened === 'none') continue;
      const channel$ = opened === 'session' ? venue.nth(one.exchange, 1) : opened;
      channel$.subscribe({ error: () => undefined });
      one.pass(100);
      for (const wire of one.network.wires) wire.receive(...frame.split('\n'));
      expect([frame, one.faults.filter(({ type }) => type === 'decode')]).toEqual([frame, []]);
      read += 1;
    }
    expect(read).toBeGreaterThanOrEqual(least);
  });
}

/** By so much less than its first one may a network hold up the last message of a window, in ms. */
const HELD_UP = 200;

/** What may be sent where the venue counts what comes to it, and the network brings it closer together. */
function squeezed(
  limits: VenueUnderTest<Exchange>['limits'],
  what: 'messages' | 'requests' | 'together' | 'connections',
): Rate | undefined {
  const rate = limits[what];
  return rate !== undefined && limits.counted.includes(what) ? { ...rate, window: rate.window + HELD_UP } : rate;
}

/** Whether no window holds more of them than the rate allows. */
const isWithin = (some: readonly { readonly at: number }[], rate: Rate = { limit: Infinity, window: 1 }): boolean =>
  some.every(({ at: from }) => some.filter(({ at }) => at >= from && at < from + rate.window).length <= rate.limit);

/** The frames in a page: what is JSON, in its blocks line by line but for remarks behind it, and in its words in backticks. */
function framesOf(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```(?:json)?\n(.*?)^```/gms)].flatMap(([, text = '']) =>
    text.split('\n').map((line) => line.replace(/\s{2,}(?:\(|<-).*$/, '')),
  );
  const quoted = [...page.replace(/^```.*?^```/gms, '').matchAll(/`([{[][^`]+[}\]])`/g)].map(([, text = '']) => text);
  return [...blocks, ...quoted].filter((text) => {
    try {
      return typeof JSON.parse(text) === 'object' && !text.includes('...');
    } catch {
      return false;
    }
  });
}
