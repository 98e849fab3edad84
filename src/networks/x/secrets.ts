import { z } from 'zod';

const keysShape = z.object({
  kind: z.literal('oauth1'),
  apiKey: z.string().min(1),
  apiSecret: z.string().min(1),
  accessToken: z.string().min(1),
  accessSecret: z.string().min(1),
});

const tokensShape = z.object({
  kind: z.literal('oauth2'),
  clientId: z.string().min(1),
  /** Of a confidential client; a public one has none. */
  clientSecret: z.string().min(1).optional(),
  accessToken: z.string().min(1),
  /** Good once. */
  refreshToken: z.string().min(1),
  expiresAt: z.number(),
  scopes: z.array(z.string()),
  /** A new pair was asked for and is not known to have come. */
  refreshing: z.object({ since: z.number() }).optional(),
});

/** How an account is kept in the vault: by keys that live until a person takes them back, or by tokens that are renewed. */
export const xSecretsShape = z.discriminatedUnion('kind', [keysShape, tokensShape]);

/** The four keys of OAuth 1.0a. */
export type XKeys = z.infer<typeof keysShape>;
/** The pair of OAuth 2.0; an access token lives two hours. */
export type XTokens = z.infer<typeof tokensShape>;
/** What the vault holds of an account on X. */
export type XSecrets = z.infer<typeof xSecretsShape>;

/** What a token needs to be allowed: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code */
export const xScopes = [
  'tweet.read',
  'tweet.write',
  'users.read',
  'media.write',
  'offline.access',
] as const;

/** X's answer to a code or a refresh token. */
export const tokenAnswerShape = z.object({
  access_token: z.string().min(1),
  /** In seconds. */
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
  scope: z.string().optional(),
});
