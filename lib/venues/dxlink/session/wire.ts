import { type SchedulerLike, map } from 'rxjs';
import type { WirePlan } from '../../../socket/plan.js';
import { dxLinkDialect } from './dialect.js';
import { wireLimits } from '../endpoint.js';
import type { Settings } from '../options.js';
import type { DxLinkTokens } from './tokens.js';

export interface WireConfig {
  readonly tokens: DxLinkTokens;
  readonly scheduler: SchedulerLike;
}

/** The one kind of wire: a token first, and where to connect if its answer says so. */
export function wirePlan(settings: Settings, { tokens, scheduler }: WireConfig): WirePlan {
  const { venue, url, keepalive, dataFormat } = settings;
  const limits = wireLimits(keepalive);
  const { requestBytes } = limits;
  return {
    limits,
    endpoint: () => tokens.fresh().pipe(map((fresh) => ({ url: fresh.url ?? url }))),
    dialect: (link) =>
      dxLinkDialect(link, {
        venue,
        tokens,
        scheduler,
        keepalive,
        dataFormat,
        requestBytes,
        aggregationPeriod: (contract) =>
          contract === 'TICKER' || contract === 'AUTO' ? settings.aggregationPeriod : 0,
      }),
  };
}
