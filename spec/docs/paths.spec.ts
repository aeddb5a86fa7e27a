import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pages, root } from '../support/docs.js';

const files = new Set(
  ['lib', 'spec'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => basename(path)),
  ),
);

/** A path from the root on, or a file by its name alone; in both a `<placeholder>` stands for anything. */
const isThere = (path: string): boolean => {
  if (path.includes('<')) return existsSync(join(root, path.slice(0, path.indexOf('<'))));
  return path.includes('/') ? existsSync(join(root, path)) : files.has(path);
};

describe('a path in the docs', () => {
  it.each([...pages(), 'CONTRIBUTING.md'])('%s names files and folders that exist', (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const paths = [...text.matchAll(/`((?:lib|spec|scripts|bench|marbles|docs)\/[\w./<>-]*|\w+\.ts)`/g)].map(
      ([, path = '']) => path,
    );
    if (page === 'docs/architecture.md') expect(paths.length).toBeGreaterThan(30);

    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });
});
