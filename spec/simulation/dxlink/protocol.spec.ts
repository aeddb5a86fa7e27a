import { VirtualTimeScheduler } from 'rxjs';
import type { Wire } from '../../../lib/network/network.js';
import { parseFaults, simulatedDxLink, type SimulatedDxLinkConfig } from '../../../lib/simulation/index.js';
import { WireLostError } from '../../../lib/errors/wireLostError.js';

type Frame = Readonly<Record<string, unknown>> & { readonly type: string; readonly channel: number };

/** A client that sends what it is told to and knows nothing. */
function rig(config: SimulatedDxLinkConfig = {}) {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedDxLink({ scheduler, latency: 1, ...config });
  const frames: Frame[] = [];
  let wire: Wire | undefined;
  let ended: number | undefined;
  const opening = venue.network.open({ url: 'ws://venue/realtime' }).subscribe({
    next: (open) => {
      wire = open;
      open.messages.subscribe((text) => frames.push(JSON.parse(text) as Frame));
    },
    error: (error: unknown) => (ended = error instanceof WireLostError ? error.code : -1),
  });
  const passTo = (ms: number): void => {
    scheduler.maxFrames = ms;
    scheduler.flush();
  };
  const send = (...messages: readonly (object | string)[]): void => {
    for (const message of messages) wire?.send(typeof message === 'string' ? message : JSON.stringify(message));
  };
  passTo(10);
  return { venue, frames, send, passTo, ended: () => ended, leave: () => opening.unsubscribe() };
}

const SETUP = { type: 'SETUP', channel: 0, version: '0.1-test/1', keepaliveTimeout: 60, acceptKeepaliveTimeout: 60 };
const request = (channel: number, contract = 'TICKER') => ({
  type: 'CHANNEL_REQUEST',
  channel,
  service: 'FEED',
  parameters: { contract },
});
const subscribe = (channel: number, ...add: readonly object[]) => ({ type: 'FEED_SUBSCRIPTION', channel, add });

