import { EnvironmentInjector, Injector, createEnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  exchangeToken,
  injectExchange,
  provideMillrace,
  withConflation,
  withExchange,
  withServer,
} from '../../lib/angular/index.js';
import { TestExchange } from '../../lib/angular/testing/index.js';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import { prepareAngular, rig } from './rig.js';

const ONE = exchangeToken<TestExchange>('one');
const TWO = exchangeToken<TestExchange>('two');

beforeAll(prepareAngular);

describe('provideMillrace', () => {
  it('provides several exchanges, each made once and when it is asked for, and closes them with their injector', () => {
    rig();
    const made: TestExchange[] = [];
    const make = (): TestExchange => {
      made.push(new TestExchange());
      return made.at(-1) ?? new TestExchange();
    };
    const injector = createEnvironmentInjector(
      [provideMillrace(withExchange(ONE, make), withExchange(TWO, make))],
      TestBed.inject(EnvironmentInjector),
    );
    const from = { injector: injector.get(Injector) };
    expect(made).toHaveLength(0);
    const one = injectExchange(ONE, from);
    expect(injectExchange(ONE, from)).toBe(one);
    expect(made).toHaveLength(1);
    expect(injectExchange(TWO, from)).not.toBe(one);
    injector.destroy();
    expect(made.map((exchange) => exchange.isClosed())).toEqual([true, true]);
  });

  it('makes an exchange in an injection context', () => {
    rig();
    const injector = createEnvironmentInjector(
      [
        { provide: 'venue', useValue: 'mine' },
        provideMillrace(withExchange(ONE, () => new TestExchange(TestBed.inject(TWO).venue))),
        provideMillrace(withExchange(TWO, () => new TestExchange('other'))),
      ],
      TestBed.inject(EnvironmentInjector),
    );
    expect(() => injector.get(ONE)).toThrow(/exchange two/);
    expect(injector.get(TWO).venue).toBe('other');
  });

  it('refuses settings that can not be meant', () => {
    const mode = 'eager';
    expect(() => withConflation({ every: -1 })).toThrow(InvalidArgumentError);
    expect(() => withConflation({ every: Infinity })).toThrow(InvalidArgumentError);
    expect(() => withServer('snapshot', { within: 0 })).toThrow(InvalidArgumentError);
    expect(() => withServer('snapshot', { levels: 0 })).toThrow(InvalidArgumentError);
    expect(() => withServer(JSON.parse(`"${mode}"`))).toThrow(/mode: expected idle, snapshot/);
  });

  it('asserts the context of injectExchange', () => {
    expect(() => injectExchange(ONE)).toThrow(/injectExchange.*injection context/);
  });
});
