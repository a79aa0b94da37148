export { nothingHere as GET, nothingHere as POST, nothingHere as PUT } from "@/lib/http/refusals";
export { nothingHere as PATCH, nothingHere as DELETE } from "@/lib/http/refusals";
