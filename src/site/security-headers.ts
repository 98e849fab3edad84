import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * What browsers may do with our pages: nothing but our own styles, scripts, pictures and live events; forms lead to ourselves. No page asks
 * anything of another host, none can be framed, and untrusted text that slipped through could not run.
 */
export function securityHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
    // Callboard speaks plain HTTP; whoever puts TLS before it decides about this.
    strictTransportSecurity: false,
    // A route may be more open than this: other pages may show a card.
    overwrite: false,
  });
}
