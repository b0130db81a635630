# syntax=docker/dockerfile:1.7-labs
# Built from the root of the monorepo:
#   docker build -f apps/api/api.Dockerfile --secret id=npmrc,src=$HOME/.npmrc .
FROM node:22-bookworm-slim AS base
ENV PNPM_HOME="/pnpm"
ENV PATH="$PNPM_HOME:$PATH"
RUN corepack enable && corepack prepare pnpm@9.12.3 --activate
WORKDIR /repo

FROM base AS pruned
# turbo writes out/json (manifests only) and out/full
COPY . .
RUN npx turbo@2 prune @acme/api --docker

FROM base AS deps
RUN --mount=type=cache,id=apt,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,id=apt-lists,target=/var/lib/apt/lists,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
    && apt-get update \
    && apt-get install -y --no-install-recommends python3 make g++
COPY --from=pruned /repo/out/json/ ./
COPY --from=pruned /repo/out/pnpm-lock.yaml ./
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    --mount=type=secret,id=npmrc,target=/root/.npmrc \
    pnpm install --frozen-lockfile

FROM deps AS build
COPY --parents --from=pruned /repo/out/full/./apps /repo/out/full/./packages ./
RUN pnpm --filter @acme/api... build
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm deploy --filter=@acme/api --prod /srv/api

# ---- what ships -------------------------------------------------------------
FROM node:22-bookworm-slim
RUN apt-get update && apt-get install -y \
      ca-certificates \
      # for the heap dumps that ops asks for
      procps \
      vim-tiny \
 && npm install -g node-gyp pino-pretty
WORKDIR /srv/api
COPY --from=build --chown=node:node /srv/api .
USER node
ENV NODE_OPTIONS="--max-old-space-size=1536"
EXPOSE 4000/tcp
CMD node dist/main.js | npx pino-pretty
