import { openLocalCallback } from '../../operations/sign-in/local-callback.js';
import { brokenOff, type Dialogue } from './dialogue.js';
import { isMissing } from './questions.js';

/** A page of the network to which a person is sent and from which they come back. */
export interface Round {
  /** Where they agree. */
  readonly address: string;
  readonly state: string;
}

/** How a person comes back: `come` shows the address and answers the one that the browser was sent to. */
export interface Returning {
  /** What the network is told. */
  readonly redirectUri: string;
  come(round: Round, button: string): Promise<string>;
  close(): Promise<void>;
}

/** A port that is rarely taken, for networks that want to know it beforehand. */
export const usualCallbackPort = 4681;

/**
 * Opens the way back: a local callback, or, for a browser on another machine, an address at which nothing listens and which a person pastes.
 *
 * @param port of the callback, where none is asked for; 0 lets the system choose
 */
export async function openReturning(dialogue: Dialogue, port: number): Promise<Returning> {
  const { questions, say, paste, callbackPort = port, callbackMs: waitMs, broken } = dialogue;
  const show = ({ address }: Round, button: string) => {
    say(
      `Open this address in a browser, signed in as the account that is to post, and choose ${button}:`,
    );
    say('');
    say(address);
    say('');
  };
  if (paste) {
    const redirectUri = `http://127.0.0.1:${String(callbackPort || usualCallbackPort)}/callback`;
    return {
      redirectUri,
      async come(round, button) {
        show(round, button);
        say('The browser then says that it cannot open a page at 127.0.0.1: that is right.');
        return questions.secret('Paste the whole address that it ends at', { problem: isMissing });
      },
      close: () => Promise.resolve(),
    };
  }
  const callback = await openLocalCallback({
    port: callbackPort,
    ...(waitMs !== undefined && { waitMs }),
  });
  return {
    redirectUri: callback.redirectUri,
    async come(round, button) {
      show(round, button);
      say('Waiting for the browser, for five minutes at most; Ctrl-C breaks off.');
      try {
        return await callback.wait(round.state, broken);
      } catch (thrown) {
        throw broken.aborted ? brokenOff() : thrown;
      }
    },
    close: () => callback.close(),
  };
}
