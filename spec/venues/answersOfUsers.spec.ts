import {
  EMPTY,
  NEVER,
  Observable,
  type ObservableInput,
  type SchedulerLike,
  type VirtualTimeScheduler,
  concat,
  concatMap,
  defer,
  filter,
  interval,
  map,
  merge,
  of,
  throwError,
  timer,
} from 'rxjs';
import type { Exchange } from '../../lib/feed/exchange.js';
import type { FaultNotice } from '../../lib/model/fault.js';
import type { HttpRequest, Network } from '../../lib/network/network.js';
import { foldBook, stepRule } from '../../lib/index.js';
import { ed25519Signer } from '../../lib/node/index.js';
import {
  simulatedCoinbase,
  simulatedDxLink,
  simulatedTastytrade,
  simulatedTplus,
  simulatedTradestation,
} from '../../lib/simulation/index.js';
import { diff, snapshot } from '../../lib/testing/builders.js';
import { coinbaseAdvanced } from '../../lib/venues/coinbase/index.js';
import { dxlink } from '../../lib/venues/dxlink/index.js';
import { kucoin } from '../../lib/venues/kucoin/index.js';
import { tastytrade } from '../../lib/venues/tastytrade/index.js';
import { tplus } from '../../lib/venues/tplus/index.js';
import { tradestation } from '../../lib/venues/tradestation/index.js';
import { WallClock, virtualDay } from '../support/chaosClock.js';
import { tokenOf } from '../support/chaosProvider.js';
import { simulatedKucoin } from '../support/venues/kucoin/simulatedKucoin.js';

/** What a user's function gives when all is right; a program without types may give anything. */
type Good = () => ObservableInput<unknown>;
/** Stands between the library and such a function. */
type Around = (good: Good) => () => never;

interface Given {
  readonly around: Around;
  /** Of the venue, and of its client. */
  readonly scheduler: VirtualTimeScheduler;
  readonly clock: SchedulerLike;
}
interface Asked {
  /** Well when it says `live`. */
  readonly state$: Observable<{ readonly status: string }>;
  /** What goes wrong, and where wires stand. */
  readonly told$: Observable<unknown>;
}

const SECRET = 'hunter2hunter2';
const random = (): number => 0.5;
const signer = ed25519Signer(new Uint8Array(32));
const common = { seed: 1, stepEvery: 8_000, depth: 3 };

