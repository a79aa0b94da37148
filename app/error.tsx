"use client";

import { Fault } from "@/components/ui/fault";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Fault title="This page could not be shown" error={error} retry={retry} />;
}
