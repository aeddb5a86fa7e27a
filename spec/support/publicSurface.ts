import { join, relative } from 'node:path';
import ts from 'typescript';
import { manifest, root } from './installedPackage.js';

/** What the entry points of the package show, as their declarations tell it. */
export interface PublicSurface {
  /** `millrace`, `millrace/node`, … */
  readonly entries: readonly string[];
  /** Types of ours that the declarations of an entry name, and that whoever imports it can't: `where: type`. */
  readonly hiddenTypes: (entry: string) => readonly string[];
  /** Names without a doc comment. */
  readonly undocumented: (entry: string) => readonly string[];
  /**
   * Members without one, `Type.member`: whatever can be called, and in the model each property but the word that tells one shape
   * from another (`type: 'diff'`).
   */
  readonly undocumentedMembers: (entry: string) => readonly string[];
  /** What the venues of this library import from the layers below, and one of somebody else's could not. */
  readonly missingInKit: () => readonly string[];
}

const CORE = 'millrace';
const KIT = 'millrace/venue';
/** Entries whose users have another one at hand beside `millrace`. */
const LEANS: Readonly<Record<string, readonly string[]>> = {
  // It hands over what dxLink streams.
  'millrace/venues/tastytrade': ['millrace/venues/dxlink'],
  // It serves a simulated venue.
  'millrace/node': ['millrace/simulation', 'millrace/relay'],
  // Books are built as in all tests, for tokens that the application has.
  'millrace/angular/testing': ['millrace/angular', 'millrace/testing'],
};

/** What only computes a type of another one, and says nothing by its own name. */
const COMPUTES: readonly string[] = ['ValueOf'];

const lib = join(root, 'lib');

export function publicSurface(): PublicSurface {
  const entries = new Map(
    Object.entries(manifest.exports).flatMap(([path, targets]) => {
      const source = /"\.\/dist\/esm\/(.*?)\.d\.ts"/.exec(JSON.stringify(targets))?.[1];
      return source === undefined ? [] : [[join(CORE, path), join(lib, source)] as const];
    }),
  );
  const { sources, declarations } = compiled([...entries.values()]);

  const exportsOf = (program: ts.Program, path: string): ReadonlyMap<string, ts.Symbol> => {
    const checker = program.getTypeChecker();
    const file = program.getSourceFile(path);
    const symbol = file && checker.getSymbolAtLocation(file);
    if (symbol === undefined) throw new Error(`${path} exports nothing`);
    return new Map(checker.getExportsOfModule(symbol).map((one) => [one.name, meant(one, checker)]));
  };
  const offeredBy = (entry: string): ReadonlyMap<string, ts.Symbol> =>
    exportsOf(declarations, `${String(entries.get(entry))}.d.ts`);
  const checker = declarations.getTypeChecker();

  return {
    entries: [...entries.keys()],
    hiddenTypes: (entry) => {
      const own = offeredBy(entry);
      const offered = new Set([CORE, ...(LEANS[entry] ?? [])].flatMap((other) => [...offeredBy(other).values()]));
      for (const symbol of own.values()) offered.add(symbol);
      const hidden = new Set<string>();
      for (const [name, { declarations: parts = [] }] of own) {
        for (const node of parts.flatMap((part) => [...typesIn(part)])) {
          const symbol = checker.getSymbolAtLocation(node);
          const type = symbol && meant(symbol, checker);
          if (type !== undefined && !offered.has(type) && isNamed(type)) hidden.add(`${name}: ${type.name}`);
        }
      }
      return [...hidden].sort();
    },
    undocumented: (entry) =>
      [...offeredBy(entry)]
        .filter(([, symbol]) => symbol.getDocumentationComment(checker).length === 0)
        .map(([name]) => name)
        .sort(),
    undocumentedMembers: (entry) => {
      const bare = new Set<string>();
      for (const [name, { declarations: parts = [] }] of offeredBy(entry)) {
        for (const member of parts.flatMap(membersOf)) {
          const symbol = checker.getSymbolAtLocation(member.name);
          if (symbol?.getDocumentationComment(checker).length === 0) bare.add(`${name}.${symbol.name}`);
        }
      }
      return [...bare].sort();
    },
    missingInKit: () => {
      const inSources = (entry: string): readonly ts.Symbol[] => [
        ...exportsOf(sources, `${String(entries.get(entry))}.ts`).values(),
      ];
      const offered = new Set([...inSources(CORE), ...inSources(KIT)]);
      const missing = new Set<string>();
      for (const file of sources.getSourceFiles()) {
        if (!file.fileName.startsWith(join(lib, 'venues/'))) continue;
        for (const { name } of file.statements.flatMap(namesImportedFromBelow)) {
          const symbol = sources.getTypeChecker().getSymbolAtLocation(name);
          const imported = symbol && meant(symbol, sources.getTypeChecker());
          if (imported !== undefined && !offered.has(imported)) missing.add(imported.name);
        }
      }
      return [...missing].sort();
    },
  };
}

