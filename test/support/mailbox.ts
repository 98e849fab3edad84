import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

/** A mail server of a test's own, and what it was given. */
export interface Mailbox {
  /** For `CALLBOARD_SMTP_URL`. */
  readonly url: string;
  /** Mails as they came, the oldest first; long lines are whole again. */
  readonly mails: string[];
  /** Waits until so many mails have come. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts a mail server on this machine that takes everything. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: string[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(null, { user: 'me' }),
    onData: (stream, _session, done) => {
      void textOf(stream).then((mail) => {
        // Quoted-printable: https://www.rfc-editor.org/rfc/rfc2045#section-6.7
        mails.push(mail.replace(/=\r\n/g, '').replace(/=3D/g, '='));
        done();
        for (const wake of waiting) wake();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://me:planted-secret@127.0.0.1:${String(port)}`,
    mails,
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (mails.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
