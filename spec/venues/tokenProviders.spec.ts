import { EMPTY, NEVER, Observable, VirtualTimeScheduler, of } from 'rxjs';
import type { Fault } from '../../lib/model/fault.js';
import type { Network } from '../../lib/network/network.js';
import { coinbaseAdvanced } from '../../lib/venues/coinbase/index.js';
import { dxlink } from '../../lib/venues/dxlink/index.js';
import { tastytrade } from '../../lib/venues/tastytrade/index.js';
import { tradestation } from '../../lib/venues/tradestation/index.js';

interface Given {
  readonly network: Network;
  readonly scheduler: VirtualTimeScheduler;
  readonly random: () => number;
  /** What the provider gives. */
  readonly token: unknown;
}
interface Asked {
  readonly faults$: Observable<Fault>;
  readonly stream$: Observable<unknown>;
}

/** A program without types gives whatever it has. */
const anything = (value: unknown): never => value as never;

const credentialOf = (value: unknown) => anything(of({ value, expiresAt: 1e15 }));
const venues: Readonly<Record<string, (given: Given) => Asked>> = {
  tradestation: ({ token, ...options }) => {
    const exchange = tradestation({ ...options, login: () => credentialOf(token) });
    return { faults$: exchange.faults$, stream$: exchange.book('MSFT') };
  },
  tastytrade: ({ token, ...options }) => {
    const exchange = tastytrade({ ...options, accounts: ['A'], login: () => credentialOf(token) });
    return { faults$: exchange.faults$, stream$: exchange.account('A') };
  },
  coinbase: ({ token, ...options }) => {
    const exchange = coinbaseAdvanced({ ...options, jwt: () => credentialOf(token) });
    return { faults$: exchange.faults$, stream$: exchange.book('BTC-USD') };
  },
  dxlink: ({ token, ...options }) => {
    const exchange = dxlink({ ...options, url: 'wss://x.example/', credentials: () => anything(of({ token })) });
    return { faults$: exchange.faults$, stream$: exchange.quotes('AAPL') };
  },
};
/** dxLink's may go without a token, so that all but an object with fields would pass for a wish to. */
const bare: Readonly<Record<string, (given: Given) => Asked>> = {
  dxlink: ({ token, ...options }) => {
    const exchange = dxlink({ ...options, url: 'wss://x.example/', credentials: () => anything(of(token)) });
    return { faults$: exchange.faults$, stream$: exchange.quotes('AAPL') };
  },
};
const tokens: readonly (readonly [string, unknown])[] = [
  ['a number', 1_234_567],
  ['an object', { access: 'hunter2' }],
  ['a list', ['hunter2hunter2']],
  ['nothing', null],
  ['an empty text', ''],
];
const cases = [
  ...Object.entries(venues).flatMap(([name, ask]) => tokens.map(([what, token]) => [name, what, token, ask] as const)),
  ...Object.entries(bare).flatMap(([name, ask]) =>
    [['the token alone', 'hunter2hunter2'] as const, ...tokens.filter(([what]) => what !== 'an object')].map(
      ([what, token]) => [name, `${what} in place of credentials`, token, ask] as const,
    ),
  ),
];

describe('a provider of tokens', () => {
  it.each(cases)('of %s that gives %s is told and asked again, and nothing is presented', (_, _name, token, ask) => {
    const scheduler = new VirtualTimeScheduler();
    const [sent, faults, ends]: [unknown[], Fault[], unknown[]] = [[], [], []];
    const network: Network = {
      open: (endpoint) =>
        new Observable((subscriber) => {
          sent.push(endpoint.headers ?? {});
          subscriber.next({
            messages: NEVER,
            send: (text) => {
              sent.push(text);
            },
            close: () => undefined,
          });
        }),
      request: (request) => {
        sent.push(request);
        return EMPTY;
      },
    };
    const { faults$, stream$ } = ask({ network, scheduler, random: () => 0.5, token });
    const end = (error: unknown): void => void ends.push(error);
    faults$.subscribe({ next: (fault) => faults.push(fault), error: end });

    const subscription = stream$.subscribe({ error: end });
    scheduler.maxFrames = 9_000;
    scheduler.flush();
    subscription.unsubscribe();

    expect(ends).toEqual([]);
    const told = faults.filter(({ type }) => type === 'credentials').map(({ message }) => message);
    expect(told.length).toBeGreaterThan(1);
    expect(told.every((text) => text.endsWith('what came is no token: a text is expected'))).toBe(true);
    expect(JSON.stringify([sent, faults])).not.toMatch(/hunter2|1234567|Bearer|object Object/);
  });
});
