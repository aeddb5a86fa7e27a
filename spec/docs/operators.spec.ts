import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/docs.js';

/** What `millrace` exports of its operators, types left out. */
const exported = [
  ...readFileSync(join(root, 'lib/index.ts'), 'utf8').matchAll(
    /^export \{([^}]*)\} from '\.\/(?:operators\/|feed\/foldBook)/gm,
  ),
].flatMap(([, names = '']) => names.split(',').flatMap((name) => /^\s*(\w+)\s*$/.exec(name)?.[1] ?? []));

const readme = readFileSync(join(root, 'README.md'), 'utf8');
/** All words that are set as code within a line. */
const named = new Set([...readme.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(/\W+/)));

describe('the operators in the README', () => {
  it('are all that are exported', () => {
    expect(exported).toContain('topOfBook');
    expect(exported.filter((name) => !named.has(name))).toEqual([]);
  });

  it('are exported', () => {
    const listed = [...readme.matchAll(/^\| `(\w+)\([^|]*\)` /gm)].map(([, name]) => name);
    expect(listed).toContain('topOfBook');
    expect(listed.filter((name) => !exported.includes(String(name)))).toEqual([]);
  });
});
