import { VirtualTimeScheduler } from 'rxjs';
import type { AccountEvent, ConnectionState, Fault } from '../../lib/index.js';
import { ed25519Signer } from '../../lib/node/ed25519Signer.js';
import { recorder } from '../../lib/recording/recorder.js';
import { simulatedTplus, type FaultPlan, type SimulatedTplus } from '../../lib/simulation/index.js';
import { tplus, type TplusExchange } from '../../lib/venues/tplus/index.js';

const signer = ed25519Signer(new Uint8Array(32));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Day {
  readonly venue: SimulatedTplus;
  readonly exchange: TplusExchange;
  readonly connection: readonly ConnectionState[];
  readonly faults: readonly Fault[];
  /** What the account was told, and what its desk said. */
  readonly told: readonly string[];
  readonly said: readonly string[];
  /** Times of sign-ins. */
  readonly signIns: readonly number[];
  /** Everything that was told to anybody, in one text. */
  everything(): string;
  until(time: number): void;
}

/** A slow market over a long time, with two streams of an account and a book. */
function day(tokenLife: number, faults: FaultPlan = []): Day {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedTplus({
    scheduler,
    faults,
    instruments: ['BTCUSDT'],
    stepEvery: 30_000,
    depth: 6,
    activity: 1,
    history: 100,
    users: [signer.publicKey],
    limits: { tokenLife },
    latency: 20,
  });
  const lines: string[] = [];
  const signIns: number[] = [];
  const inner = recorder(venue.network, { sink: (line) => lines.push(line), venue: 'tplus', clock: scheduler });
  const network: typeof inner = {
    ...inner,
    request: (request) => {
      if (request.url.endsWith('/auth')) signIns.push(scheduler.now());
      return inner.request(request);
    },
  };
  const account = { userId: signer.publicKey, sign: signer.sign };
  const exchange = tplus({ network, scheduler, random: () => 0.5, account });
  const connection: ConnectionState[] = [];
  const found: Fault[] = [];
  const errors: string[] = [];
  exchange.connection$.subscribe((state) => connection.push(state));
  exchange.faults$.subscribe((fault) => found.push(fault));
  const said: string[] = [];
  const told: string[] = [];
  const desk = venue.desk(signer.publicKey);
  desk?.hearTrades((text) =>
    said.push(`trade ${/"trade_id":(\d+)/.exec(text)?.[1] ?? ''} ${/"status":"(\w)/.exec(text)?.[1] ?? ''}`),
  );
  desk?.hearOrders((text) =>
    said.push(`order ${/"order_id":"([^"]*)/.exec(text)?.[1] ?? ''} ${/^\{"(\w)/.exec(text)?.[1] ?? ''}`),
  );
  const note = <E>(event: AccountEvent<E, unknown>, text: (value: E) => string): void => {
    if (event.type === 'event') told.push(text(event.value));
    if (event.type === 'reset') told.push('reset');
  };
  const error = (reason: unknown): void => void errors.push(String(reason));
  exchange.userTrades().subscribe({
    next: (event) => note(event, ({ id, status }) => `trade ${id} ${status.charAt(0).toUpperCase()}`),
    error,
  });
  exchange.orders().subscribe({
    next: (event) =>
      note(event, (one) =>
        one.type === 'unknown' ? 'unknown' : `order ${one.orderId} ${one.type.charAt(0).toUpperCase()}`,
      ),
    error,
  });
  exchange.book('200').subscribe({ error });
  return {
    venue,
    exchange,
    connection,
    faults: found,
    told,
    said,
    signIns,
    everything: () => JSON.stringify([connection, found, errors, lines, inner.header()]),
    until: (time) => {
      scheduler.maxFrames = time;
      scheduler.flush();
      scheduler.frame = time;
    },
  };
}

/** Each kind of event in its own order: the two streams are not ordered among each other. */
const ofKind = (list: readonly string[], kind: string): readonly string[] => list.filter((one) => one.startsWith(kind));

