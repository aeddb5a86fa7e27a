import type { Agent } from 'node:http';
import { check } from '../errors/checks.js';
import { anObject } from '../errors/optionRules.js';
import { Proxies } from './proxies.js';

/** How connections are made, of sockets and of requests alike. */
export interface DialOptions {
  /**
   * Makes the connections: a Node `http.Agent`, for instance one of a proxy. Default: those of the proxies that the environment
   * names (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), none for this machine itself.
   */
  readonly agent?: Agent;
  /** Sent with every upgrade and request; what a venue needs by the same name goes first. Never recorded, never reported. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Certificates of authorities in PEM, trusted in the place of those that Node comes with. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[];
}

/** What Node is told for one address. */
export interface Dialled {
  readonly agent?: Agent;
  readonly ca?: (string | Buffer)[];
}

/** How to connect to an address. @throws PlatformError as {@link Proxies} does. */
export type Dial = (address: string) => Dialled;

export function dialBy({ agent, ca }: DialOptions): Dial {
  const proxies = new Proxies();
  const trusted = ca === undefined ? undefined : [ca].flat();
  return (address) => {
    const by = agent ?? proxies.agentFor(address);
    return { ...(by && { agent: by }), ...(trusted && { ca: trusted }) };
  };
}

const HEADER = /^[\w!#$%&'*+.^`|~-]+$/;
const isHeader = ([name, value]: readonly [string, unknown]): boolean =>
  HEADER.test(name) && typeof value === 'string' && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
const isPem = (one: unknown): boolean => /-----BEGIN [A-Z ]*CERTIFICATE-----/.test(textOf(one));
const textOf = (one: unknown): string => (Buffer.isBuffer(one) ? one.toString('latin1') : String(one));

/**
 * Refuses what can't be meant. Values are not shown: headers hold keys, and somebody's certificate may turn out to be one.
 *
 * @throws InvalidArgumentError
 */
export function checkDial({ agent, headers, ca }: DialOptions): void {
  const isAgent = typeof Reflect.get(Object(agent), 'addRequest') === 'function';
  check('agent', agent === undefined || isAgent, 'an agent of node:http or node:https', typeof agent);
  const areHeaders = headers === undefined || (anObject[0](headers) && Object.entries(headers).every(isHeader));
  check('headers', areHeaders, 'an object of headers, each a text on one line', typeof headers);
  const isCa = Array.isArray(ca) && ca.length > 0 ? ca.every(isPem) : ca === undefined || isPem(ca);
  check('ca', isCa, 'certificates in PEM, a text or a Buffer or a list of these', typeof ca);
}
