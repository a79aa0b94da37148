/**
 * The API's operations: what each takes, answers and refuses. The Zod schemas are the ones that validate requests, the ones that
 * type answers, and the ones the OpenAPI document is made from, so they cannot differ.
 */
import type { Operation } from "../http/operation";
import { createAnnotation, deleteAnnotation, listAnnotations } from "./annotations";
import { acknowledgeFindingOperation, acknowledgeIncidentOperation, listIncidents } from "./incidents";
import { INSIGHTS_OPERATIONS, MESSAGE_OPERATIONS } from "./insights";
import {
  changeTargetOperation,
  createTarget,
  deleteTarget,
  listDeliveries,
  listTargets,
  renewSecretOperation,
  testTarget,
} from "./notifications";
import { PROTECTION_OPERATIONS } from "./protection";
import {
  changeSenderOperation,
  createSender,
  deleteSender,
  listSenderChanges,
  listSenders,
  readSenderOperation,
} from "./senders";
import { livez, openApi, readyz } from "./system";
import { inboundCall, inboundMessage, statusCallback, statusCallbackBySid } from "./twilio";
import {
  cancelVerificationOperation,
  checkVerificationOperation,
  readVerificationOperation,
  resendVerificationOperation,
  resetPasswordOperation,
  startVerificationOperation,
} from "./verifications/operations";

/** All of them, in the document's order. */
export const OPERATIONS: readonly Operation[] = [
  startVerificationOperation,
  readVerificationOperation,
  cancelVerificationOperation,
  resendVerificationOperation,
  checkVerificationOperation,
  resetPasswordOperation,
  statusCallback,
  statusCallbackBySid,
  inboundMessage,
  inboundCall,
  livez,
  readyz,
  openApi,
  ...INSIGHTS_OPERATIONS,
  ...MESSAGE_OPERATIONS,
  listAnnotations,
  createAnnotation,
  deleteAnnotation,
  acknowledgeFindingOperation,
  listTargets,
  createTarget,
  changeTargetOperation,
  deleteTarget,
  renewSecretOperation,
  testTarget,
  listDeliveries,
  listIncidents,
  acknowledgeIncidentOperation,
  ...PROTECTION_OPERATIONS,
  listSenders,
  createSender,
  readSenderOperation,
  changeSenderOperation,
  deleteSender,
  listSenderChanges,
];
