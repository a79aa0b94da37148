/** Protection: what people say of destinations, what rules do, what could be lost, and what was decided. */
import type { Operation } from "../../http/operation";
import { listDecisions } from "./decisions";
import {
  deleteDestinationRule,
  listDestinationRules,
  putDestinationRuleOperation,
  readDestinationRuleOperation,
} from "./destinations";
import { listBreakers, readExposureOperation } from "./exposure";
import { changeRuleOperation, listRules, rehearseOperation } from "./rules";
import { addSafe, listSafe, removeSafe } from "./safe-list";

/** All of them, in the document's order. */
export const PROTECTION_OPERATIONS: readonly Operation[] = [
  listDestinationRules,
  readDestinationRuleOperation,
  putDestinationRuleOperation,
  deleteDestinationRule,
  readExposureOperation,
  listBreakers,
  listRules,
  changeRuleOperation,
  rehearseOperation,
  listSafe,
  addSafe,
  removeSafe,
  listDecisions,
];
