import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIAGRAMS, parseDiagram } from '../support/readDiagram.js';

const root = join(__dirname, '../..');
const files = (folder: string, ending: string): readonly string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending))
    : [];

const diagrams = files('marbles', '.txt');
const specs = files('spec', '.spec.ts').map((name) => readFileSync(join(root, 'spec', name), 'utf8'));
const operators = files('lib/operators', '.ts').map((name) => name.replace(/\.ts$/, ''));

describe('marbles/', () => {
  it('holds diagrams that all can be read', () => {
    for (const file of diagrams) {
      expect({ file, streams: parseDiagram(readFileSync(join(DIAGRAMS, file), 'utf8')).streams.size }).not.toEqual({
        file,
        streams: 0,
      });
    }
  });

  it('holds no diagram that no spec runs', () => {
    expect(diagrams.filter((file) => !specs.some((text) => text.includes(`runDiagram('${file}'`)))).toEqual([]);
  });

  it('holds a diagram of every operator', () => {
    // What the operators share among themselves is no operator.
    const isOperator = (name: string): boolean =>
      new RegExp(`export (function|const) ${name}\\b[^]*OperatorFunction<`).test(
        readFileSync(join(root, 'lib/operators', `${name}.ts`), 'utf8'),
      );
    const drawable = operators.filter(isOperator);
    expect(drawable.filter((name) => !diagrams.includes(`${name}.txt`))).toEqual([]);
  });
});
