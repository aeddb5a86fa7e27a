import { InjectionToken, type Injector, PLATFORM_ID } from '@angular/core';
import { check, checkOneOf, checkWhole } from '../errors/checks.js';
import { aDuration, aNumber, checkOptions } from '../errors/optionRules.js';
import type { MillraceFeature } from './feature.js';

/** What happens where a page is rendered on a server: nothing, or its books are waited for. */
export type ServerMode = 'idle' | 'snapshot';

/** How a server waits for books. */
export interface ServerConfig {
  /** How long a page waits for the first live book of each symbol, in ms; then it is rendered without. Default: 5,000. */
  readonly within?: number;
  /** How many levels a side are handed to the page. Default: 50. */
  readonly levels?: number;
}

export const SERVER = new InjectionToken<Required<ServerConfig> & { readonly mode: ServerMode }>('millrace server', {
  providedIn: 'root',
  factory: () => ({ mode: 'idle', within: 5_000, levels: 50 }),
});

/**
 * What a server does that renders the page. Without this it is `idle`.
 *
 * - `idle` opens nothing: whatever is injected stands as if nothing were asked for.
 * - `snapshot` has the page wait (`PendingTasks`) for the first live book of each `injectBook`, renders it, hands its best
 *   levels to the browser (`TransferState`) and leaves. On both sides it is `stale`, reason `disconnected`: nobody follows
 *   it until the browser's own is live. Everything but books is as with `idle`.
 *
 * @throws InvalidArgumentError for a mode or a figure that is none.
 */
export function withServer(mode: ServerMode, config: ServerConfig = {}): MillraceFeature {
  checkOneOf('mode', ['idle', 'snapshot'], mode);
  checkOptions('config', config, { within: aDuration, levels: aNumber });
  const { within = 5_000, levels = 50 } = config;
  check('within', within < Infinity, 'a number of ms above 0', within);
  checkWhole('levels', 10_000, levels);
  return { providers: [{ provide: SERVER, useValue: { mode, within, levels } }] };
}

/** Whether this is a server that renders a page. */
export const isServer = (injector: Injector): boolean => injector.get<unknown>(PLATFORM_ID) === 'server';

/** Whether streams of this kind are not asked for here. */
export const opensNothing = (injector: Injector, kind: 'books' | 'others'): boolean =>
  isServer(injector) && (kind === 'others' || injector.get(SERVER).mode === 'idle');
