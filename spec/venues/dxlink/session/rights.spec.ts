import { Subject, of } from 'rxjs';
import type { BookState } from '../../../../lib/model/bookState.js';
import type { DxLinkCredentials } from '../../../../lib/venues/dxlink/index.js';
import { type DxLinkWireConfig, dxLinkWire } from '../../../support/dxlinkWire.js';

const order = (index: number, eventFlags: number, orderSide: string, price: number, more: object = {}): object => ({
  eventType: 'Order',
  eventSymbol: 'AAPL',
  source: 'NTV',
  index,
  eventFlags,
  time: 1,
  sequence: 0,
  orderSide,
  scope: 'ORDER',
  price,
  size: 1,
  ...more,
});
const TAKEN = { type: 'AUTH_STATE', channel: 0, state: 'UNAUTHORIZED' };

/** A book that is live, and what became of it. */
function rig(config: DxLinkWireConfig = {}) {
  const venue = dxLinkWire(config);
  const states: BookState[] = [];
  venue.exchange.book('AAPL').subscribe((state) => states.push(state));
  const told = (): readonly string[] =>
    states.map(({ status }) => status).filter((status, place, all) => status !== all[place - 1]);
  const snapshot = (): void => {
    venue.tell('HISTORY', order(2, 4, 'SELL', 2), order(1, 8, 'BUY', 1));
  };
  venue.passTo(100);
  snapshot();
  return { ...venue, states, told, snapshot };
}

