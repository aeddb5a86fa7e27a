import { platformNetwork } from '#platform';
import { asyncScheduler } from 'rxjs';
import { defaultBackoff } from '../socket/backoff.js';
import type { ExchangeOptions } from './exchange.js';

/** What an exchange is made with where the caller says nothing. The one place that names the platform's own. */
export function withDefaults(options: ExchangeOptions): Required<ExchangeOptions> & { backoff: typeof defaultBackoff } {
  return {
    network: options.network ?? platformNetwork(),
    scheduler: options.scheduler ?? asyncScheduler,
    random: options.random ?? Math.random,
    backoff: { ...defaultBackoff, ...options.backoff },
    linger: options.linger ?? 1_000,
    wireLinger: options.wireLinger ?? 1_000,
    confirmWithin: options.confirmWithin ?? 10_000,
    handshakeWithin: options.handshakeWithin ?? 10_000,
  };
}
