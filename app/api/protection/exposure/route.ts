import { readExposureOperation } from "@/lib/api/protection/exposure";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";
import { readExposure } from "@/lib/protection/exposure";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(readExposureOperation, async () => answer(readExposureOperation, 200, await readExposure())),
});
