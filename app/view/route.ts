import { viewOfForm } from "@/components/dashboard/view-bar/view-form";

/** The bar's forms lead here where there are no scripts, and from here to the view they ask for. */
export function GET(request: Request): Response {
  const form = new URL(request.url).searchParams;
  return new Response(null, {
    status: 303,
    headers: { Location: viewOfForm(form), "Cache-Control": "no-store" },
  });
}
