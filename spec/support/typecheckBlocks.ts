import { join } from 'node:path';
import ts from 'typescript';
import { root, type CodeBlock } from './docs.js';

/** What the compiler says of each block, as if it were a file of a project that has installed the package. */
export function typecheckBlocks(blocks: readonly CodeBlock[]): ReadonlyMap<string, readonly string[]> {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, { ...ts.sys, readDirectory: () => [] }, root);
  const files = new Map(blocks.map((block, index) => [join(root, `.block-${String(index)}.ts`), block]));
  const settings: ts.CompilerOptions = {
    ...options,
    noEmit: true,
    // What a block declares is for the reader.
    noUnusedLocals: false,
    paths: {
      ...options.paths,
      millrace: [join(root, 'lib/index.ts')],
      'millrace/venues/*': [join(root, 'lib/venues/*/index.ts')],
      'millrace/*': [join(root, 'lib/*/index.ts')],
    },
  };
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile, getSourceFile } = host;
  const textOf = (path: string): string | undefined => {
    const block = files.get(path);
    return block && `${block.text}\nexport {};\n`;
  };
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => textOf(path) ?? readFile(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = textOf(path);
    return text === undefined
      ? getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, text, languageVersion, true);
  };
  const program = ts.createProgram([...files.keys()], settings, host);
  return new Map(
    [...files].map(([path, { name }]) => {
      const source = program.getSourceFile(path);
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [name, found.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))];
    }),
  );
}
