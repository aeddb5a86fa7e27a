/**
 * How much more is bid than asked, in percent of both: `+24 %`. `–` where nothing stands on either side.
 *
 * @param bid What stands on the bids in sight, as a decimal.
 * @param ask Likewise on the asks.
 */
export function imbalanceText(bid: string | undefined, ask: string | undefined): string {
  const [bought, sold] = [Number(bid ?? 0), Number(ask ?? 0)];
  if (bought + sold === 0) return '–';
  const percent = Math.round(((bought - sold) / (bought + sold)) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}
