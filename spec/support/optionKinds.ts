import { join } from 'node:path';
import ts from 'typescript';
import { manifest, root } from './installedPackage.js';

/** One option of a function that users call, and of which kinds it may be: `number`, `function`, `one of: a`, … */
export interface OptionKinds {
  readonly name: string;
  readonly kinds: readonly string[];
}

/** A function of an entry point that takes `options` or a `config`, as its type tells it. */
export interface Configured {
  /** The file of the entry point. */
  readonly file: string;
  /** `millrace/node recorder`. */
  readonly title: string;
  readonly name: string;
  readonly options: readonly OptionKinds[];
}

const { Undefined, StringLiteral, NumberLiteral, BooleanLike, StringLike, NumberLike } = ts.TypeFlags;

/** All functions of the package that take options, so that none is forgotten. Venue authors' kit aside. */
export function configuredFunctions(): readonly Configured[] {
  const entries = Object.entries(manifest.exports).flatMap(([path, targets]) => {
    const source = /"\.\/dist\/esm\/(.*?)\.d\.ts"/.exec(JSON.stringify(targets))?.[1];
    const isForUsers = path !== './venue';
    return source === undefined || !isForUsers
      ? []
      : [[join('millrace', path), join(root, 'lib', `${source}.ts`)] as const];
  });
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(
    entries.map(([, file]) => file),
    { ...options, noEmit: true },
  );
  const checker = program.getTypeChecker();
  return entries.flatMap(([entry, file]) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} exports nothing`);
    return checker.getExportsOfModule(module).flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const signatures = symbol.flags & ts.SymbolFlags.Value ? checker.getTypeOfSymbol(symbol).getCallSignatures() : [];
      // Of overloads the last takes what all take.
      const options = signatures.map((one) => optionsOf(one, checker)).filter((one) => one.length > 0);
      const { name } = exported;
      return options.length === 0 ? [] : [{ file, title: `${entry} ${name}`, name, options: merged(options) }];
    });
  });
}

/** What any of several overloads takes. */
function merged(overloads: readonly (readonly OptionKinds[])[]): readonly OptionKinds[] {
  const kinds = new Map<string, readonly string[]>();
  for (const { name, kinds: more } of overloads.flat()) {
    kinds.set(name, [...new Set([...(kinds.get(name) ?? []), ...more])]);
  }
  return [...kinds].map(([name, some]) => ({ name, kinds: some }));
}

function optionsOf(signature: ts.Signature, checker: ts.TypeChecker): readonly OptionKinds[] {
  const last = signature.getParameters().at(-1);
  if (last === undefined || !/^(options|config)$/.test(last.name)) return [];
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(last));
  return (type.isUnion() ? type.types : [type]).flatMap((one) =>
    one
      .getProperties()
      .map((property) => ({ name: property.name, kinds: kindsOf(checker.getTypeOfSymbol(property), checker) })),
  );
}

function kindsOf(type: ts.Type, checker: ts.TypeChecker): readonly string[] {
  if (type.isUnion()) return [...new Set(type.types.flatMap((one) => kindsOf(one, checker)))];
  if (type.flags & Undefined) return [];
  if (type.flags & StringLiteral) return ['word'];
  if (type.flags & NumberLiteral) return ['number'];
  if (type.flags & BooleanLike) return ['boolean'];
  if (type.flags & StringLike) return ['string'];
  if (type.flags & NumberLike) return ['number'];
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return ['function'];
  if (checker.isArrayType(type) || checker.isTupleType(type)) return ['list'];
  // What a caller chooses the type of may be anything.
  return type.flags & ts.TypeFlags.Object || type.isIntersection() ? ['object'] : ['any'];
}
