import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, pages, root } from '../support/docs.js';
import { runBlock } from '../support/runBlock.js';
import { typecheckBlocks } from '../support/typecheckBlocks.js';

// A block that names no network runs on simulated venues instead of the world.
const simulated = (): unknown =>
  jest.requireActual<{ docsNetwork: () => unknown }>('../support/docsNetwork.js').docsNetwork();
jest.mock('../../lib/network/live/liveNetwork.js', () => ({
  ...jest.requireActual<object>('../../lib/network/live/liveNetwork.js'),
  liveNetwork: () => simulated(),
}));
jest.mock('../../lib/node/wsNetwork.js', () => ({
  ...jest.requireActual<object>('../../lib/node/wsNetwork.js'),
  wsNetwork: () => simulated(),
}));

const load = (name: string): unknown => jest.requireActual<object>(name);
const blocks = pages().flatMap((page) => blocksOf(page, 'ts'));

describe('a code block of the docs', () => {
  let complaints: ReturnType<typeof typecheckBlocks>;
  beforeAll(() => {
    complaints = typecheckBlocks(blocks);
  });

  it('is found in the README', () => {
    expect(blocks.some(({ name }) => name.startsWith('README.md'))).toBe(existsSync(join(root, 'README.md')));
  });

  for (const block of blocks) {
    it(`${block.name} compiles`, () => {
      expect(complaints.get(block.name)).toEqual([]);
    });

    it(`${block.name} runs, and prints if it says so`, async () => {
      const printed = await runBlock(block, load);
      expect(printed.length > 0 || !block.text.includes('console.')).toBe(true);
    });
  }
});