describe('the simulated dxLink', () => {
  it('answers SETUP with its own and tells whether a token is wanted', () => {
    const open = rig();
    open.send(SETUP);
    open.passTo(50);
    expect(open.frames.map(({ type, state }) => [type, state])).toEqual([
      ['SETUP', undefined],
      ['AUTH_STATE', 'AUTHORIZED'],
    ]);
    open.leave();

    const closed = rig({ tokens: (token) => (token === 'good' ? Infinity : undefined) });
    closed.send(SETUP, { type: 'AUTH', channel: 0, token: 'bad' }, { type: 'AUTH', channel: 0, token: 'good' });
    closed.passTo(50);
    expect(closed.frames.map(({ state }) => state)).toEqual([undefined, 'UNAUTHORIZED', 'UNAUTHORIZED', 'AUTHORIZED']);
    closed.leave();
  });

  it.each([
    ['AUTH before SETUP', [{ type: 'AUTH', channel: 0, token: 'x' }], 'UNAUTHORIZED', 0],
    ['an even channel', [SETUP, request(2)], 'BAD_ACTION', 0],
    ['what is no JSON', ['{"type'], 'INVALID_MESSAGE', 0],
    ['what has no channel', [{ type: 'SETUP' }], 'INVALID_MESSAGE', 0],
    ['a channel that never was', [SETUP, subscribe(7)], 'BAD_ACTION', 7],
    ['an unknown service', [SETUP, { ...request(1), service: 'X' }], 'BAD_ACTION', 1],
  ] as const)('answers %s with an ERROR', (_, messages, error, channel) => {
    const { send, frames, passTo, leave } = rig({ tokens: () => Infinity });
    send(...messages);
    if (error === 'BAD_ACTION' && channel === 1) {
      send({ type: 'AUTH', channel: 0, token: 't' }, { ...request(1), service: 'X' });
    }
    passTo(50);
    leave();

    expect(frames.filter(({ type }) => type === 'ERROR').at(-1)).toMatchObject({ error, channel });
  });

  it('refuses a channel with ERROR and CHANNEL_CLOSED, and closes one that is cancelled', () => {
    const { send, frames, passTo, leave } = rig();
    send(SETUP, { ...request(1), service: 'X' }, request(3), { type: 'CHANNEL_CANCEL', channel: 3 });
    passTo(50);
    leave();

    expect(frames.slice(2).map(({ type, channel }) => `${type} ${String(channel)}`)).toEqual([
      ...['ERROR 1', 'CHANNEL_CLOSED 1', 'CHANNEL_OPENED 3', 'CHANNEL_CLOSED 3'],
    ]);
  });

  it('tells FEED_CONFIG before the first data it applies to, and not before there is any', () => {
    const { send, frames, passTo, leave } = rig();
    const acceptEventFields = { Quote: ['eventSymbol', 'bidPrice'] };
    send(SETUP, request(1), { type: 'FEED_SETUP', channel: 1, acceptDataFormat: 'COMPACT', acceptEventFields });
    passTo(1_000);
    expect(frames.map(({ type }) => type)).not.toContain('FEED_CONFIG');
    send(subscribe(1, { type: 'Quote', symbol: 'AAPL' }));
    passTo(1_500);
    leave();

    const [config, data] = frames.filter(({ type }) => type.startsWith('FEED'));
    expect(config).toMatchObject({ type: 'FEED_CONFIG', dataFormat: 'COMPACT', eventFields: acceptEventFields });
    expect(data).toMatchObject({ data: ['Quote', ['AAPL', expect.any(Number)]] });
  });

  it('sends FULL without any set-up, and nothing on what it does not know', () => {
    const { send, frames, passTo, leave } = rig();
    send(SETUP, request(1), subscribe(1, { type: 'Quote', symbol: 'NOSUCH' }, { type: 'Profile', symbol: 'AAPL' }));
    passTo(2_000);
    leave();

    const data = frames.filter(({ type }) => type === 'FEED_DATA');
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ data: [{ eventType: 'Profile', eventSymbol: 'AAPL' }] });
  });

  it('starts over on reset, and stops on remove', () => {
    const { venue, send, passTo, leave } = rig();
    const quote = (symbol: string) => ({ type: 'Quote', symbol });
    send(SETUP, request(1), subscribe(1, quote('AAPL'), quote('SPY')));
    send(
      { ...subscribe(1, quote('SPX')), reset: true },
      { type: 'FEED_SUBSCRIPTION', channel: 1, remove: [quote('AAPL')] },
    );
    passTo(500);

    expect(venue.stats().connections[0]?.subscriptions).toEqual(['Quote SPX']);
    leave();
  });

  it('waits with DOM snapshots for DOM_SETUP, and takes a second one', () => {
    const { send, frames, passTo, leave } = rig();
    send(SETUP, {
      type: 'CHANNEL_REQUEST',
      channel: 5,
      service: 'DOM',
      parameters: { symbol: 'AAPL', sources: ['ntv'] },
    });
    passTo(1_000);
    expect(frames.map(({ type }) => type)).not.toContain('DOM_SNAPSHOT');
    send({ type: 'DOM_SETUP', channel: 5, acceptDepthLimit: 3 });
    passTo(3_000);
    send({ type: 'DOM_SETUP', channel: 5, acceptDepthLimit: 1 });
    passTo(5_000);
    leave();

    const doms = frames.filter(({ type }) => type.startsWith('DOM'));
    expect(doms[0]).toMatchObject({ type: 'DOM_CONFIG', depthLimit: 3, orderFields: ['price', 'size'] });
    expect(doms[1]).toMatchObject({ bids: { length: 3 }, asks: { length: 3 } });
    expect(doms.at(-1)).toMatchObject({ bids: { length: 1 } });
  });

  it('cuts off a client that is silent for longer than its bound, and one that says too much at once', () => {
    const silent = rig();
    silent.send(SETUP);
    silent.passTo(62_000);
    expect(silent.frames.at(-1)).toMatchObject({ type: 'ERROR', error: 'TIMEOUT' });
    expect(silent.ended()).toBe(1000);

    const loud = rig();
    loud.send('x'.repeat(20_000));
    loud.passTo(100);
    expect(loud.ended()).toBe(1009);
    expect(loud.venue.stats().violations).toMatchObject([{ limit: 'bytesPerMessage' }]);
  });

  it('says KEEPALIVE when it has nothing else to say, unless it is told not to', () => {
    const { send, frames, passTo, leave } = rig();
    send(SETUP);
    passTo(55_000);
    expect(frames.map(({ type }) => type)).toContain('KEEPALIVE');
    leave();

    const mute = rig({ faults: parseFaults('keepaliveIgnored@0s+60s') });
    mute.send(SETUP);
    mute.passTo(55_000);
    expect(mute.frames.map(({ type }) => type)).not.toContain('KEEPALIVE');
    mute.leave();
  });

  it('sends history newest first with the end marker last, and cuts off what is too long', () => {
    const { send, frames, passTo, leave } = rig({ rowsPerFrame: 2_000 });
    const fields = { Candle: ['eventFlags', 'index', 'time', 'open'] };
    send(SETUP, request(1, 'HISTORY'), {
      type: 'FEED_SETUP',
      channel: 1,
      acceptDataFormat: 'COMPACT',
      acceptEventFields: fields,
    });
    send(subscribe(1, { type: 'Candle', symbol: 'AAPL{=m}', fromTime: -5 * 60_000 }));
    passTo(150);
    const [snapshot] = frames.filter(({ type }) => type === 'FEED_DATA');
    const [, values] = snapshot?.['data'] as readonly [string, readonly unknown[]];
    expect(values.filter((_, place) => place % 4 === 0)).toEqual([4, 0, 0, 0, 0, 0, 10]);

    send(subscribe(1, { type: 'Candle', symbol: 'AAPL{=s}', fromTime: -10_000_000 }));
    passTo(350);
    leave();
    const all = frames.filter(({ type }) => type === 'FEED_DATA').map(({ data }) => (data as readonly unknown[])[1]);
    const long = all.find((one) => Array.isArray(one) && one.length > 3_000) as readonly unknown[];
    expect(long.filter((_, place) => place % 4 === 0).at(-1)).toBe(16);
  });

  it('sends all fields of a type to a client of COMPACT that asks for none, and tells which', () => {
    const { send, frames, passTo, leave } = rig({ faults: parseFaults('configWithoutFields@0s+60s') });
    send(SETUP, request(1, 'AUTO'), { type: 'FEED_SETUP', channel: 1, acceptDataFormat: 'COMPACT' });
    const types = ['Quote', 'Trade', 'Summary', 'Profile', 'Underlying'];
    send(
      subscribe(1, ...types.map((type) => ({ type, symbol: 'AAPL' }))),
      subscribe(1, { type: 'Greeks', symbol: '.AAPL250117C195' }),
    );
    passTo(2_000);
    leave();

    const config = frames.filter(({ type }) => type === 'FEED_CONFIG').at(-1);
    const fields = config?.['eventFields'] as Readonly<Record<string, readonly string[]>>;
    const rows = new Map<string, Readonly<Record<string, unknown>>>();
    for (const { data } of frames.filter(({ type }) => type === 'FEED_DATA')) {
      const [type, values] = data as readonly [string, readonly unknown[]];
      const names = fields[type] ?? [];
      expect(values.length % names.length).toBe(0);
      rows.set(type, Object.fromEntries(names.map((name, place) => [name, values[place]])));
    }
    expect([...rows.keys()].sort()).toEqual([...types, 'Greeks'].sort());
    expect(rows.get('Quote')).toMatchObject({ eventSymbol: 'AAPL', bidPrice: expect.any(Number) as number });
    // As the venue's own Python client asks for it.
    expect(rows.get('Underlying')).toMatchObject({ optionVolume: 200_000, callVolume: 120_000, putVolume: 80_000 });
    expect(rows.get('Greeks')).toMatchObject({ eventSymbol: '.AAPL250117C195', delta: expect.any(Number) as number });
    expect(rows.get('Profile')).toMatchObject({ tradingStatus: 'ACTIVE' });
  });
});
