import type { Notice } from '../../publish/notice.js';

/** Sends notices by mail. */
export interface Mailer {
  /** @throws Error when the mail server did not take it; never with its address, which holds a password */
  send(notice: Notice, conference: string): Promise<void>;
}

const timeoutMs = 15_000;

/** Mail through the server of `CALLBOARD_SMTP_URL`, from and to the organizer. The client is loaded when the first mail is sent. */
export function openMailer(smtpUrl: string, organizer: string): Mailer {
  return {
    async send({ subject, text }, conference) {
      const { createTransport } = await import('nodemailer');
      const transport = createTransport(smtpUrl, {
        from: { name: 'Callboard', address: organizer },
      });
      const late = AbortSignal.timeout(timeoutMs);
      const silence = new Promise<never>((_resolve, reject) => {
        late.addEventListener('abort', () => reject(new Error('the mail server did not answer')));
      });
      const sending = transport.sendMail({
        to: organizer,
        subject: `${subject} (${conference})`,
        text,
      });
      try {
        await Promise.race([sending, silence]);
      } catch {
        throw new Error('the mail server did not take the notice');
      } finally {
        transport.close();
      }
    },
  };
}
