import * as t from 'io-ts';
import { FrameType } from './frame.js';

const TOO_LONG = /^(.{99}).{3,}(.{99})$/s;

/**
 * Where a frame was refused first, as names of codecs and keys: `acme.DepthUpdate/b: Levels/0/0: DecimalText`. Where it
 * could have been one of several kinds, the one it was meant to be speaks ({@link meantOf}). Says nothing of the value. At
 * most 200 characters; the middle gives way, since the ends tell what and where.
 */
export function pathOf(errors: t.Errors): string {
  const steps = (meantOf(errors, 0)?.context ?? []).map(({ key, type }) => [key, type.name].filter(Boolean).join(': '));
  return steps.join('/').replace(TOO_LONG, '$1…$2');
}

/**
 * A union refuses by the errors of all its branches. The branch that was meant is the one that names most of the keys
 * that are there, then the one that was read furthest, then one that refused a value rather than missed one.
 */
function meantOf(errors: t.Errors, from: number): t.ValidationError | undefined {
  const [first] = errors;
  const at = first?.context.findIndex(({ type }, depth) => depth >= from && type instanceof t.UnionType) ?? -1;
  const branchesAt = at + 1;
  if (at < 0 || first?.context[branchesAt] === undefined) return first;
  const branches = new Map<string | undefined, t.ValidationError[]>();
  for (const error of errors) {
    const branch = error.context[branchesAt]?.key;
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const meant = [...branches.values()].map((own) => meantOf(own, branchesAt)).filter((error) => error !== undefined);
  return meant.reduce((best, error) => (closeness(error, best, branchesAt) > 0 ? error : best));
}

/** Above 0 where `one` is more likely to have been meant. */
const closeness = (one: t.ValidationError, other: t.ValidationError, branchAt: number): number =>
  keysMet(one.context[branchAt]) - keysMet(other.context[branchAt]) ||
  one.context.length - other.context.length ||
  Number(one.value !== undefined) - Number(other.value !== undefined);

/** How many of the keys that a branch names are there. */
function keysMet(branch: t.ContextEntry | undefined): number {
  const { actual } = branch ?? {};
  return t.UnknownRecord.is(actual) ? keysOf(branch?.type).filter((key) => key in actual).length : 0;
}

function keysOf(codec: unknown): readonly string[] {
  if (codec instanceof t.InterfaceType || codec instanceof t.PartialType) return Object.keys(codec.props as object);
  if (codec instanceof t.ExactType || codec instanceof t.RefinementType) return keysOf(codec.type);
  if (codec instanceof t.IntersectionType) return (codec.types as readonly unknown[]).flatMap(keysOf);
  return codec instanceof FrameType ? codec.fields.map(({ key }) => key) : [];
}
