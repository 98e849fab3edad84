/**
 * A port from text; undefined when it is none.
 *
 * @example parsePort('4680') // 4680
 */
export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/**
 * Whether a server can be told to listen there: a host name or an IP address, without port or scheme.
 *
 * @example isListenHost('0.0.0.0') // true
 * @example isListenHost('http://localhost') // false
 */
export function isListenHost(text: string): boolean {
  return (
    /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text) ||
    /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(text)
  );
}

/**
 * The address at which this machine's browser finds the pages; a server that listens everywhere is also here.
 *
 * @example localAddress('0.0.0.0', 4680) // 'http://localhost:4680'
 */
export function localAddress(host: string, port: number): string {
  const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  return `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}
