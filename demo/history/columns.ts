/** Which column of a table takes what of a row, and as which type. */
import type { Column } from "./insert";
import type { FeedbackRow, MessageRow, VerificationRow } from "./rows";

export const verificationColumns: Column<VerificationRow>[] = [
  ["id", "uuid", (row) => row.id],
  ["to", "text", (row) => row.to],
  ["country", "text", (row) => row.country],
  ["network", "text", (row) => row.network],
  ["block", "text", (row) => row.block],
  ["action", "tracked_action", (row) => row.action],
  ["sender", "text", (row) => row.sender],
  ["channel", "channel", (row) => row.channel],
  ["locale", "text", (row) => row.locale],
  ["status", "verification_status", (row) => row.status],
  ["failed_checks", "int", (row) => row.failedChecks],
  ["sends", "int", (row) => row.sends],
  ["client_ip", "text", (row) => row.clientIp],
  ["created_at", "moment", (row) => row.createdAt],
  ["accepted_at", "moment", (row) => row.acceptedAt],
  ["expires_at", "moment", (row) => row.expiresAt],
  ["approved_at", "moment", (row) => row.approvedAt],
];

export const messageColumns: Column<MessageRow>[] = [
  ["id", "uuid", (row) => row.id],
  ["verification_id", "uuid", (row) => row.verificationId],
  ["sid", "text", (row) => row.sid],
  ["secret_hash", "bytea", (row) => `\\x${row.secretHash}`],
  ["country", "text", (row) => row.country],
  ["network", "text", (row) => row.network],
  ["block", "text", (row) => row.block],
  ["action", "tracked_action", (row) => row.action],
  ["sender", "text", (row) => row.sender],
  ["channel", "channel", (row) => row.channel],
  ["sent_from", "text", (row) => row.sentFrom],
  ["locale", "text", (row) => row.locale],
  ["attempt", "int", (row) => row.ordinal],
  ["status", "message_status", (row) => row.status],
  ["error_code", "int", (row) => row.errorCode],
  ["requested_at", "moment", (row) => row.requestedAt],
  ["refused_at", "moment", (row) => row.refusedAt],
  ["unanswered_at", "moment", (row) => row.unansweredAt],
  ["accepted_at", "moment", (row) => row.acceptedAt],
  ["sent_at", "moment", (row) => row.sentAt],
  ["delivered_at", "moment", (row) => row.deliveredAt],
  ["failed_at", "moment", (row) => row.failedAt],
  ["confirmed_at", "moment", (row) => row.confirmedAt],
  ["late", "boolean", (row) => row.late],
  ["price", "numeric", (row) => row.price],
  ["price_unit", "text", (row) => (row.price === null ? null : "USD")],
  ["segments", "int", (row) => row.segments],
];

export const feedbackColumns: Column<FeedbackRow>[] = [
  ["message_id", "uuid", (row) => row.messageId],
  ["due_at", "moment", (row) => row.dueAt],
  ["tries", "int", (row) => row.tries],
  ["error", "text", (row) => row.error],
  ["reported_at", "moment", (row) => row.reportedAt],
  ["refused_at", "moment", (row) => row.refusedAt],
];
