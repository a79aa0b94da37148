import { openApiDocument } from "@/lib/api/openapi";
import { openApi } from "@/lib/api/operations";
import { endpoint, json, route } from "@/lib/http";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(openApi, () => json(openApiDocument())),
});
