import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArguments } from '../../lib/cli/args/parseArguments.js';
import { cliVenues } from '../../lib/cli/venues/venues.js';
import { pages, root } from '../support/docs.js';

interface Command {
  readonly page: string;
  readonly words: readonly string[];
}

/** Lines of commands, each up to two blanks (where a remark begins), a backtick, `&` or `…`. */
const commands = [...pages(), 'CONTRIBUTING.md'].flatMap((page): readonly Command[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/\b(?:npx millrace|npm (?:start|test|run))\b[^\n`&…]*/g)].map(
    ([text]) => ({ page, words: (text.split(/\s{2,}/)[0] ?? '').trim().split(' ') }),
  ),
);
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: object }).scripts,
);

/** What follows the name of the program, if the command is one of ours. */
const argumentsOf = ({ words }: Command): readonly string[] | undefined => {
  const [first, second, third, ...rest] = words;
  if (first === 'npx') return words.slice(2);
  return second === 'start' && third === '--' ? rest : undefined;
};

describe('a command in the docs', () => {
  const called = commands.filter((command) => (argumentsOf(command)?.length ?? 0) > 0);

  it.each(called.map((command) => [command.page, command.words.join(' '), command] as const))(
    '%s: %s is understood',
    (_, __, command) => {
      const words = (argumentsOf(command) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
      expect(() => parseArguments(words, cliVenues)).not.toThrow();
    },
  );

  it('names a script that exists', () => {
    const named = commands.flatMap(({ words }) =>
      words[0] === 'npm' ? [words[1] === 'run' ? String(words[2]) : String(words[1])] : [],
    );
    expect(named).toContain('test');
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});
