// Believable files of a wanted length, the same on every machine.
import type { Format } from '../../server/src/model/format.js';

/** A file of about `lines` lines in which rules find what they find in real ones: a little. */
export function input(format: Format, lines: number): string {
  const parts: string[] =
    format === 'compose' ? ['services:\n  db:\n    image: postgres:17.2\n    cap_drop: [ALL]'] : [];
  let count = parts.join('\n').split('\n').length;
  for (let i = 0; count < lines; i++) {
    const part = makers[format](i);
    parts.push(part);
    count += part.split('\n').length;
  }
  return `${parts.join('\n')}\n`;
}

/** Where a bench types: in a word in the middle of a file. */
export function typingPlace(text: string): number {
  const middle = text.indexOf('\n', text.length / 2);
  return text.slice(0, middle).includes('info') ? text.lastIndexOf('info', middle) + 2 : middle;
}

const makers: { readonly [format in Format]: (index: number) => string } = {
  dockerfile: (i) => `# stage ${i}
FROM node:22-alpine AS stage${i}
ARG VERSION=1.${i}
ENV NODE_ENV=production LOG_LEVEL=info
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci \\
    --omit=dev \\
    # keep the image small
    && npm cache clean --force \\
    && rm -rf /tmp/*
COPY --chown=node:node . .
RUN set -eux; \\
    addgroup -S app$VERSION; \\
    adduser -S app -G app
USER node
EXPOSE 80${i % 100}
HEALTHCHECK CMD wget -qO- http://localhost:80/health || exit 1
CMD ["node", "server.js"]
`,
  compose: (i) => `  service${i}:
    image: registry.example/team/service${i}:1.${i}.0
    restart: unless-stopped
    # settings of service ${i}
    environment:
      NODE_ENV: production
      LOG_LEVEL: \${LOG_LEVEL:-info}
      DATABASE_URL: postgres://db:5432/service${i}
    ports:
      - "127.0.0.1:${3000 + i}:8080"
    volumes:
      - ./config/service${i}:/etc/service:ro
      - ./data/service${i}:/var/lib/service
    cap_drop:
      - ALL
    healthcheck:
      test: ["CMD", "wget", "-qO-", "http://localhost:8080/health"]
      interval: 30s
    depends_on:
      - db
`,
  kubernetes: (i) => `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: service${i}
  labels:
    app: service${i}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: service${i}
  template:
    metadata:
      labels:
        app: service${i}
    spec:
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
      containers:
        - name: main
          image: registry.example/team/service${i}:1.${i}.0
          ports:
            - containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: service${i}
                  key: url
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
          resources:
            limits:
              memory: 256Mi`,
};

/** Files of a generated workspace: small ones, as in real repositories. */
export function workspace(files: number): readonly { readonly name: string; readonly text: string }[] {
  const formats: readonly Format[] = ['kubernetes', 'dockerfile', 'kubernetes', 'compose'];
  return Array.from({ length: files }, (_, i) => {
    const format = formats[i % formats.length] ?? 'kubernetes';
    const name =
      format === 'dockerfile'
        ? `svc${i}/Dockerfile`
        : format === 'compose'
          ? `svc${i}/compose.yaml`
          : `svc${i}/manifest.yaml`;
    return { name, text: input(format, 10 + ((i * 37) % 90)) };
  });
}
