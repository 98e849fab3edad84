import { sendMail } from '../../mail.js';
import type { Notice } from '../../publish/notice.js';

/** Sends notices by mail. */
export interface Mailer {
  /** @throws Error when the mail server did not take it; never with its address, which holds a password */
  send(notice: Notice, conference: string): Promise<void>;
}

/** Mail through the server of `CALLBOARD_SMTP_URL`, from and to the organizer. */
export function openMailer(smtpUrl: string, organizer: string): Mailer {
  return {
    send: ({ subject, text }, conference) =>
      sendMail(smtpUrl, {
        from: { name: 'Callboard', address: organizer },
        to: organizer,
        subject: `${subject} (${conference})`,
        text,
      }),
  };
}
