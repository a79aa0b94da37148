import { now } from "../clock";
import { log } from "../log";
import { isMessageStatus } from "../terms/statuses";
import type { CallbackParameters } from "./callback-parameters";
import { recordNoticeStatus } from "./notices";
import { recordStatus } from "./record-status";

/** What we read of a status callback. */
export interface StatusCallback {
  /** From the callback's URL. */
  messageId?: string;
  MessageSid: string;
  MessageStatus: string;
  ErrorCode?: number;
  /** What it was sent from. */
  From?: string;
  /** All of its fields as they came. */
  parameters: CallbackParameters;
}

/** How Twilio writes a status; other text may be anybody's, a number's even, and is not for the log. */
const STATUS_WORD = /^[a-z_-]{1,20}$/i;

/** Records a status callback. One for a message or with a status we do not know is noted and otherwise ignored. */
export async function takeStatusCallback(callback: StatusCallback): Promise<void> {
  const {
    messageId,
    MessageSid: sid,
    MessageStatus: status,
    ErrorCode: errorCode = null,
    From: sentFrom = null,
  } = callback;
  const report = isMessageStatus(status) && { messageId, sid, status, errorCode, sentFrom, at: now() };
  const recorded =
    report &&
    ((await recordStatus({ ...report, callback: callback.parameters })) ||
      (await recordNoticeStatus(report)));
  if (recorded) log().debug({ messageId, sid, status, errorCode }, "status callback");
  else {
    const word = STATUS_WORD.test(status) ? status : "of another kind";
    log().warn({ messageId, sid, status: word }, "status callback for no message or of no known status");
  }
}
