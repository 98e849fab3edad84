import { createServer, type AddressInfo } from 'node:net';

/** A port of this machine on which nobody listens, for sites whose address must be known before they start. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
