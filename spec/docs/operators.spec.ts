import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/docs.js';
import { operatorNames } from '../support/operatorNames.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
/** All words that are set as code within a line. */
const named = new Set([...readme.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(/\W+/)));

describe('the operators in the README', () => {
  it('are all that are exported', () => {
    expect(operatorNames).toContain('topOfBook');
    expect(operatorNames.filter((name) => !named.has(name))).toEqual([]);
  });

  it('are exported', () => {
    const listed = [...readme.matchAll(/^\| `(\w+)\([^|]*\)` /gm)].map(([, name]) => name);
    expect(listed).toContain('topOfBook');
    expect(listed.filter((name) => !operatorNames.includes(String(name)))).toEqual([]);
  });
});
