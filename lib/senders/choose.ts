/**
 * Which sender a message goes by, decided in the statement that writes it: what people change holds from the next message on, in every
 * process, and costs no round trip.
 */
import { sql, type Sql } from "../db";
import { configuredSender, type SendingBy } from "../messaging/send";

/** What a statement says of the sender it chose. */
export interface ChosenSender {
  sender: string;
  channel: SendingBy["channel"];
  contentSid: string | null;
}

/** The configured sender comes first, then the oldest. */
export function inOrder(): Sql {
  return sql`(s.address = ${configuredSender()} and s.channel = 'sms') desc, s.created_at, s.id`;
}

/**
 * A CTE body with one row, `ChosenSender`: the first that may serve the country, or the configured one where none may. A sign-in is not lost
 * to a list that forgets a country; whoever wants nothing sent there blocks the destination.
 *
 * WhatsApp has one kind of approved template for secrets, for codes: other actions do not go there.
 *
 * @param from where the columns `country` and `action` come from
 */
export function chooseSender(from: Sql): Sql {
  return sql`
    select coalesce(chosen.address, ${configuredSender()}) as sender, coalesce(chosen.channel, 'sms') as channel,
      chosen.content_sid as "contentSid"
    from ${from} v left join lateral (
      select s.address, s.channel, s.content_sid from sender s
      where s.active and (s.countries = '{}' or v.country::char(2) = any(s.countries))
        and (s.channel = 'sms' or v.action = 'code' and s.content_sid is not null)
      order by ${inOrder()} limit 1
    ) chosen on true`;
}

/** As it is sent by. */
export function sendingBy({ sender, channel, contentSid }: ChosenSender): SendingBy {
  return { address: sender, channel, contentSid };
}
