import type { ConnectionStats, VenueStats, Violation } from './simulatedVenue.js';

/** How many connections that are gone, and how many violations, are remembered. */
const REMEMBERED = 1_000;

/** What a venue has seen. */
export class StatsCollector {
  accepted = 0;
  refused = 0;
  private gone: readonly ConnectionStats[] = [];
  private violations: readonly Violation[] = [];
  private readonly requests: Record<string, number> = {};

  requested(path: string): void {
    this.requests[path] = (this.requests[path] ?? 0) + 1;
  }

  violated(limit: string, at: number, connection?: number): void {
    const violation = connection === undefined ? { limit, at } : { limit, at, connection };
    this.violations = [...this.violations.slice(1 - REMEMBERED), violation];
  }

  left(connection: ConnectionStats): void {
    this.gone = [...this.gone.slice(1 - REMEMBERED), connection];
  }

  stats(open: readonly ConnectionStats[]): VenueStats {
    const { accepted, refused, violations } = this;
    const connections = [...this.gone, ...open].sort((left, right) => left.id - right.id);
    return { open: open.length, accepted, refused, connections, violations, requests: { ...this.requests } };
  }
}