describe("a day of T+'s tokens", () => {
  it.each([
    ['a quarter of an hour', 15 * MINUTE, 24 * HOUR],
    ['a day', 24 * HOUR, 49 * HOUR],
  ])('are renewed once before each end when they live %s, and nothing is missed', (_, life, length) => {
    const { connection, faults, told, said, signIns, until } = day(life);
    until(length);

    expect(signIns).toHaveLength(Math.floor(length / (life - MINUTE)) + 1);
    // A renewal comes a minute before the end, plus the way to the venue.
    expect(signIns.slice(1).every((at, i) => Math.abs(at - (signIns[i] ?? 0) - (life - MINUTE)) < 1_000)).toBe(true);
    expect(connection.map(({ status }) => status)).not.toContain('lost');
    expect(faults).toEqual([]);
    expect(said.length).toBeGreaterThan(1_000);
    for (const kind of ['trade', 'order']) expect(ofKind(told, kind)).toEqual(ofKind(said, kind));
    expect(told.filter((one) => one === 'reset')).toHaveLength(2);
  });

  it('go on until their end while five renewals fail, are then lost for that reason, and come back', () => {
    const life = 15 * MINUTE;
    const { connection, exchange, faults, told, said, until } = day(life, [
      { fault: 'signInFails', at: life - 2 * MINUTE, for: 10 * MINUTE, count: 5, status: 503 },
    ]);
    until(life - 1_000);
    const before = said.length;
    expect(told.filter((one) => one !== 'reset')).toHaveLength(before);
    expect(connection.map(({ status }) => status)).not.toContain('lost');
    expect(faults.map(({ type, message }) => `${type}: ${message}`)).toEqual(
      Array.from({ length: 5 }, () => 'credentials: the token could not be had: the answer had status 503'),
    );

    until(life + 5 * MINUTE);
    const lost = connection.filter(({ status, wire }) => status === 'lost' && wire !== 'depth:200#1');
    expect(lost.slice(0, 2).map(({ at }) => Math.round(at / 1_000))).toEqual([900, 900]);
    expect(lost[0]).toMatchObject({ reason: 'auth', text: 'the token has run out: the answer had status 503' });
    const statuses = new Map(connection.map(({ wire, status }) => [wire, status]));
    expect([...statuses.values()]).toEqual(['ready', 'ready', 'ready']);
    // The book needs no token.
    expect(connection.filter(({ wire }) => wire === 'depth:200#1').map(({ status }) => status)).toEqual([
      'connecting',
      'ready',
    ]);
    const states: string[] = [];
    exchange.book('200').subscribe(({ status }) => states.push(status));
    expect(states).toEqual(['live']);
    expect(told.filter((one) => one === 'reset')).toHaveLength(4);
  });

  it('stand in no fault, loss, error, line or recording', () => {
    const { everything, until, venue } = day(15 * MINUTE, [
      { fault: 'nonceRefused', at: 10 * MINUTE, for: 20 * MINUTE, count: 3 },
      { fault: 'signInFails', at: 40 * MINUTE, for: 20 * MINUTE, count: 7, status: 500 },
      { fault: 'upgradeRefused', at: 59 * MINUTE, for: 10 * MINUTE, count: 4 },
      { fault: 'tokenExpired', at: 60 * MINUTE },
      { fault: 'corruptJson', at: 70 * MINUTE, for: 5 * MINUTE },
      { fault: 'wrongTypes', at: 80 * MINUTE, for: 5 * MINUTE },
      { fault: 'terminate', at: 90 * MINUTE },
    ]);
    until(2 * HOUR);

    const text = everything();
    expect(text.length).toBeGreaterThan(100_000);
    expect(venue.secrets().length).toBeGreaterThan(10);
    for (const secret of venue.secrets()) expect(text.includes(secret)).toBe(false);
    expect(Object.keys(venue.faults.applied()).sort()).toEqual(
      [
        'corruptJson',
        'nonceRefused',
        'signInFails',
        'terminate',
        'tokenExpired',
        'upgradeRefused',
        'wrongTypes',
      ].sort(),
    );
  });
});
