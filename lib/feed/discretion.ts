import { catchError, defer, throwError } from 'rxjs';
import type { Fault } from '../model/fault.js';
import { keepSecrets } from '../network/keepSecrets.js';
import { KnownSecrets } from '../network/knownSecrets.js';
import type { Network } from '../network/network.js';
import { withoutNamed } from '../network/withoutNamed.js';
import { withoutSecrets } from '../network/withoutSecrets.js';
import type { Dialect, Link, VenuePlan, WirePlan } from '../socket/plan.js';

/** What a fault quotes may have been cut off early in a secret. */
const NAMED = { shortest: 6 };

/**
 * Keeps secrets out of all that a venue tells. Learns what goes out under the name of a secret, and takes it out of the
 * venue's words before they become faults, losses and errors. For venues with credentials: the others have none to keep,
 * and none of this in their bundles.
 */
export class Discretion {
  readonly #known = new KnownSecrets();

  /** Has a value blotted out wherever a text of the venue is told. What goes out under the name of a secret is by itself. */
  hide(secret: string): void {
    this.#known.add(secret);
  }

  /** The same network; learns the secrets that go out on it. */
  network(network: Network): Network {
    return keepSecrets(network, this.#known);
  }

  /** The same plan; what its dialects tell in the venue's words is told without secrets. */
  plan({ wires, wireOf, ...plan }: VenuePlan): VenuePlan {
    const discreet = (wire: WirePlan): WirePlan => ({
      ...wire,
      dialect: (link) => this.#dialect(wire.dialect(this.#link(link))),
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

  /** The same text without what is known to be secret. */
  scrub(text: string): string {
    return this.#known.scrub(text);
  }

  /** The same fault, with nothing secret in what it quotes. */
  fault(fault: Fault): Fault {
    const message = this.#quiet(fault.message);
    if (fault.type !== 'decode') return { ...fault, message };
    return { ...fault, message, path: this.#quiet(fault.path), raw: this.scrub(withoutNamed(fault.raw, NAMED)) };
  }

  /** What is no JSON is quoted by the platform around the place where it is none, in pieces that nobody knows again. */
  #quiet(text: string): string {
    return this.scrub(text.replace(/(SyntaxError:[^"]*)"[^]*"/, '$1…'));
  }

  /** A handshake that is refused fails in the venue's words, too. */
  #dialect(dialect: Dialect): Dialect {
    if (dialect.handshake === undefined) return dialect;
    const handshake = dialect.handshake.bind(dialect);
    return Object.assign(dialect, {
      handshake: () =>
        defer(handshake).pipe(catchError((error: unknown) => throwError(() => withoutSecrets(error, this.#known)))),
    });
  }

  #link(link: Link): Link {
    const scrub = (text: string): string => this.#known.scrub(text);
    return {
      ...link,
      report: (text) => {
        link.report(scrub(text));
      },
      refused: (id, text) => {
        link.refused(id, scrub(text));
      },
      rejected: (key, text) => {
        link.rejected(key, scrub(text));
      },
      lose: (reason, text) => {
        link.lose(reason, scrub(text));
      },
    };
  }
}
