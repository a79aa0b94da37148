export { COUNTRY_CODES } from "@/lib/terms/countries";
