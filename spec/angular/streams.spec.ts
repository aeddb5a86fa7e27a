import { computed, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BehaviorSubject, NEVER, Subject, concat, of, throwError } from 'rxjs';
import { injectAccount, injectConnection, injectFaults, injectQuotes, injectStream } from '../../lib/angular/index.js';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import type { AccountState } from '../../lib/model/accountEvent.js';
import { EXCHANGE, prepareAngular, rig } from './rig.js';

beforeAll(prepareAngular);

describe('injectStream', () => {
  it('holds the latest, and begins anew with another stream', () => {
    const { ask } = rig();
    const [first, second] = [new Subject<number>(), new Subject<number>()];
    const which = signal(first);
    const { got, leave } = ask(() => injectStream(() => which(), { initial: 0 }));
    expect([got.value(), got.status(), got.isLoading(), got.hasValue()]).toEqual([0, 'loading', true, false]);
    first.next(1);
    first.next(2);
    expect([got.value(), got.status(), got.isLoading(), got.hasValue()]).toEqual([2, 'streaming', false, true]);
    which.set(second);
    expect([got.value(), got.status()]).toEqual([0, 'loading']);
    TestBed.tick();
    expect([first.observed, second.observed]).toEqual([false, true]);
    leave();
    expect(second.observed).toBe(false);
  });

  it('tells its end and its error, keeps the value, and is subscribed anew by reload', () => {
    const { ask } = rig();
    let subscribed = 0;
    const failing$ = concat(
      of(1),
      throwError(() => {
        subscribed += 1;
        return 'gone';
      }),
    );
    const { got } = ask(() => injectStream(() => failing$));
    expect([got.value(), got.status(), got.error()?.message]).toEqual([1, 'error', 'gone']);
    expect(got.reload()).toBe(true);
    expect(got.error()).toBeUndefined();
    TestBed.tick();
    expect(subscribed).toBe(2);
    const complete = ask(() => injectStream(() => of(undefined)));
    expect([complete.got.status(), complete.got.hasValue()]).toEqual(['complete', true]);
  });

  it('tells what a function of its options throws as an error of the stream', () => {
    const { ask } = rig();
    const values = new Subject<number>();
    const urgent = (): boolean => {
      throw new Error('not urgent');
    };
    const { got } = ask(() => injectStream(() => values, { urgent }));
    values.next(1);
    values.next(2);
    expect([got.value(), got.status(), got.error()?.message]).toEqual([1, 'error', 'not urgent']);
    expect(values.observed).toBe(false);
  });

  it('is idle where there is no stream', () => {
    const { ask } = rig();
    const { got } = ask(() => injectStream<number>(() => undefined));
    expect([got.value(), got.status(), got.reload()]).toEqual([undefined, 'idle', false]);
    expect(() => injectStream(() => NEVER)).toThrow(/injectStream.*injection context/);
  });
});

describe('injectQuotes', () => {
  const following = (first: readonly string[]) => {
    const { exchange, ask } = rig();
    const symbols = signal(first);
    return { exchange, symbols, ...ask(() => injectQuotes(EXCHANGE, symbols)) };
  };

  it('has the latest of each by its symbol, and tells only differences to the venue', () => {
    const { exchange, symbols, got, leave } = following(['A', 'B']);
    expect(exchange.observed()).toEqual(['quotes A', 'quotes B']);
    expect(got().size).toBe(0);
    exchange.showQuote('A', { bid: ['1', '1'] });
    exchange.showQuote('B', { bid: ['2', '1'] });
    const before = got();
    exchange.showQuote('A', { bid: ['3', '1'] });
    expect(got().get('A')?.bid?.price).toBe(3);
    expect(before.get('A')?.bid?.price).toBe(1);

    symbols.set(['B', 'C']);
    expect([...got().keys()]).toEqual(['B']);
    TestBed.tick();
    expect(exchange.observed()).toEqual(['quotes B', 'quotes C']);
    exchange.showQuote('C', { ask: ['9', '1'] });
    expect([...got().keys()]).toEqual(['B', 'C']);
    leave();
    expect(exchange.observed()).toEqual([]);
  });

  it('goes on with the others where one is refused', () => {
    const { exchange, got, symbols } = following(['A', 'NOPE']);
    exchange.showQuote('NOPE', { bid: ['7', '1'] });
    exchange.refuse('quotes NOPE', 'no such symbol');
    expect(got.errors().get('NOPE')?.message).toContain('no such symbol');
    expect(got().has('NOPE')).toBe(false);
    exchange.showQuote('A', { bid: ['1', '1'] });
    expect(got().get('A')?.bid?.price).toBe(1);
    symbols.set(['A']);
    expect(got.errors().size).toBe(0);
  });

  it('tells what the function of the symbols throws, and wants none meanwhile', () => {
    const { exchange, ask } = rig();
    const input = signal<readonly string[] | undefined>(undefined);
    const { got } = ask(() =>
      injectQuotes(EXCHANGE, () => {
        const symbols = input();
        if (symbols === undefined) throw new Error('no input yet');
        return symbols;
      }),
    );
    expect([got().size, got.errors().size, got.error()?.message]).toEqual([0, 0, 'no input yet']);
    input.set(['A']);
    TestBed.tick();
    exchange.showQuote('A', { bid: ['1', '1'] });
    expect([got().get('A')?.bid?.price, got.error()]).toEqual([1, undefined]);
    input.set(undefined);
    TestBed.tick();
    expect([got().size, got.error()?.message, exchange.observed()]).toEqual([0, 'no input yet', []]);
  });

  it('changes nothing where the same symbols are told anew', () => {
    const { exchange, got, symbols } = following(['A']);
    exchange.showQuote('A', { bid: ['1', '1'] });
    const before = got();
    symbols.set(['A']);
    TestBed.tick();
    expect(got()).toBe(before);
    expect(() => injectQuotes(EXCHANGE, symbols)).toThrow(/injectQuotes.*injection context/);
  });
});

