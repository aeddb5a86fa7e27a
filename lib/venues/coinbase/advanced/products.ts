import { productOf } from '../topics.js';

/** Those whose market is not that of the same in dollars. */
const OWN: readonly string[] = ['USDT-USDC', 'EURC-USDC'];

/**
 * The product under whose id the venue tells data: what is quoted in USDC has the market of what is quoted in USD ("WebSocket
 * Channels" of Advanced Trade), and comes under that name.
 */
export function deliveredAs(product: string): string {
  const id = productOf(product);
  return id.endsWith('-USDC') && !OWN.includes(id) ? id.slice(0, -1) : id;
}
