import 'zone.js';
import {
  ApplicationRef,
  NgZone,
  PLATFORM_ID,
  createEnvironmentInjector,
  EnvironmentInjector,
  provideZoneChangeDetection,
  provideZonelessChangeDetection,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type SchedulerLike, type Subscription, VirtualTimeScheduler, range, take, tap } from 'rxjs';
import {
  exchangeToken,
  injectBook,
  injectExchange,
  provideMillrace,
  withConflation,
  withExchange,
} from '../../lib/angular/index.js';
import { streamOutside } from '../../lib/angular/outsideZone.js';
import type { Network } from '../../lib/network/network.js';
import { simulatedBinance } from '../../lib/simulation/index.js';
import { type BinanceExchange, binance } from '../../lib/venues/binance/index.js';
import { prepareAngular } from './rig.js';

const BINANCE = exchangeToken<BinanceExchange>('binance');
const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];

beforeAll(prepareAngular);

/** What was done, and whether it was done in the zone. */
class Witness {
  readonly inside: string[] = [];
  readonly outside: string[] = [];
  see(what: string): void {
    (NgZone.isInAngularZone() ? this.inside : this.outside).push(what);
  }
}

const seenNetwork = (network: Network, witness: Witness): Network => ({
  open: (endpoint) => {
    witness.see('open');
    return network.open(endpoint).pipe(tap((wire) => wire.messages.subscribe(() => witness.see('frame'))));
  },
  request: (request) => {
    witness.see('request');
    return network.request(request);
  },
});

const seenScheduler = (host: SchedulerLike, witness: Witness): SchedulerLike => ({
  now: () => host.now(),
  schedule: (...args: Parameters<SchedulerLike['schedule']>): Subscription => {
    witness.see('timer');
    return host.schedule(...args);
  },
});

/** A simulated Binance in virtual time, in an application with a zone or without one. */
const rig = (kind: 'zone' | 'zoneless') => {
  const clock = new VirtualTimeScheduler();
  const witness = new Witness();
  const venue = simulatedBinance({ seed: 1, scheduler: clock });
  const network = seenNetwork(venue.network, witness);
  const scheduler = seenScheduler(clock, witness);
  TestBed.configureTestingModule({
    providers: [
      kind === 'zone' ? provideZoneChangeDetection() : provideZonelessChangeDetection(),
      { provide: PLATFORM_ID, useValue: 'browser' },
      provideMillrace(
        withExchange(BINANCE, () => binance({ network, scheduler, random: () => 0.5, linger: 0, wireLinger: 0 })),
        withConflation({ every: 100, scheduler }),
      ),
    ],
  });
  const to = (moment: number): void => {
    clock.maxFrames = moment;
    clock.schedule(() => {}, Math.max(0, moment - clock.now()));
    clock.flush();
  };
  return { venue, witness, to, zone: TestBed.inject(NgZone) };
};

describe('with a zone', () => {
  it('opens, asks and waits outside of it, even where the first to subscribe is inside', () => {
    const { venue, witness, to, zone } = rig('zone');
    const exchange = TestBed.runInInjectionContext(() => injectExchange(BINANCE));
    const subscriptions = zone.run(() => [
      exchange.book('BTCUSDT').subscribe(),
      exchange.trades('BTCUSDT').subscribe(),
      exchange.socket.subscribe(),
      exchange.connection$.subscribe(),
    ]);
    to(5_000);
    venue.faults.inject('terminate');
    to(20_000);
    zone.run(() => {
      exchange.resync();
      exchange.wake();
      for (const subscription of subscriptions) subscription.unsubscribe();
    });
    to(30_000);
    expect(witness.inside).toEqual([]);
    expect(new Set(witness.outside)).toEqual(new Set(['open', 'frame', 'request', 'timer']));
    expect(venue.stats().open).toBe(0);
  });

  it('is entered once a window, however many books are shown', () => {
    const { to, zone } = rig('zone');
    const entries: number[] = [];
    TestBed.runInInjectionContext(() => SYMBOLS.map((symbol) => injectBook(BINANCE, () => symbol)));
    zone.run(() => TestBed.inject(ApplicationRef).tick());
    to(5_000);
    let news = 0;
    TestBed.inject(BINANCE).socket.subscribe(() => (news += 1));
    zone.onMicrotaskEmpty.subscribe(() => entries.push(1));
    to(15_000);
    expect(news).toBeGreaterThan(150);
    expect(entries.length).toBeGreaterThan(90);
    expect(entries.length).toBeLessThanOrEqual(101);
  });

  it('shows what is in the signals', () => {
    const { to } = rig('zone');
    const book = TestBed.runInInjectionContext(() => injectBook(BINANCE, () => 'BTCUSDT'));
    TestBed.tick();
    to(5_000);
    expect(book.status()).toBe('live');
  });
});

describe('without a zone', () => {
  // Angular warns of the zone that this file loads.
  beforeEach(() => jest.spyOn(console, 'warn').mockImplementation(() => {}));
  afterEach(() => jest.restoreAllMocks());

  it('hands over the exchange itself', () => {
    rig('zoneless');
    const own = binance();
    const token = exchangeToken<BinanceExchange>('own');
    const injector = createEnvironmentInjector(
      [provideMillrace(withExchange(token, () => own))],
      TestBed.inject(EnvironmentInjector),
    );
    expect(injector.get(token)).toBe(own);
  });

  it('shows what is in the signals, once a window', () => {
    const { to } = rig('zoneless');
    const book = TestBed.runInInjectionContext(() => injectBook(BINANCE, () => 'BTCUSDT'));
    TestBed.tick();
    to(5_000);
    expect(book.status()).toBe('live');
    const seen = new Set<unknown>();
    for (let moment = 5_001; moment <= 6_000; moment += 1) {
      to(moment);
      seen.add(book.book());
    }
    expect(seen.size).toBeGreaterThan(8);
    expect(seen.size).toBeLessThanOrEqual(11);
  });
});

it('a stream outside of the zone that tells much at once is left in the step in which its observer has enough', () => {
  let told = 0;
  const source$ = range(0, 100).pipe(tap(() => (told += 1)));
  streamOutside(source$, new NgZone({})).pipe(take(1)).subscribe();
  expect(told).toBe(1);
});
