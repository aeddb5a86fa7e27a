import { isRecord, parseRecord } from '../../../../lib/simulation/parseRecord.js';
import type { SimulatedConnection } from '../../../../lib/simulation/simulatedVenue.js';
import type { TopicBroadcast } from '../../../../lib/simulation/topics/topicBroadcast.js';
import { TopicSession } from '../../../../lib/simulation/topics/topicSession.js';
import type { SessionConfig } from '../../../../lib/simulation/venueSession.js';
import type { SpecVenueHost } from '../specVenue.js';
import type { BitstampPair } from './bitstampPair.js';
import { streamOf } from './streams.js';

const CHANNEL = /^(.*)_([^_]*)$/;

/** One connection. A message is about one channel, and answers go by its name. */
export class BitstampSession extends TopicSession<SpecVenueHost> {
  constructor(
    config: SessionConfig,
    host: SpecVenueHost,
    connection: SimulatedConnection,
    private readonly pairs: ReadonlyMap<string, BitstampPair>,
  ) {
    super(config, host, connection);
    for (const pair of pairs.values()) pair.connected(() => this.speaks());
  }

  pulse(): void {
    if (this.host.oddities.take('askedToMove', this.url) !== undefined) this.#say('bts:request_reconnect', '', '');
  }

  protected hear(text: string): void {
    const { event, data } = parseRecord(text) ?? {};
    const { channel } = isRecord(data) ? data : {};
    if (event === 'bts:heartbeat') this.#say('bts:heartbeat', '', { status: 'success' });
    else if (typeof channel !== 'string') this.#refuse('', null, 'Incorrect JSON format.');
    else if (event === 'bts:subscribe') this.#begin(channel);
    else if (event !== 'bts:unsubscribe') this.#refuse('', null, 'Bad subscription string.');
    else {
      this.leave(channel);
      this.#answer('bts:unsubscription_succeeded', channel);
    }
  }

  #begin(channel: string): void {
    const stream = this.#streamOf(channel);
    if (stream === undefined) {
      // What an error is about it may say or not.
      this.#refuse(this.random() < 0.5 ? channel : '', 4_009, 'Bad subscription string.');
      return;
    }
    // Data may come ahead of the answer.
    const isAhead = this.random() < 0.3;
    if (!isAhead) this.#answer('bts:subscription_succeeded', channel);
    if (!this.has(channel)) this.join(channel, () => stream);
    if (isAhead) this.#answer('bts:subscription_succeeded', channel);
  }

  #streamOf(channel: string): TopicBroadcast | undefined {
    const [, kind = '', name = ''] = CHANNEL.exec(channel) ?? [];
    const pair = this.host.faults.take('unknownSymbol', name) === undefined ? this.pairs.get(name) : undefined;
    return pair && streamOf(kind, channel, pair);
  }

  #answer(event: string, channel: string): void {
    if (this.host.faults.take('ackNever', channel) === undefined) this.#say(event, channel, {});
  }

  #refuse(channel: string, code: number | null, message: string): void {
    this.#say('bts:error', channel, { code, message });
  }

  #say(event: string, channel: string, data: unknown): void {
    this.send(JSON.stringify({ event, channel, data }));
  }
}
