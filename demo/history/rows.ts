/** Rows as the sample history writes them. Moments are epoch milliseconds. */
import type { TrackedAction } from "@/lib/terms/actions";
import type { Channel } from "@/lib/terms/channels";
import type { MessageStatus, VerificationStatus } from "@/lib/terms/statuses";

type Moment = number;

export interface VerificationRow {
  id: string;
  to: string;
  country: string;
  network: string | null;
  block: string;
  action: TrackedAction;
  /** Its first message's. */
  sender: string;
  channel: Channel;
  locale: string;
  status: VerificationStatus;
  failedChecks: number;
  sends: number;
  clientIp: string | null;
  createdAt: Moment;
  acceptedAt: Moment | null;
  expiresAt: Moment;
  approvedAt: Moment | null;
}

export interface MessageRow {
  id: string;
  verificationId: string;
  sid: string | null;
  /** 64 hexadecimal digits. */
  secretHash: string;
  country: string;
  network: string | null;
  block: string;
  action: TrackedAction;
  sender: string;
  channel: Channel;
  sentFrom: string | null;
  locale: string;
  ordinal: number;
  status: MessageStatus | null;
  errorCode: number | null;
  requestedAt: Moment;
  refusedAt: Moment | null;
  unansweredAt: Moment | null;
  acceptedAt: Moment | null;
  sentAt: Moment | null;
  deliveredAt: Moment | null;
  failedAt: Moment | null;
  confirmedAt: Moment | null;
  late: boolean;
  /** As Twilio writes it, in US dollars. */
  price: string | null;
  segments: number | null;
}

export interface FeedbackRow {
  messageId: string;
  dueAt: Moment;
  tries: number;
  error: string | null;
  reportedAt: Moment | null;
  refusedAt: Moment | null;
}

/** A verification with everything that belongs to it. */
export interface Login {
  verification: VerificationRow;
  messages: MessageRow[];
  /** Of the message that was confirmed, where one was. */
  feedback: FeedbackRow | null;
}
