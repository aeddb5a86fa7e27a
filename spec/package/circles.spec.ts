import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '../../lib');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** What each file of lib/ takes of others, types included. */
const imports = new Map(
  files.map((name) => {
    const path = join(root, name);
    const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'));
    const own = importedFiles.map(({ fileName }) => fileName).filter((source) => source.startsWith('.'));
    return [path, own.map((source) => join(dirname(path), source.replace(/\.js$/, '.ts')))];
  }),
);

/** The files that lead back to `start`, one after the other; empty where none do. */
function wayBackTo(start: string): readonly string[] {
  const seen = new Set<string>();
  const follow = (path: string): readonly string[] | undefined => {
    for (const next of imports.get(path) ?? []) {
      if (next === start) return [path];
      if (seen.has(next)) continue;
      seen.add(next);
      const rest = follow(next);
      if (rest !== undefined) return [path, ...rest];
    }
    return undefined;
  };
  return follow(start) ?? [];
}

it('reads what the files import', () => {
  expect(imports.size).toBeGreaterThan(1_000);
  expect(imports.get(join(root, 'index.ts'))).toContain(join(root, 'operators/live.ts'));
  expect([...imports.values()].flat().filter((path) => !imports.has(path))).toEqual([]);
});

it('has no files that import each other in a circle, by types neither', () => {
  const circles = [...imports.keys()].map(wayBackTo).filter((way) => way.length > 0);
  expect(circles.map((way) => way.map((path) => path.slice(root.length + 1)))).toEqual([]);
});
