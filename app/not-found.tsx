import type { Metadata } from "next";
import { NotThere } from "./not-there";

export const metadata: Metadata = { title: "Page not found · OTP Insights" };

export default function NotFound() {
  return <NotThere />;
}
