import { leftOutOf } from '../../lib/feed/leftOut.js';

describe('leftOutOf', () => {
  it('tells one fault a frame: the first thing, and how many more', () => {
    const report = jest.fn();
    leftOutOf('trades', report)(['acme.Trade/fee: Text'], { fee: 1 });
    leftOutOf('trades', report)(['acme.Trade/fee: Text', 'acme.Trade/at: Millis', 'acme.Trade/by: Text'], {});
    const [path, told] = ['acme.Trade/fee: Text', 'trades: unreadable, left out: acme.Trade/fee: Text'];
    expect(report.mock.calls).toEqual([
      [{ type: 'decode', channel: 'trades', path, raw: '{"fee":1}', message: told }],
      [{ type: 'decode', channel: 'trades', path, raw: '{}', message: `${told} and 2 more` }],
    ]);
  });

  it('shows the beginning of lists within one another, however deep', () => {
    const report = jest.fn();
    let deep: unknown = [];
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    leftOutOf('trades', report)(['acme.Trade/fee: Text'], { fee: deep });
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ raw: `{"fee":${'['.repeat(193)}` }));
  });
});
