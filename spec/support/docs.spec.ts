import { blocksOf, type CodeBlock } from './docs.js';
import { runBlock } from './runBlock.js';
import { typecheckBlocks } from './typecheckBlocks.js';

const PAGE = `
Some words.

\`\`\`ts
import { interval } from 'rxjs';
const seconds$ = interval(1_000);
\`\`\`

\`\`\`sh
npm start
\`\`\`

\`\`\`ts continues
seconds$.subscribe((n) => console.log(n));
\`\`\`
`;

const block = (text: string): CodeBlock => ({ name: 'page.md:1', text });
const load = (name: string): unknown => jest.requireActual<object>(name);

describe('blocks of a page', () => {
  it('are found by language, and go on from another when they say so', () => {
    expect(blocksOf('page.md', 'sh', PAGE)).toEqual([{ name: 'page.md:9', text: 'npm start\n' }]);
    const [first, second] = blocksOf('page.md', 'ts', PAGE);
    expect(second).toEqual({
      name: 'page.md:13',
      text: `${first?.text ?? ''}seconds$.subscribe((n) => console.log(n));\n`,
    });
  });

  it('are run for a quarter of a minute of virtual time', async () => {
    const printed = await runBlock(block(blocksOf('page.md', 'ts', PAGE)[1]?.text ?? ''), load);
    expect(printed).toHaveLength(15);
  });

  it.each([
    [
      'what is printed late',
      "import { timer } from 'rxjs'; timer(50_000).subscribe(() => console.log('late'));",
      ['late'],
    ],
    ['what waits', "await new Promise((resolve) => setTimeout(resolve, 50_000)); console.log('late');", ['late']],
  ])('are run for up to a minute for %s', async (_, text, printed) => {
    await expect(runBlock(block(text), load)).resolves.toEqual(printed);
  });

  it('may use names that examples of tests would use', async () => {
    await expect(runBlock(block('const describe = (): number => 1;\nconsole.log(describe());'), load)).resolves.toEqual(
      ['1'],
    );
  });

  it.each([
    ['at once', "throw new Error('wrong');"],
    ['later', "await Promise.resolve(); throw new Error('wrong');"],
    ['in a subscription', "import { timer } from 'rxjs'; timer(9).subscribe(() => { throw new Error('wrong'); });"],
    ['as an error nobody met', "import { throwError } from 'rxjs'; throwError(() => new Error('wrong')).subscribe();"],
    ['in a test of its own', "it('is run', () => { throw new Error('wrong'); });"],
  ])('fail when they throw %s', async (_, text) => {
    await expect(runBlock(block(text), load)).rejects.toThrow('wrong');
  });

  it('fail when they never end', async () => {
    await expect(runBlock(block('await new Promise(() => undefined);'), load)).rejects.toThrow('still waits');
  });

  it('are type-checked as modules of their own', () => {
    const wrong = { name: 'wrong', text: "import { of } from 'rxjs';\nof(1).subscribe((n) => n.length);\n" };
    const right = { name: 'right', text: "import { of } from 'rxjs';\nawait Promise.resolve(of(1));\n" };
    const found = typecheckBlocks([wrong, right]);
    expect(found.get('wrong')).toEqual(["Property 'length' does not exist on type 'number'."]);
    expect(found.get('right')).toEqual([]);
  });
});
