import { heldBack } from '../../lib/node/heldBack.js';

describe('what is done to something that is not there yet', () => {
  it('waits for it, in order', () => {
    const { act, release } = heldBack<string[]>();
    const list: string[] = [];
    act((to) => to.push('a'));
    act((to) => to.push('b'));
    expect(list).toEqual([]);

    release(list);

    expect(list).toEqual(['a', 'b']);
  });

  it('is done at once when it is there, and once', () => {
    const { act, release } = heldBack<string[]>();
    const list: string[] = [];
    act((to) => to.push('a'));
    release(list);

    act((to) => to.push('b'));

    expect(list).toEqual(['a', 'b']);
  });
});