describe('rights that are taken away in the midst of a session', () => {
  it('make books stale at once, which hear nothing of the old channel and are live on a new one', () => {
    const { told, say, tell, snapshot, passTo, auths, opened, wires, exchange } = rig();
    expect(told()).toEqual(['syncing', 'live']);

    say(TAKEN);
    tell('HISTORY', order(1, 0, 'BUY', 1.5));
    expect(told()).toEqual(['syncing', 'live', 'stale']);

    passTo(200);
    expect(auths).toEqual(['token-1', 'token-2']);
    expect(opened()).toBe(2);
    snapshot();
    expect(told()).toEqual(['syncing', 'live', 'stale', 'live']);
    expect(wires).toHaveLength(1);
    exchange.close();
  });

  it('are known to be gone where it can only be seen that a frame tells of them', () => {
    const { told, wires, passTo, auths, opened, snapshot, exchange } = rig();
    wires[0]?.receive(`\ufeff${JSON.stringify(TAKEN)}`);
    passTo(200);
    expect(auths).toEqual(['token-1', 'token-2']);
    expect(opened()).toBe(2);
    snapshot();
    expect(told()).toEqual(['syncing', 'live', 'stale', 'live']);
    exchange.close();
  });

  it('are none of what another wire without a token does: it opens, and opens anew, beside this one', () => {
    const { exchange, connection, wires, passTo } = dxLinkWire({
      isOpen: true,
      options: { credentials: () => [{}] },
    });
    exchange.candlesSince('AAPL', '1m', Date.UTC(2026, 0, 1)).subscribe();
    exchange.candlesSince('AAPL', '1m', Date.UTC(2026, 0, 2)).subscribe();
    passTo(1_000);
    wires[1]?.lose();
    passTo(5_000);
    expect(wires).toHaveLength(3);
    expect(connection.filter(({ status }) => status === 'lost')).toHaveLength(1);
    exchange.close();
  });

  it('and an AUTH that is not answered end the session within a bound', () => {
    const { told, say, snapshot, passTo, connection, wires, exchange } = rig({
      auth: (n) => (n === 2 ? undefined : 'AUTHORIZED'),
    });
    say(TAKEN);
    passTo(9_000);
    expect(told()).toEqual(['syncing', 'live', 'stale']);
    expect(wires).toHaveLength(1);

    passTo(14_000);
    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'auth' }));
    expect(wires).toHaveLength(2);
    snapshot();
    expect(told().at(-1)).toBe('live');
    exchange.close();
  });

  it('are asked for once, however often the venue says so meanwhile, and by a slow provider', () => {
    const answers: Subject<DxLinkCredentials>[] = [];
    const { say, passTo, auths, told, snapshot, wires, exchange } = rig({
      options: {
        credentials: () => {
          if (answers.length === 0) {
            answers.push(new Subject());
            return of({ token: 'first' });
          }
          const answer = new Subject<DxLinkCredentials>();
          answers.push(answer);
          return answer;
        },
      },
    });
    say(TAKEN);
    say(TAKEN);
    passTo(3_000);
    say(TAKEN);
    expect(answers).toHaveLength(2);
    // It answers twice.
    answers[1]?.next({ token: 'second' });
    answers[1]?.next({ token: 'third' });
    passTo(4_000);

    expect(auths).toEqual(['first', 'second']);
    snapshot();
    expect(told()).toEqual(['syncing', 'live', 'stale', 'live']);
    expect(wires).toHaveLength(1);
    exchange.close();
  });

  it('by a word that crosses the AUTH of a renewal are those that the venue told last', () => {
    // The renewal at 30 s is not answered before the old token has run out at the venue.
    const { say, tell, passTo, auths, told, snapshot, wires, exchange } = rig({
      auth: (n) => (n === 2 ? undefined : 'AUTHORIZED'),
      options: {
        renewAhead: 30_000,
        keepalive: 600,
        credentials: ({ rejected }) => [{ token: rejected ? 'fresh' : 'plain', expiresAt: 60_000 }],
      },
    });
    passTo(30_500);
    expect(auths).toEqual(['plain', 'plain']);
    say(TAKEN);
    say({ ...TAKEN, state: 'AUTHORIZED' });
    passTo(31_000);
    snapshot();
    expect(told()).toEqual(['syncing', 'live', 'stale', 'live']);

    // And what it says last takes them again.
    say(TAKEN);
    tell('HISTORY', order(1, 0, 'BUY', 1.5));
    expect(told().at(-1)).toBe('stale');
    expect(wires).toHaveLength(1);
    exchange.close();
  });

  // The schema knows two words; a third one says at the least that the venue does not vouch for the first any more.
  it.each(['EXPIRED', 'unauthorized', '', null, { state: 'AUTHORIZED' }])(
    'by a word that nobody knows (%p) are taken all the same, and it is told',
    (state) => {
      const { told, say, tell, snapshot, passTo, auths, faults, wires, exchange } = rig();
      say({ ...TAKEN, state });
      tell('HISTORY', order(1, 0, 'BUY', 1.5));
      expect(told()).toEqual(['syncing', 'live', 'stale']);
      expect(faults).toContainEqual(expect.objectContaining({ type: 'decode' }));

      passTo(200);
      expect(auths).toEqual(['token-1', 'token-2']);
      snapshot();
      expect(told()).toEqual(['syncing', 'live', 'stale', 'live']);
      expect(wires).toHaveLength(1);
      exchange.close();
    },
  );

  it('by unknown words in the place of each answer end the session within a bound', () => {
    const { told, say, passTo, connection, exchange } = rig({ auth: (n) => (n === 1 ? 'AUTHORIZED' : 'EXPIRED') });
    say({ ...TAKEN, state: 'EXPIRED' });
    passTo(60_000);
    expect(told().at(-1)).toBe('stale');
    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'auth' }));
    exchange.close();
  });
});

