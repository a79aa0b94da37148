import type { Metadata } from "next";
import { NoSearch } from "@/components/messages/no-search";
import { MessageSearch } from "@/components/messages/message-search";
import { env } from "@/lib/env";
import { dashboardPage } from "../dashboard-page";
import { Place } from "../panels/place";
import { findMessages } from "./actions";
import { LogPanel } from "./log-panel";
import { MOST_FOUND } from "@/lib/terms/limits";

export const metadata: Metadata = { title: "Messages · OTP Insights" };

export default function MessagesPage({ searchParams }: PageProps<"/messages">) {
  return dashboardPage({
    path: "/messages",
    searchParams,
    listsMessages: true,
    content: (view, reader) => (
      <>
        <h1 className="sr-only">Messages</h1>
        {reader.operator ? (
          <MessageSearch
            action={findMessages}
            tz={view.query.range.tz}
            at={view.at}
            matureUntil={view.matureUntil}
            params={view.params}
            keptDays={env().REDACT_AFTER_DAYS}
            most={MOST_FOUND}
          />
        ) : (
          <NoSearch signedIn={reader.signedIn} />
        )}
        <Place title="Messages" className="h-[60rem]" panel={() => LogPanel({ view })} />
      </>
    ),
  });
}
