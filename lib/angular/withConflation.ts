import { InjectionToken } from '@angular/core';
import { type SchedulerLike, asyncScheduler } from 'rxjs';
import { check } from '../errors/checks.js';
import { aScheduler, checkOptions, aNumber } from '../errors/optionRules.js';
import type { MillraceFeature } from './feature.js';

/** How often what is shown changes. */
export interface ConflationConfig {
  /** Length of a window, in ms; 0: every value at once. Default: 100. */
  readonly every?: number;
  /** All time of what is injected comes from here; that of an exchange is its own. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

export const CONFLATION = new InjectionToken<Required<ConflationConfig>>('millrace conflation', {
  providedIn: 'root',
  factory: () => ({ every: 100, scheduler: asyncScheduler }),
});

/**
 * Sets how often signals of this library change: all of them together, at each window's end, with the latest there is. What
 * says whether a book or an account can be trusted never waits.
 *
 * Where Angular has a zone, this is how often it is entered: once a window, however many books are shown.
 *
 * @throws InvalidArgumentError when `every` is not a number of ms.
 */
export function withConflation(config: ConflationConfig): MillraceFeature {
  checkOptions('config', config, { every: aNumber, scheduler: aScheduler });
  const { every = 100, scheduler = asyncScheduler } = config;
  check('every', every >= 0 && every < Infinity, 'a number of ms from 0', every);
  return { providers: [{ provide: CONFLATION, useValue: { every, scheduler } }] };
}
