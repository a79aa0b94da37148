/**
 * Messages that are looked for by what names them or whom they went to. What is looked for is given in a body or a form, never in a URL.
 */
import { sql, type Sql } from "../../db";
import { selectRows, type LoggedMessage } from "./messages";

export type MessageKey =
  | { by: "number"; number: string }
  | { by: "sid"; sid: string }
  // A message's own, or its verification's.
  | { by: "id"; id: string };

/** The newest messages that a key names: to a whole number, of a verification, or the one that has the SID or the id. */
export async function findMessages(
  key: MessageKey,
  { limit, withIds = false }: { limit: number; withIds?: boolean },
): Promise<LoggedMessage[]> {
  return selectRows(conditionOf(key), { limit, withIds });
}

function conditionOf(key: MessageKey): Sql {
  switch (key.by) {
    case "number":
      return sql`v."to" = ${key.number}`;
    case "sid":
      return sql`m.sid = ${key.sid}`;
    case "id":
      return sql`m.verification_id = (
        select coalesce(
          (select id from verification where id = ${key.id}::uuid),
          (select verification_id from message where id = ${key.id}::uuid)))
        and (m.id = ${key.id}::uuid or v.id = ${key.id}::uuid)`;
  }
}
