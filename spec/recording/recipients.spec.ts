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
    ['one known, one strange', ['wss://a/x', 'wss://a/y'], ['wss://b', 'wss://a/y'], [[0], [1]]],
  ])('%s', (_name, sockets, wires, expected) => {
    expect(shared(sockets, wires)).toEqual(expected);
  });
});
