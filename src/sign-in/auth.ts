import { createHash } from 'node:crypto';
import { passkey } from '@better-auth/passkey';
import { APIError } from '@better-auth/core/error';
import { betterAuth } from 'better-auth';
import { magicLink } from 'better-auth/plugins/magic-link';
import type { Database } from '../storage/database.js';
import { kyselyOn } from '../storage/kysely.js';

/** What better-auth is built on. */
export interface AuthOptions {
  readonly database: Database;
  /** Public address of the site, without a trailing slash. */
  readonly site: string;
  /** What passkeys are named after. */
  readonly conference: string;
  readonly secret: string;
}

/** A link is good for so many seconds, and once. */
export const linkSeconds = 15 * 60;
/** A browser stays signed in for so many seconds after its last visit. */
const staysSeconds = 30 * 24 * 60 * 60;
/** A visit puts the end off, at most once in so many seconds. */
const renewedSeconds = 24 * 60 * 60;
/** Passkeys are added by those who signed in within so many seconds. */
const freshSeconds = 60 * 60;

/** What is kept of a link's token: who reads the database can sign nobody in. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** What a link is sent by: the token goes to whoever asked for it to be made. */
export interface LinkMetadata {
  readonly deliver: (token: string) => void;
}

/**
 * better-auth on our own tables and pages. Its own routes are not served: pages call what they need, so that nothing can be asked of it that no page
 * asks. It sends nothing anywhere: no telemetry, no other provider.
 *
 * @see https://www.better-auth.com/docs/reference/options
 */
export function createAuth({ database, site, conference, secret }: AuthOptions) {
  const { origin, hostname, pathname, protocol } = new URL(site);
  return betterAuth({
    appName: conference,
    secret,
    baseURL: origin,
    database: {
      db: kyselyOn<never>(database.pool).withSchema('callboard'),
      type: 'postgres',
      transaction: true,
    },
    telemetry: { enabled: false },
    // Errors reach the pages as values; its own words about them could hold what was typed.
    logger: { disabled: true },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'callboard',
      useSecureCookies: protocol === 'https:',
      defaultCookieAttributes: { path: pathname, httpOnly: true, sameSite: 'lax' },
      // Nobody needs to know where from somebody signed in.
      ipAddress: { disableIpTracking: true },
      database: { validateSchema: false },
    },
    user: {
      modelName: 'members',
      fields: {
        emailVerified: 'email_verified',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      additionalFields: {
        role: { type: 'string', required: false, defaultValue: 'attendee', input: false },
        preferences: { type: 'string', required: false, defaultValue: '', input: false },
        person: { type: 'string', required: false, defaultValue: '', input: false },
      },
    },
    session: {
      modelName: 'sign_ins',
      fields: {
        userId: 'member',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: staysSeconds,
      updateAge: renewedSeconds,
      freshAge: freshSeconds,
    },
    account: {
      modelName: 'sign_in_providers',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'member',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'sign_in_proofs',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      magicLink({
        expiresIn: linkSeconds,
        storeToken: { type: 'custom-hasher', hash: (token) => Promise.resolve(tokenDigest(token)) },
        sendMagicLink({ token, metadata }) {
          (metadata as LinkMetadata | undefined)?.deliver(token);
        },
      }),
      passkey({
        rpID: hostname,
        rpName: conference,
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        // A key that only lies there proves no person: it must have asked for a PIN, a finger or a face.
        authentication: {
          afterVerification: ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED');
          },
        },
        registration: {
          afterVerification: ({ verification }) => {
            if (verification.registrationInfo?.userVerified !== true) {
              throw new APIError('UNAUTHORIZED');
            }
          },
        },
        schema: {
          passkey: {
            modelName: 'passkeys',
            fields: {
              publicKey: 'public_key',
              userId: 'member',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
              createdAt: 'created_at',
            },
          },
        },
      }),
    ],
  });
}

/** better-auth as it is set up here. */
export type Auth = ReturnType<typeof createAuth>;
