import '@angular/compiler';
import {
  EnvironmentInjector,
  Injector,
  PLATFORM_ID,
  createEnvironmentInjector,
  provideZoneChangeDetection,
  provideZonelessChangeDetection,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule } from '@angular/platform-browser/testing';
import { INITIAL_CONFIG, platformServer } from '@angular/platform-server';
import { exchangeToken } from '../../lib/angular/index.js';
import type { MillraceFeature } from '../../lib/angular/feature.js';
import { TestExchange, provideMillraceTesting, withTestExchange } from '../../lib/angular/testing/index.js';

export const EXCHANGE = exchangeToken<TestExchange>('test');

/** Angular in Node: a document of the server's kind, in which whatever asks is told that it is in a browser. */
export function prepareAngular(): void {
  const document = '<!doctype html><html><head></head><body></body></html>';
  TestBed.initTestEnvironment(
    BrowserTestingModule,
    platformServer([{ provide: INITIAL_CONFIG, useValue: { document } }]),
  );
}

/** A component, service or whatever else asks for something and goes again. */
export interface Asker<T> {
  readonly got: T;
  readonly injector: Injector;
  leave(): void;
}

export interface Rig {
  readonly exchange: TestExchange;
  /** Runs a function where there is an injection context, and then what it set off. */
  ask<T>(make: () => T): Asker<T>;
}

export interface RigConfig {
  readonly zone?: boolean;
  readonly features?: readonly MillraceFeature[];
  readonly providers?: readonly (Provider | EnvironmentProviders)[];
  readonly platform?: 'browser' | 'server';
}

/** An application whose exchange the test drives, zoneless unless told otherwise. */
export function rig({ zone = false, features = [], providers = [], platform = 'browser' }: RigConfig = {}): Rig {
  const exchange = new TestExchange();
  TestBed.configureTestingModule({
    providers: [
      zone ? provideZoneChangeDetection() : provideZonelessChangeDetection(),
      { provide: PLATFORM_ID, useValue: platform },
      provideMillraceTesting(withTestExchange(EXCHANGE, exchange), ...features),
      ...providers,
    ],
  });
  return {
    exchange,
    ask: (make) => {
      const injector = createEnvironmentInjector([], TestBed.inject(EnvironmentInjector));
      const got = injector.runInContext(make);
      TestBed.tick();
      return {
        got,
        injector: injector.get(Injector),
        leave: () => {
          injector.destroy();
        },
      };
    },
  };
}
