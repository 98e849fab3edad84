import { hkdfSync } from 'node:crypto';

/**
 * The secret that cookies are signed with, made from the key that stored secrets are sealed with, so that neither tells the other.
 *
 * @param vaultKey 32 bytes
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export function signInSecret(vaultKey: Uint8Array): string {
  return Buffer.from(hkdfSync('sha256', vaultKey, '', 'callboard sign-in 1', 32)).toString(
    'base64url',
  );
}
