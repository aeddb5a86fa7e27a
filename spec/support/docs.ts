import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(__dirname, '../..');

/** A fenced block of a page, with the blocks it goes on from in front of it. */
export interface CodeBlock {
  /** `README.md:12`: the page and the line of the fence. */
  readonly name: string;
  readonly text: string;
}

/** README.md and everything below docs/. */
export function pages(): readonly string[] {
  const below = existsSync(join(root, 'docs'))
    ? readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => join('docs', path))
    : [];
  return ['README.md', ...below].filter((path) => path.endsWith('.md') && existsSync(join(root, path)));
}

/**
 * Blocks in a language. One marked `continues` (` ```ts continues`) goes on from the block of that language before it:
 * it sees its imports and names.
 */
export function blocksOf(page: string, language: string, text = readFileSync(join(root, page), 'utf8')): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { readonly line: number; readonly words: readonly string[]; readonly lines: string[] } | undefined;
  text.split('\n').forEach((line, index) => {
    const fence = /^\s*```(.*)$/.exec(line);
    if (open === undefined) {
      if (fence !== null) open = { line: index + 1, words: (fence[1] ?? '').trim().split(/\s+/), lines: [] };
    } else if (fence === null) {
      open.lines.push(line);
    } else {
      if (open.words[0] === language) {
        const before = open.words.includes('continues') ? (blocks.at(-1)?.text ?? '') : '';
        blocks.push({
          name: `${relative('.', page)}:${String(open.line)}`,
          text: before + open.lines.join('\n') + '\n',
        });
      }
      open = undefined;
    }
  });
  return blocks;
}
