import { openApiDocument } from "@/lib/api/openapi";
import { openApi } from "@/lib/api/system";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(openApi, () => answer(openApi, 200, { ...openApiDocument() })),
});
