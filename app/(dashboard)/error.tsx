"use client";

import { Fault } from "@/components/ui/fault";

export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Fault title="The figures could not be read" error={error} retry={retry} />;
}
