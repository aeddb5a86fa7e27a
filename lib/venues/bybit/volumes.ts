import type { BybitCategory } from './endpoint.js';

/** A volume in base units and one in quote units: the venue tells those of inverse contracts the other way round. */
export const volumesOf = (
  category: BybitCategory,
  volume: string,
  turnover: string,
): { readonly volume: string; readonly quoteVolume: string } =>
  category === 'inverse' ? { volume: turnover, quoteVolume: volume } : { volume, quoteVolume: turnover };
