import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * What browsers may do with our pages: nothing but our own styles, scripts, pictures and live events. No page asks
 * anything of another host, none can be framed, and untrusted text that slipped through could not run.
 *
 * @param forms whether the page has a form; it leads to ourselves
 */
export function securityHeaders({ forms = false } = {}): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: [forms ? "'self'" : "'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
    // Callboard speaks plain HTTP; whoever puts TLS before it decides about this.
    strictTransportSecurity: false,
    // A route may be more open than this: other pages may show a card, and some have forms.
    overwrite: false,
  });
}
