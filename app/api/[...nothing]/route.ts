export { nothingHere as GET, nothingHere as POST, nothingHere as PUT } from "@/lib/http/frame";
export { nothingHere as PATCH, nothingHere as DELETE } from "@/lib/http/frame";
