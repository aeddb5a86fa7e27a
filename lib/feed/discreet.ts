import type { Fault } from '../model/fault.js';
import type { KnownSecrets } from '../network/knownSecrets.js';
import type { VenuePlan, WirePlan } from '../socket/plan.js';

/** The same plan; what its dialects tell in the venue's words is told without secrets. */
export function discreetPlan({ wires, wireOf, ...plan }: VenuePlan, known: KnownSecrets): VenuePlan {
  const discreet = (wire: WirePlan): WirePlan => ({
    ...wire,
    dialect: (link) =>
      wire.dialect({
        ...link,
        complain: (text) => {
          link.complain(known.scrub(text));
        },
        refused: (id, text) => {
          link.refused(id, known.scrub(text));
        },
        rejected: (key, text) => {
          link.rejected(key, known.scrub(text));
        },
        lose: (reason, text) => {
          link.lose(reason, known.scrub(text));
        },
      }),
  });
  return {
    ...plan,
    wires: Object.fromEntries(Object.entries(wires).map(([group, wire]) => [group, discreet(wire)])),
    wireOf: (group) => {
      const wire = wireOf?.(group);
      return wire && discreet(wire);
    },
  };
}

/** The same fault, with nothing secret in what it quotes. */
export function discreetFault(fault: Fault, known: KnownSecrets): Fault {
  const message = known.scrub(fault.message);
  return fault.type === 'decode' ? { ...fault, message, raw: known.scrub(fault.raw) } : { ...fault, message };
}