/** What a name stands for. */
const meant = (symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol =>
  (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);

/** Whether it is a type of ours that other files know: one that its file keeps to itself is an abbreviation. */
const isNamed = ({ name, declarations = [] }: ts.Symbol): boolean =>
  !COMPUTES.includes(name) &&
  declarations.some(
    (declaration) =>
      !relative(lib, declaration.getSourceFile().fileName).startsWith('..') &&
      ts.isDeclarationStatement(declaration) &&
      (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0,
  );

/** The members of a type of ours that a reader of its name has to be told about. */
function membersOf(part: ts.Declaration): readonly (ts.NamedDeclaration & { readonly name: ts.Node })[] {
  if (!ts.isInterfaceDeclaration(part) && !ts.isClassDeclaration(part)) return [];
  const path = relative(lib, part.getSourceFile().fileName);
  if (path.startsWith('..')) return [];
  const isModel = path.startsWith('model/');
  const members: readonly ts.NamedDeclaration[] = [...part.members];
  return members.flatMap((member) => {
    const { name } = member;
    if (name === undefined || ts.isPrivateIdentifier(name)) return [];
    const isHidden = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private;
    const isFunction =
      ts.isPropertySignature(member) && member.type !== undefined && ts.isFunctionTypeNode(member.type);
    const isCalled =
      isFunction || ts.isMethodSignature(member) || ts.isMethodDeclaration(member) || ts.isAccessor(member);
    const isTold = isModel && ts.isPropertySignature(member) && !isWord(member.type);
    return isHidden === 0 && (isCalled || isTold) ? [Object.assign(member, { name })] : [];
  });
}

/** Whether a type is one word. */
const isWord = (type: ts.TypeNode | undefined): boolean =>
  type !== undefined && ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal);

/** The names of types that a declaration is made of; but for constructors, since most classes are exported as types. */
function* typesIn(node: ts.Node): Generator<ts.Node> {
  if (ts.isConstructorDeclaration(node)) return;
  if (ts.isTypeReferenceNode(node)) yield node.typeName;
  else if (ts.isExpressionWithTypeArguments(node)) yield node.expression;
  else if (ts.isImportTypeNode(node) && node.qualifier !== undefined) yield node.qualifier;
  for (const child of node.getChildren()) yield* typesIn(child);
}

/** Venues are two folders deep, so what is not theirs is two folders up. */
const namesImportedFromBelow = (statement: ts.Statement): readonly ts.ImportSpecifier[] => {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const names = statement.importClause?.namedBindings;
  if (!statement.moduleSpecifier.text.startsWith('../../') || names === undefined) return [];
  return ts.isNamedImports(names) ? [...names.elements] : [];
};

interface Compiled {
  readonly sources: ts.Program;
  readonly declarations: ts.Program;
}

/** The sources of some files, and the declarations that a build would write for them, of which nothing is written. */
function compiled(paths: readonly string[]): Compiled {
  const config = ts.readConfigFile(join(root, 'tsconfig.esm.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, { ...ts.sys, readDirectory: () => [] }, root);
  const settings: ts.CompilerOptions = { ...options, outDir: lib, emitDeclarationOnly: true };
  const texts = new Map<string, string>();
  const sources = ts.createProgram(
    paths.map((path) => `${path}.ts`),
    settings,
  );
  sources.emit(undefined, (path, text) => texts.set(path, text), undefined, true);

  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile, getSourceFile } = host;
  const isOurs = (path: string): boolean => path.startsWith(join(lib, '/'));
  host.fileExists = (path) => (isOurs(path) ? texts.has(path) : fileExists(path));
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version, true);
    return sources.getSourceFile(path) ?? getSourceFile(path, version, ...rest);
  };
  const declarations = ts.createProgram(
    paths.map((path) => `${path}.d.ts`),
    settings,
    host,
  );
  return { sources, declarations };
}
