/** A mail in plain text. */
export interface Mail {
  /** Whose name it bears. */
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

const timeoutMs = 15_000;

/**
 * Sends a mail through the server of `CALLBOARD_SMTP_URL`. The client is loaded when the first mail is sent.
 *
 * @throws Error when the mail server did not take it; never with its address, which holds a password
 */
export async function sendMail(
  smtpUrl: string,
  { from, to, subject, text, headers = {} }: Mail,
): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(smtpUrl);
  const late = AbortSignal.timeout(timeoutMs);
  const silence = new Promise<never>((_resolve, reject) => {
    late.addEventListener('abort', () => reject(new Error('the mail server did not answer')));
  });
  const sending = transport.sendMail({ from, to, subject, text, headers: { ...headers } });
  try {
    await Promise.race([sending, silence]);
  } catch {
    throw new Error('the mail server did not take the mail');
  } finally {
    transport.close();
  }
}
