/** The least better-auth has of a check: the code is verified and used up, and no user is looked at. It has no route of its own for that. */
import { auth } from "../../../auth.js";

export async function POST(request) {
  return Response.json(await auth.api.consumePhoneNumberOTP({ body: await request.json() }));
}
