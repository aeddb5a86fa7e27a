import { askedOn } from '../../lib/recording/asked.js';
import { recipients } from '../../lib/recording/recipients.js';

const at = (...urls: readonly string[]): readonly { readonly url: string }[] => urls.map((url) => ({ url }));
const shared = (sockets: readonly string[], wires: readonly string[]): readonly (readonly number[])[] => {
  const open = at(...wires);
  return recipients(at(...sockets), open).map((found) => found.map((wire) => open.indexOf(wire)));
};

describe('recipients', () => {
  it.each<readonly [string, readonly string[], readonly string[], readonly (readonly number[])[]]>([
    ['one socket, one wire', ['wss://a/ws'], ['wss://a/ws'], [[0]]],
    ['one socket, no wire', ['wss://a/ws'], [], [[]]],
    ['another query', ['wss://a/ws?streams=x'], ['wss://A/ws/?streams=y'], [[0]]],
    ['another host', ['wss://old:9443/stream?streams=x'], ['wss://new/ws'], [[0]]],
    ['one socket, split in two', ['wss://f/stream'], ['wss://f/public/ws', 'wss://f/market/ws'], [[0, 1]]],
    ['a path for each channel', ['wss://a/x', 'wss://a/y'], ['wss://a/y', 'wss://a/x'], [[1], [0]]],
    ['a path nobody opened', ['wss://a/x', 'wss://a/y'], ['wss://a/y'], [[], [0]]],
    [
      'the same address, as many wires',
      ['wss://a', 'wss://a', 'wss://a'],
      ['wss://a', 'wss://a', 'wss://a'],
      [[0], [1], [2]],
    ],
    ['the same address, fewer wires', ['wss://a', 'wss://a', 'wss://a'], ['wss://a'], [[0], [0], [0]]],
    [
      'the same address, more wires',
      ['wss://a', 'wss://a'],
      ['wss://a', 'wss://a', 'wss://a'],
      [
        [0, 1, 2],
        [0, 1, 2],
      ],
    ],
    ['the paths of another host', ['wss://a/x', 'wss://a/y'], ['wss://b/y', 'wss://b/x', 'wss://b/z'], [[1], [0]]],
    ['as many strangers', ['wss://a/x', 'wss://a/y'], ['wss://b', 'wss://c'], [[0], [1]]],
    [
      'strangers of which two are alike, in the order of opening',
      ['wss://a/x', 'wss://a/y', 'wss://a/x'],
      ['wss://b', 'wss://c', 'wss://b'],
      [[0], [1], [2]],
    ],
    ['one known, one strange', ['wss://a/x', 'wss://a/y'], ['wss://b', 'wss://a/y'], [[0], [1]]],
  ])('%s', (_name, sockets, wires, expected) => {
    expect(shared(sockets, wires)).toEqual(expected);
  });

  const [book, deep, trades] = [
    ['book', 10],
    ['book', 25],
    ['trade', 10],
  ].map(([channel, of], i) =>
    JSON.stringify({ method: 'subscribe', params: { channel, symbol: ['A/B'], of }, req_id: i }),
  );
  it.each([
    ['in another order', [book, deep, trades], [trades, book, deep], [1, 2, 0]],
    ['one of them nothing yet', [book, deep, trades], [trades, '', book], [2, 1, 0]],
    ['all of them nothing yet', [book, deep, trades], ['', '', ''], [0, 1, 2]],
    ['all of them the same', [book, book, book], [book, book, book], [0, 1, 2]],
    ['what another asks for, too', [book, `${book}${deep}`, trades], [`${book}${deep}`, trades, book], [2, 0, 1]],
  ])('of one address, which ask for %s', (_, sockets, wires, expected) => {
    const asking = (texts: readonly (string | undefined)[]) =>
      texts.map((text = '') => ({ url: 'wss://a', asked: askedOn('wss://a', [text]) }));
    const open = asking(wires);
    expect(recipients(asking(sockets), open).map(([wire, ...more]) => [wire && open.indexOf(wire), ...more])).toEqual(
      expected.map((i) => [i]),
    );
  });

  it('of a thousand addresses, each looked at once', () => {
    let looks = 0;
    const many = Array.from({ length: 1_000 }, (_, i) => ({
      get url() {
        looks += 1;
        return `wss://a/${i}`;
      },
    }));
    const found = recipients(many, [...many].reverse());
    expect(found).toEqual(many.map((one) => [one]));
    expect(looks).toBeLessThan(10_000);
  });

  it('of one address, which ask by the query', () => {
    const asking = (...names: readonly string[]) =>
      names.map((name) => ({ url: 'wss://a', asked: askedOn(`wss://a?streams=${name}`, []) }));
    const open = asking('y', 'x');
    expect(recipients(asking('x', 'y'), open)).toEqual([[open[1]], [open[0]]]);
  });
});
