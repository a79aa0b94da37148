import { countryNamed } from "@/lib/terms/country-names";
import { networksOf } from "@/lib/verification/networks";

/** A day: they change with a version of ours. */
const CACHED = "public, max-age=86400";

/** The networks of the country that is chosen in the bar's form, whatever it is called there, for its suggestions. They are public. */
export function GET(request: Request): Response {
  const country = countryNamed(new URL(request.url).searchParams.get("country") ?? "");
  return Response.json(country === null ? [] : networksOf(country), { headers: { "Cache-Control": CACHED } });
}