const POST = { method: 'POST' as const, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
const grant = (url: string, fields: object): HttpRequest => ({
  ...POST,
  url,
  body: new URLSearchParams({ grant_type: 'refresh_token', ...fields }).toString(),
});
const issued =
  (network: Network, request: HttpRequest, clock: SchedulerLike): Good =>
  () =>
    tokenOf(network, request, () => clock.now());

const toldBy = ({ faults$, connection$ }: Pick<Exchange, 'faults$' | 'connection$'>): Observable<unknown> =>
  merge(faults$, connection$.pipe(filter(({ status }) => status === 'lost')));

/** Each function that is asked for something, and what waits for its answer. */
const places: Readonly<Record<string, (given: Given) => Asked>> = {
  'tradestation: login': ({ around, scheduler, clock }) => {
    const { network } = simulatedTradestation({ ...common, scheduler, instruments: ['MSFT'] });
    const request = grant('https://signin.tradestation.com/oauth/token', {
      client_id: 'me',
      refresh_token: 'simulated-refresh-token',
    });
    const login = around(issued(network, request, clock));
    const exchange = tradestation({ network, scheduler: clock, random, login });
    return { told$: toldBy(exchange), state$: exchange.book('MSFT') };
  },
  'tradestation: store': ({ around, scheduler, clock }) => {
    const { network } = simulatedTradestation({ ...common, scheduler, instruments: ['MSFT'], rotates: true });
    const login = { clientId: 'me', refreshToken: 'simulated-refresh-token', store: around(() => of(0)) };
    const exchange = tradestation({ network, scheduler: clock, random, login });
    return { told$: toldBy(exchange), state$: exchange.book('MSFT') };
  },
  'tastytrade: login': ({ around, scheduler, clock }) => {
    const { network } = simulatedTastytrade({ ...common, scheduler, accounts: ['A'] });
    const request: HttpRequest = {
      method: 'POST',
      url: 'https://api.tastyworks.com/oauth/token',
      headers: { 'content-type': 'application/json', 'user-agent': 'service/1' },
      body: JSON.stringify({
        grant_type: 'refresh_token',
        client_secret: 'simulated-client-secret',
        refresh_token: 'simulated-refresh-token',
      }),
    };
    const login = around(issued(network, request, clock));
    const exchange = tastytrade({ network, scheduler: clock, random, accounts: ['A'], login });
    return { told$: toldBy(exchange), state$: exchange.account('A') };
  },
  'coinbase: jwt': ({ around, scheduler, clock }) => {
    const { network } = simulatedCoinbase({ ...common, scheduler });
    const jwt = around(() => of({ value: 'a.b.c', expiresAt: clock.now() + 120_000 }));
    const exchange = coinbaseAdvanced({ network, scheduler: clock, random, jwt });
    return { told$: toldBy(exchange), state$: exchange.book('BTC-USDT') };
  },
  'dxlink: credentials': ({ around, scheduler, clock }) => {
    const tokens = (token: string): number | undefined => (token === 'good' ? Infinity : undefined);
    const { network } = simulatedDxLink({ ...common, scheduler, instruments: ['AAPL'], tokens });
    const credentials = around(() => of({ token: 'good', expiresAt: clock.now() + 120_000 }));
    const exchange = dxlink({ network, scheduler: clock, random, url: 'wss://x.example/', credentials });
    return { told$: toldBy(exchange), state$: exchange.book('AAPL') };
  },
  'tplus: sign': ({ around, scheduler, clock }) => {
    const { network } = simulatedTplus({ ...common, scheduler, users: [signer.publicKey] });
    const sign: (message: Uint8Array) => never = (message) => around(() => signer.sign(message))();
    const exchange = tplus({ network, scheduler: clock, random, account: { userId: signer.publicKey, sign } });
    return { told$: toldBy(exchange), state$: exchange.openOrders() };
  },
  'kucoin: sign': ({ around, scheduler, clock }) => {
    const { network } = simulatedKucoin({ ...common, scheduler });
    const exchange = kucoin({ network, scheduler: clock, random, sign: around(() => of({ 'KC-API-KEY': 'a key' })) });
    return { told$: toldBy(exchange), state$: exchange.book('BTC-USDT') };
  },
  'foldBook: snapshot': ({ around, scheduler, clock }) => {
    let at = 0;
    const faults: ((fault: FaultNotice) => void)[] = [];
    const report = (fault: FaultNotice): void => {
      for (const one of faults) one(fault);
    };
    const state$ = interval(1_000, scheduler).pipe(
      map(() => diff({ firstSequence: (at += 1), lastSequence: at, bids: [['1', `${at}`]] })),
      foldBook({
        rule: stepRule,
        snapshot: around(() => of(snapshot({ sequence: at }))),
        report,
        scheduler: clock,
        random,
      }),
    );
    const told$ = new Observable<FaultNotice>((subscriber) => {
      faults.push((fault) => {
        subscriber.next(fault);
      });
    });
    return { state$, told$ };
  },
};

/** How a function may answer that is asked, until it answers as it should. What it says may hold secrets. */
interface Manner {
  readonly answer: (good: Good, scheduler: SchedulerLike) => unknown;
  /** Whether that is told: as a fault, or by the loss of a wire. */
  readonly isTold: boolean;
}
const secretly = (): Error => Object.assign(new TypeError(`no ${SECRET}`), { text: SECRET, status: SECRET });
const textOf = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
const told = (answer: Manner['answer']): Manner => ({ answer, isTold: true });
const manners: Readonly<Record<string, Manner>> = {
  'throws at once': told(() => {
    throw secretly();
  }),
  'errors with what is no error': told(() => throwError(() => SECRET)),
  errors: told(() => throwError(secretly)),
  'is rejected': told(() => Promise.reject(secretly())),
  'is rejected with nothing': told(() => throwError(() => undefined)),
  'completes empty': told(() => EMPTY),
  'never answers': told(() => NEVER),
  'answers when nobody waits any more': told((good, scheduler) => timer(45_000, scheduler).pipe(concatMap(good))),
  'is late': { answer: (good, scheduler) => timer(4_000, scheduler).pipe(concatMap(good)), isTold: false },
  'answers twice, and then with an error': {
    answer: (good, scheduler) =>
      concat(
        defer(good),
        timer(1, scheduler).pipe(concatMap(good)),
        timer(100, scheduler).pipe(
          map(() => {
            throw secretly();
          }),
        ),
      ),
    isTold: false,
  },
  ...Object.fromEntries(
    [undefined, null, 5, SECRET, {}, []].map((value) => [`returns ${textOf(value)}`, told(() => value)]),
  ),
  ...Object.fromEntries(
    [undefined, null, 5, SECRET, {}, [SECRET], { value: 5 }, { value: '' }, { token: 5 }].map((value) => [
      `answers with ${textOf(value)}`,
      told(() => of(value)),
    ]),
  ),
};
const answerOf = (name: string): Manner['answer'] => {
  const manner = manners[name];
  if (manner === undefined) throw new Error(`no manner is called ${name}`);
  return manner.answer;
};
/** Whoever gives an object without a token says that none is needed; where one is, that is his own refusal. */
const isWithoutToken = (manner: string): boolean => /^answers with \{(?!"token)/.test(manner);
/** Any value is one: `store` says by its end that it has kept a token. Nothing is asked of a token that is a text. */
const harmless: Readonly<Record<string, (manner: string) => boolean>> = {
  'tradestation: store': (manner) => /^answers with|^completes|returns \[\]|returns "/.test(manner),
};

/** What is signed is no signature: its signer is none, as its own word for good would say. */
const isFinal = (place: string, manner: string): boolean =>
  place === 'tplus: sign' && /^(?:answers with|returns) (?:"|5|\[|\{)/.test(manner) && manner !== 'returns 5';

/** Answers oddly for so long, in ms, and is well again within so much time afterwards. */
const ODD_UNTIL = 60_000;
const WELL_WITHIN = 60_000;
/** So often it may be asked meanwhile: more than pauses let it be, and far less than a storm. */
const MOST_ASKED = 40;

describe.each(Object.entries(places))('%s', (place, ask) => {
  interface Run {
    readonly manner: Manner['answer'];
    /** What somebody else does meanwhile. */
    readonly meanwhile?: (parts: {
      readonly clock: WallClock;
      readonly leave: () => void;
      readonly come: () => void;
    }) => void;
  }

  function run({ manner, meanwhile }: Run) {
    const { scheduler, pass } = virtualDay();
    const clock = new WallClock(scheduler);
    const ends: unknown[] = [];
    const faults: unknown[] = [];
    let [asked, status] = [0, ''];
    const around: Around = (good) => () => {
      asked += 1;
      return (scheduler.frame < ODD_UNTIL ? manner(good, scheduler) : good()) as never;
    };
    const { state$, told$ } = ask({ around, scheduler, clock });
    const end = (error: unknown): void => {
      ends.push(error);
    };
    const watching = told$.subscribe({ next: (one) => faults.push(one), error: end });
    let subscription = { unsubscribe: (): void => undefined };
    const come = (): void => {
      subscription = state$.subscribe({
        next: (state) => (status = state.status),
        error: end,
        complete: () => ends.push('complete'),
      });
    };
    const leave = (): void => {
      subscription.unsubscribe();
      status = 'left';
    };
    come();
    pass(20_000);
    meanwhile?.({ clock, leave, come });
    pass(ODD_UNTIL - 20_000);
    const before = { asked, status, faults: [...faults] };
    pass(WELL_WITHIN);
    const after = { asked, status };
    leave();
    watching.unsubscribe();
    return { ends, faults, before, after };
  }

  const cases = Object.entries(manners).filter(([name]) => place !== 'dxlink: credentials' || !isWithoutToken(name));
  it.each(cases.filter(([name]) => !isFinal(place, name)))(
    'that %s ends nothing, is told and asked again, and is well afterwards',
    (name, manner) => {
      const { ends, faults, before, after } = run({ manner: manner.answer });
      expect(ends).toEqual([]);
      expect(after.status).toBe('live');
      expect(before.asked).toBeLessThan(MOST_ASKED);
      if (manner.isTold && harmless[place]?.(name) !== true) expect(before.faults).not.toEqual([]);
      // `report` is of who gives the snapshot, too.
      if (place !== 'foldBook: snapshot') expect(JSON.stringify(faults)).not.toContain(SECRET);
    },
  );

  it.each(['never answers', 'answers when nobody waits any more', 'is late', 'errors'])(
    'that %s while its observer leaves and another comes answers that one',
    (name) => {
      const { ends, after } = run({
        manner: answerOf(name),
        meanwhile: ({ leave, come }) => {
          leave();
          come();
        },
      });
      expect(ends).toEqual([]);
      expect(after.status).toBe('live');
    },
  );

  it.each(
    [3_600_000, -3_600_000].flatMap((ms) => ['never answers', 'is late', 'errors'].map((name) => [name, ms] as const)),
  )('that %s while the clock jumps by %i ms is waited for as long as ever', (name, ms) => {
    const { ends, before, after } = run({
      manner: answerOf(name),
      meanwhile: ({ clock }) => {
        clock.jump(ms);
      },
    });
    expect(ends).toEqual([]);
    expect(before.asked).toBeLessThan(MOST_ASKED);
    expect(after.status).toBe('live');
  });
});
