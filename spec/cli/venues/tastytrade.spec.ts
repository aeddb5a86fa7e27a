import { tastytradeTable } from '../../../lib/cli/venues/tastytradeTable.js';
import { tastytradeVenue } from '../../../lib/cli/venues/tastytrade.js';
import { paintFor } from '../../../lib/cli/render/paint.js';
import { screen } from '../../../lib/cli/render/screen.js';
import { jsonLine } from '../../../lib/cli/report/jsonLine.js';
import { NO_MEMO, plainLines } from '../../../lib/cli/report/plainLines.js';
import { advance, begin, type WatchInput } from '../../../lib/cli/view/advance.js';
import { watchOf } from '../../../lib/cli/view/watch.js';
import type { AccountState } from '../../../lib/model/accountEvent.js';
import { emptyAccount, foldNotice, type TastytradeAccount } from '../../../lib/venues/tastytrade/accountState.js';
import { readNotice } from '../../../lib/venues/tastytrade/notices.js';
import { examples } from '../../venues/tastytrade/examples.js';
import { AT, subject } from '../support/books.js';

/** All example notifications of the page, folded. */
function example(): TastytradeAccount {
  return examples.reduce((account, { text }) => {
    const result = readNotice(JSON.parse(text), AT);
    return result._tag === 'Right' ? foldNotice(account, result.right) : account;
  }, emptyAccount('5WT00000'));
}
const tableOf = (state: AccountState<TastytradeAccount>): WatchInput => ({
  type: 'table',
  at: AT,
  table: tastytradeTable(state),
});

describe('the account of tastytrade on the command line', () => {
  const before = begin({ ...subject, venue: 'tastytrade', channel: 'account' }, AT);
  const live = tableOf({ status: 'live', value: example() });

  it('shows money, positions, open orders and the last that ended', () => {
    const lines = screen(watchOf(advance(before, live)), { columns: 90, rows: 30 }, undefined, paintFor(false));

    expect(lines.every((line) => line.length === 90)).toBe(true);
    const text = lines.map((line) => line.trimEnd()).join('\n');
    expect(text).toContain(' live\n');
    expect(text).toMatch(/ cash +USD +1489\.5\n/);
    expect(text).toMatch(/ position +AAPL +Long +100 +99\.5 +–\n/);
    expect(text).toMatch(/ order 507358867 +NOK +Buy to Open +0\/1 +-10\.25 +Live\n/);
    expect(text).toMatch(/ order 507349840 +NOK +Buy to Open +1\/1 +-10\.51 +Filled\n/);
  });

  it('says in a line when its status changes, and in JSON what it holds', () => {
    const stale = tableOf({ status: 'stale', value: example(), reason: 'closed', since: AT });
    const [lines] = plainLines(before, advance(before, stale), stale, NO_MEMO);

    expect(lines).toEqual(['09:31:04.120 account stale: closed: cash 1489.5 USD, 1489.5; 1 positions; 3 open orders']);
    expect(JSON.parse(jsonLine(advance(before, live), live, 10) ?? '')).toMatchObject({
      type: 'table',
      status: 'live',
      cash: { USD: '1489.5' },
      positions: { AAPL: '100' },
    });
    expect(tastytradeTable({ status: 'syncing' })).toMatchObject({ rows: [], summary: 'account syncing' });
  });

  it('reckons by the mark of the venue what a position has come to', () => {
    const account = example();
    const [[key, position] = []] = account.positions;
    if (key === undefined || position === undefined) throw new Error('no position');
    const exact = { ...position.exact, size: '-3', averageOpenPrice: '0.1', markPrice: '0.3', multiplier: '100' };
    const value = { ...account, positions: new Map([[key, { ...position, size: -3, exact }]]) };

    expect(tastytradeTable({ status: 'live', value }).json).toMatchObject({ profits: { AAPL: '-60' } });
  });

  it('wants a login for the live venue, and names where it is taken from', () => {
    expect(() => tastytradeVenue.open({ market: 'account' })).toThrow(
      'tastytrade wants a login: set TASTYTRADE_CLIENT_SECRET and TASTYTRADE_REFRESH_TOKEN, or watch it --simulated',
    );
  });
});
