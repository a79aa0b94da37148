import type { Metadata } from "next";
import { dashboardPage } from "./dashboard-page";
import { OverviewPanels } from "./overview/panels";
import { Figures } from "./panels/figures";

export const metadata: Metadata = { title: "Overview · OTP Insights" };

export default function OverviewPage({ searchParams }: PageProps<"/">) {
  return dashboardPage({
    path: "/",
    searchParams,
    content: (view) => (
      <>
        <h1 className="sr-only">Overview: conversion by destination</h1>
        <Figures view={view} path="/">
          <OverviewPanels view={view} />
        </Figures>
      </>
    ),
  });
}