describe('injectConnection', () => {
  it('has the state of each wire that is needed', () => {
    const { exchange, ask } = rig();
    const { got } = ask(() => injectConnection(EXCHANGE));
    expect(got()).toEqual([]);
    exchange.showConnection({ status: 'connecting', attempt: 1 }, 'a');
    exchange.showConnection({ status: 'ready' }, 'b');
    exchange.showConnection({ status: 'waiting', attempt: 2, ms: 500 }, 'a');
    expect(got()).toMatchObject([
      { wire: 'a', status: 'waiting', ms: 500 },
      { wire: 'b', status: 'ready' },
    ]);
    exchange.showConnection({ status: 'idle' }, 'a');
    expect(got().map(({ wire }) => wire)).toEqual(['b']);
    expect(() => injectConnection(EXCHANGE)).toThrow(/injectConnection.*injection context/);
  });
});

describe('injectFaults', () => {
  it('has the last ones, the newest first', () => {
    const { exchange, ask } = rig();
    const { got } = ask(() => injectFaults(EXCHANGE, { last: 2 }));
    for (const message of ['a', 'b', 'c']) exchange.showFault({ type: 'venue', message });
    expect(got().map(({ message }) => message)).toEqual(['c', 'b']);
    expect(() => ask(() => injectFaults(EXCHANGE, { last: 0 }))).toThrow(InvalidArgumentError);
    expect(() => injectFaults(EXCHANGE)).toThrow(/injectFaults.*injection context/);
  });
});

describe('injectAccount', () => {
  it('says what is held and whether it can be trusted', () => {
    const { ask } = rig();
    const states = new BehaviorSubject<AccountState<number>>({ status: 'syncing' });
    const account = signal<string | undefined>('1');
    const venue = { account: (of: string) => (of === '1' ? states : NEVER) };
    const { got } = ask(() =>
      injectAccount(venue, (exchange) => {
        const of = account();
        return of === undefined ? undefined : exchange.account(of);
      }),
    );
    expect([got.status(), got.value(), got.hasValue()]).toEqual(['syncing', undefined, false]);
    states.next({ status: 'live', value: 7 });
    expect([got.status(), got.value(), got.stale(), got.hasValue()]).toEqual(['live', 7, undefined, true]);
    expect(got.reload()).toBe(false);
    states.next({ status: 'stale', value: 7, reason: 'silent', since: 3 });
    expect(got.stale()).toMatchObject({ reason: 'silent', since: 3, value: 7 });
    states.next({ status: 'live', value: 8 });
    states.complete();
    expect(got.stale()).toMatchObject({ reason: 'closed', value: 8 });
    account.set(undefined);
    expect([got.status(), got.value()]).toEqual(['idle', undefined]);
    expect(() => injectAccount(venue, () => NEVER)).toThrow(/injectAccount.*injection context/);
  });

  it('asks anew once its stream is over', () => {
    const { ask } = rig();
    let asked = 0;
    const venue = {
      account: () => {
        asked += 1;
        return throwError(() => new Error('refused'));
      },
    };
    const turn = signal(0);
    const stream$ = computed(() => (turn(), venue.account()));
    const { got } = ask(() => injectAccount(venue, () => stream$()));
    expect([got.status(), got.error()?.message, asked]).toEqual(['error', 'refused', 1]);
    expect(got.reload()).toBe(true);
    TestBed.tick();
    expect(got.status()).toBe('error');
  });
});
