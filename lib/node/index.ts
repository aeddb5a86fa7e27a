export { wsNetwork, type WsNetworkOptions } from './wsNetwork.js';