describe('a token', () => {
  it('that two wires share and the venue refuses to both is refused once', () => {
    const { exchange, passTo, wires } = dxLinkWire({ auth: (n) => (n <= 2 ? 'UNAUTHORIZED' : 'AUTHORIZED') });
    const errors: unknown[] = [];
    for (const from of [1_700_000_000_000, 1_710_000_000_000]) {
      exchange.candlesSince('AAPL', '1d', from).subscribe({ error: (error: unknown) => errors.push(error) });
    }
    passTo(10_000);

    expect(errors).toEqual([]);
    expect(wires.length).toBeGreaterThanOrEqual(4);
    exchange.close();
  });

  it.each([
    ['at once', 1],
    ['late', 3],
    ['when all is well', 500],
  ])('that is asked for twice, the second time %s, is refused by neither', (_, repeatsAfter) => {
    const { exchange, passTo, wires, opened } = dxLinkWire({ repeatsAfter });
    const errors: unknown[] = [];
    exchange.quotes('AAPL').subscribe({ error: (error: unknown) => errors.push(error) });
    for (let session = 1; session <= 4; session += 1) {
      passTo(session * 30_000);
      expect(errors).toEqual([]);
      expect(wires).toHaveLength(session);
      wires.at(-1)?.lose();
    }

    // And each session comes to its data.
    expect(opened()).toBeGreaterThanOrEqual(4);
    exchange.close();
  });

  it('that was there before another wire’s was refused is no second one', () => {
    // Each wire asks for its own, and both venues refuse.
    const { exchange, passTo, auths } = dxLinkWire({
      auth: (n) => (n <= 2 ? 'UNAUTHORIZED' : 'AUTHORIZED'),
    });
    const errors: unknown[] = [];
    for (const from of [1_700_000_000_000, 1_710_000_000_000]) {
      exchange.candlesSince('AAPL', '1d', from).subscribe({ error: (error: unknown) => errors.push(error) });
      passTo(from === 1_700_000_000_000 ? 500 : 30_000);
    }

    expect(new Set(auths.slice(0, 2)).size).toBe(2);
    expect(errors).toEqual([]);
    exchange.close();
  });

  it.each([false, true])(
    'that is refused three times in a row ends nothing that is observed; the venue closes behind it: %s',
    (isClosing) => {
      const asked: boolean[] = [];
      const { exchange, passTo, auths, opened } = dxLinkWire({
        auth: (n) => (n <= 3 ? 'UNAUTHORIZED' : 'AUTHORIZED'),
        isClosing,
        options: {
          credentials: ({ rejected }) => {
            asked.push(rejected);
            return [{ token: `token-${String(asked.length)}` }];
          },
        },
      });
      let error: unknown;
      exchange.quotes('AAPL').subscribe({ error: (ended: unknown) => (error = ended) });
      passTo(120_000);

      expect(error).toBeUndefined();
      expect(auths).toEqual(['token-1', 'token-2', 'token-3', 'token-4']);
      expect(asked).toEqual([false, true, true, true]);
      expect(opened()).toBeGreaterThan(0);
      exchange.close();
    },
  );
});

describe('a book of orders', () => {
  it('is not live by a snapshot that the venue cut off', () => {
    const venue = dxLinkWire();
    const states: string[] = [];
    venue.exchange.book('AAPL').subscribe(({ status }) => states.push(status));
    venue.passTo(100);
    venue.tell('HISTORY', order(2, 4, 'SELL', 2), order(1, 0x10, 'BUY', 1));

    venue.passTo(5_000);

    expect(states).toEqual(['syncing']);
    expect(venue.faults).toMatchObject([
      { type: 'gap', message: expect.stringContaining('cut the snapshot off') as string },
    ]);
    // It is asked for again.
    expect(venue.sent().filter(({ type }) => type === 'FEED_SUBSCRIPTION').length).toBeGreaterThan(1);
    venue.exchange.close();
  });
});

describe('a feed channel that the venue does not open', () => {
  it('is told and asked for again', () => {
    const { exchange, faults, passTo, sent } = dxLinkWire({ isMute: true });
    exchange.quotes('AAPL').subscribe();
    passTo(12_000);

    expect(faults).toMatchObject([{ type: 'venue', message: expect.stringContaining('TICKER') as string }]);
    expect(sent().filter(({ type }) => type === 'CHANNEL_REQUEST')).toHaveLength(2);
    exchange.close();
  });
});
