import { createServer } from "node:http";

createServer((_, answer) => answer.end("ok")).listen(Number(process.env.PORT));
