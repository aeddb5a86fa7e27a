import type { Subscription } from 'rxjs';
import type { LossReason } from '../../model/connection.js';
import type { Wire } from '../../network/network.js';
import type { TopicRequest } from '../plan.js';
import type { VenueParts } from '../venueParts.js';
import { Lag } from './lag.js';
import { LifeSigns } from './lifeSigns.js';
import { Outbox } from './outbox.js';
import type { SessionLine } from './sessionLine.js';
import { Subscriptions } from './subscriptions.js';

/** What a session has that dies with it. */
export interface SessionParts {
  readonly signs: LifeSigns;
  readonly lag: Lag;
  readonly topics: Subscriptions;
  readonly outbox: Outbox;
}

/** What the parts ask of their session, and report to it. */
export interface PartsOwner {
  /** The bound of inbound silence, in ms. */
  readonly silence: () => number;
  /** Sends the venue's ping. @returns Whether there was one to send. */
  readonly ping: () => boolean;
  /** What is to be requested about subscriptions. */
  readonly nextRequest: () => TopicRequest | undefined;
  /** By how much what comes is late, in ms; `undefined`: it comes in time again. */
  readonly late: (ms: number | undefined) => void;
  readonly changed: () => void;
  readonly report: (text: string) => void;
  readonly lose: (reason: LossReason, text: string) => void;
}

export interface PartsConfig {
  readonly wire: Wire;
  readonly line: SessionLine;
  readonly core: VenueParts;
  /** What ends their timers. */
  readonly timers: Subscription;
}

export function partsOf({ wire, line, core, timers }: PartsConfig, owner: PartsOwner): SessionParts {
  const { venue, network, scheduler, timing, reports } = core;
  const { limits } = line.plan;
  const { silence, ping, nextRequest, late, changed, report, lose } = owner;
  const signs = new LifeSigns({
    probeWithin: limits.probeWithin,
    silence,
    ping,
    silent: (text) => {
      lose('silent', text);
    },
    scheduler,
    timers,
  });
  const lag = new Lag({
    maxLag: timing.maxLag,
    scheduler,
    timers,
    changed: late,
    tooLong: (ms) => {
      lose('lagging', `what came was ${Math.round(ms)} ms old for too long`);
    },
  });
  const { confirmWithin } = timing;
  const { discard: discardChannel } = line;
  const { isRecorded = false } = network;
  const about = { venue, limits, reports, scheduler, timers };
  const topics = new Subscriptions({
    confirmWithin,
    isRecorded,
    signs,
    lag,
    changed,
    report,
    discardChannel,
    ...about,
  });
  const outbox = new Outbox({
    transmit: (text) => {
      wire.send(text);
    },
    nextRequest,
    discarded: (what, count) => {
      reports.report({ type: 'dropped', count, message: `not sent: ${what}` });
    },
    limits,
    shared: core.shared,
    scheduler,
    timers,
  });
  return { signs, lag, topics, outbox };
}
