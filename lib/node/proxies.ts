import type { Agent } from 'node:http';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { PlatformError } from '../errors/platformError.js';

/** What never leaves this machine needs no proxy, whatever the environment says: as browsers have it. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The proxies that the environment names, by HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in capitals or not; `wss:` counts
 * as `https:`, `ws:` as `http:`. Read anew for each address. One agent for each proxy.
 */
export class Proxies {
  readonly #agents = new Map<string, Agent>();

  /**
   * @returns `undefined` where the way is straight.
   * @throws PlatformError where the environment names something that is no proxy of HTTP. What it names is not told: it may hold a
   *   password.
   */
  agentFor(address: string): Agent | undefined {
    const { hostname, protocol } = new URL(address.replace(/^ws/, 'http'));
    const proxy = LOOPBACK.test(hostname) ? '' : getProxyForUrl(address.replace(/^ws/, 'http'));
    if (proxy === '') return undefined;
    // Sockets are tunnelled, secure or not; a plain request is made of the proxy itself.
    const isTunnel = protocol === 'https:' || address.startsWith('ws');
    const key = `${isTunnel ? 'tunnel' : 'plain'} ${proxy}`;
    const agent = this.#agents.get(key) ?? agentOf(proxy, protocol, isTunnel);
    this.#agents.set(key, agent);
    return agent;
  }
}

function agentOf(proxy: string, protocol: string, isTunnel: boolean): Agent {
  // The environment's own text had no scheme: then proxies are spoken to by plain HTTP, as curl does it.
  const isBare = Object.entries(process.env).some(
    ([name, value]) => /_proxy$/i.test(name) && value !== undefined && `${protocol}//${value}` === proxy,
  );
  const url = isBare ? proxy.replace(/^\w+:/, 'http:') : proxy;
  if (!/^https?:\/\/[^/\s]+\/?$/.test(url) || !URL.canParse(url)) {
    throw new PlatformError('proxy', `${protocol.replace(':', '').toUpperCase()}_PROXY: ${EXPECTED}`);
  }
  return isTunnel ? new HttpsProxyAgent(url) : new HttpProxyAgent(url);
}

const EXPECTED = 'expected an address such as http://proxy.example:3128; for other kinds give wsNetwork an agent';
