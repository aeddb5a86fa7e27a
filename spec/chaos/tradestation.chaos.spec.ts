import { unhandledErrors } from '../support/chaosRestless.js';
import { chaosSeeds, failuresOf, unstruckOf } from '../support/chaosSeeds.js';
import { meddlingsOfTradestation, type TradestationChaos, tradestationChaos } from '../support/chaosTradestation.js';

const { batches } = chaosSeeds(200);

describe('chaos on TradeStation, over HTTP and over a WebSocket', () => {
  const reports: TradestationChaos[] = [];
  const unhandled = unhandledErrors();
  beforeAll(unhandled.begin);
  afterAll(unhandled.end);

  it.each(batches)(
    'every live book and account is a true one, no fill is lost or doubled, and every loss is mended: %s',
    (_, batch) => {
      expect(failuresOf('spec/chaos/tradestation', batch, tradestationChaos, reports)).toBe('');
    },
  );

  it('left no error unhandled', async () => {
    expect(await unhandled.end()).toEqual([]);
  });

  it('was chaos: books were compared, accounts traded, and every fault of the plans struck', () => {
    if (reports.length < 200) return;
    const struck = new Set(reports.flatMap(({ applied }) => Object.keys(applied)));
    expect([...struck].sort()).toEqual(
      [
        ...['acceptAndClose', 'burst', 'closeCleanly', 'corruptJson', 'crossedBook', 'dualLogon', 'failingSnapshot'],
        ...['goAway', 'halfLine', 'halfOpen', 'missingOrders', 'refuseConnections', 'silentStream', 'slowSnapshot'],
        ...['terminate', 'tooMany', 'wrongTypes'],
      ].sort(),
    );
    expect(reports.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(30 * reports.length);
    expect(reports.reduce((sum, { sampled }) => sum + sampled, 0)).toBeGreaterThan(300 * reports.length);
    expect(unstruckOf(meddlingsOfTradestation, reports)).toEqual([]);
    expect(reports.reduce((sum, { fills }) => sum + fills, 0)).toBeGreaterThan(5 * reports.length);
  });
});
