/** The platform's network with wires to `http` addresses. Apart from the defaults, so that only who needs it carries it. */
export { streamingNetwork } from '#platform';
