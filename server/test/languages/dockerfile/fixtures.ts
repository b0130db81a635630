// Dockerfiles as people write them, for the tests that go over whole files.

export const nodeService = `# syntax=docker/dockerfile:1.7
ARG NODE_VERSION=20.11
FROM --platform=$BUILDPLATFORM node:\${NODE_VERSION}-bookworm-slim AS base
ENV NODE_ENV=production \\
    # where npm keeps its files
    NPM_CONFIG_CACHE="/var/cache/npm" PORT=8080
WORKDIR /srv/app

FROM base AS build
COPY --link package.json package-lock.json ./
RUN --mount=type=cache,target=/var/cache/npm \\
    --mount=type=secret,id=npmrc,target=/root/.npmrc \\
    # the lock file decides
    npm ci --include=dev && \\

    npm cache verify
COPY . .
RUN npm run build

FROM base
LABEL org.opencontainers.image.title="storefront" \\
      org.opencontainers.image.licenses='MIT'
COPY --from=build --chown=node:node /srv/app/dist ./dist
EXPOSE 8080/tcp 9229
USER node:node
HEALTHCHECK --interval=30s --timeout=3s \\
  CMD curl -fsS http://localhost:8080/healthz || exit 1
STOPSIGNAL SIGTERM
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node", "dist/server.js"]
`;

export const pythonService = `# check=skip=JSONArgsRecommended;error=true
from python:3.12-slim as wheels
arg PIP_INDEX_URL=https://pypi.org/simple
run <<EOF
#!/usr/bin/env bash
set -euo pipefail
# not a comment of the file
apt-get update
apt-get install -y --no-install-recommends gcc "libpq-dev"
rm -rf /var/lib/apt/lists/*
EOF
copy requirements.txt /tmp/
run pip wheel --index-url "\${PIP_INDEX_URL}" -r /tmp/requirements.txt -w /wheels

from python:3.12-slim
copy --from=wheels /wheels /wheels
copy <<-"CONF" /etc/app.conf
\t[server]
\tuser = root
\tCONF
run pip install /wheels/*.whl; \\
    useradd --system --uid 10001 app
user 10001
volume ["/data", "/logs"]
onbuild copy . /app
onbuild run pip install -r /app/requirements.txt
cmd gunicorn --bind 0.0.0.0:8000 app.wsgi
`;

export const windowsService = `# escape=\`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
RUN Invoke-WebRequest -Uri https://example.com/tool.zip -OutFile C:\\tool.zip ; \`
    # unpack
    Expand-Archive C:\\tool.zip C:\\tool\\
COPY app C:\\app\\
USER ContainerUser
CMD ["C:\\\\app\\\\run.exe"]
`;

export const twoHeredocs = `FROM alpine:3.20
RUN <<ONE cat > /one && cat <<'TWO' > /two
FROM not a stage
USER root
ONE
RUN echo not run
TWO
RUN apk add --no-cache curl
`;

export const all: readonly string[] = [nodeService, pythonService, windowsService, twoHeredocs];
